"""`rcsd resilience` from the outside."""

import csv
import json
import shutil

import pytest

from tests.places import CALIBRATION

pytestmark = pytest.mark.usefixtures("undrawn")

FOLDER = CALIBRATION / "resilience"


@pytest.mark.drawn
def test_the_index_is_printed_and_written(rcsd, tmp_path):
    """One document on stdout; page, tables and figures on disk, and the same numbers in both."""
    done = rcsd("resilience", "--draws", 50, "--out", tmp_path, "--json")
    assert done.exit_code == 0, done.stderr
    document = json.loads(done.stdout)
    folder = tmp_path / "resilience"
    assert document["report"] == str(folder / "index.html")
    assert document["result"] == json.loads((folder / "result.json").read_text("utf-8"))
    with (folder / "scores.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 44
    jixi = [float(row["index"]) for row in rows if row["city"] == "jixi"]
    assert jixi == pytest.approx(document["result"]["index"]["jixi"], abs=1e-6)
    assert sum(document["result"]["weights"]["systems"].values()) == pytest.approx(1)
    assert sum(document["result"]["weights"]["indicators"].values()) == pytest.approx(1)
    assert document["result"]["forecast"] is None
    names = {path.stem for path in (folder / "figures").iterdir()}
    assert names == {f"resilience-{n}" for n in ("ranking", "scores", "weights", "robustness", "acceptability")}
    page = (folder / "index.html").read_text("utf-8")
    assert 'src="http' not in page


def test_words_choose_the_method(rcsd, tmp_path):
    """Equal weights are a sixth for each system."""
    words = ("resilience", "--draws", 50, "--out", tmp_path, "--json")
    equal = json.loads(rcsd(*words, "--weights", "equal", "--normalisation", "rank").stdout)["result"]
    assert list(equal["weights"]["systems"].values()) == pytest.approx([1 / 6] * 6)


def test_another_city_needs_no_code(rcsd, tmp_path):
    """Two of the cities, one system and one indicator, in a file of their own."""
    shutil.copy(FOLDER / "observed.csv", tmp_path / "observed.csv")
    (tmp_path / "indicators.toml").write_text(
        '[assessment]\ntitle = "Two"\nyears = [2003, 2013]\ndata = "observed.csv"\n[cities]\njixi = "Jixi"\n'
        'hegang = "Hegang"\n[systems]\nS = "People"\n[flags]\nsources_disagree = "keep"\nscope_change = "drop"\n'
        'doubtful = "keep"\nsingle_source = "keep"\ncensus_break = "keep"\nother_basis = "keep"\n'
        'yearbook_vintage = "keep"\nold_classification = "keep"\n[indicators.P]\nname = "Growth of people"\n'
        'system = "S"\nformula = "change(population)"\ndirection = "higher"\nunit = "Dmnl"\nsource = "own"\n',
        encoding="utf-8",
    )
    done = rcsd("resilience", tmp_path, "--draws", 20, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.stderr
    assert "Hegang" in done.stdout
    assert "Qitaihe" not in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("real_gdp / population", "real_gpd / population", "no series 'real_gpd'; did you mean 'real_gdp'"),
        ("shannon(primary", "shanon(primary", "did you mean 'shannon'"),
        ('direction = "lower"', 'direction = "less"', "'less' is none of higher, lower"),
        ('system = "A6"', 'system = "A7"', "there is no system 'A7'"),
        ("[indicators.C3]", "[indicators.C1]", "the code 'C1' stands here for the second time"),
        ('unit = "yi yuan/(Year*wan person)"\n', "", "unit: is required: add it"),
        ('claims = "claims.toml"', 'claims = "said.toml"', "the claims cannot be read"),
        ('data = "observed.csv"', 'data = "none.csv"', "none.csv: cannot be read"),
    ],
)
def test_bad_input_ends_with_2_and_one_message(rcsd, tmp_path, old, new, message):
    """File, what and the remedy; nothing is written."""
    folder = tmp_path / "mine"
    shutil.copytree(FOLDER, folder)
    path = folder / "indicators.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = rcsd("resilience", path, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert done.stderr.startswith(f"rcsd: error: {folder}")
    assert message in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nowhere.toml"], "there is no such indicator file"),
        (["--forecast", "--group", "city"], "leave --normalisation and --group as they are"),
        (["--draws", "0"], "--draws"),
        (["--weights", "best"], "--weights"),
    ],
)
def test_bad_words_end_with_2(rcsd, tmp_path, words, message):
    """Before any study is run."""
    done = rcsd("resilience", *words, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert message in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_bad_input(rcsd, tmp_path):
    """A file where the folder should be."""
    (tmp_path / "resilience").write_text("in the way", "utf-8")
    done = rcsd("resilience", "--draws", 20, "--out", tmp_path)
    assert done.exit_code == 2
    assert done.stderr.startswith("rcsd: error:")


@pytest.mark.slow
def test_the_index_is_forecast_from_the_studies(rcsd, tmp_path):
    """Bands around medians in every year to 2023, errors of the hold-out, and the printed tables beside them."""
    done = rcsd("resilience", "--forecast", "--quick", "--draws", 20, "--out", tmp_path, "--json")
    assert done.exit_code == 0, done.stderr
    ahead = json.loads(done.stdout)["result"]["forecast"]
    assert ahead["approximate"]
    assert ahead["held_out"] == [2011, 2013]
    for city in ahead["cities"].values():
        assert city["years"] == list(range(2014, 2024))
        for low, median, high in zip(*(city[q]["index"] for q in ("p05", "median", "p95")), strict=True):
            assert low < median < high
        assert len(city["error"]["A1"]) == 3
    for row in ahead["ranks"].values():
        assert sum(row) == pytest.approx(1)
    page = (tmp_path / "resilience" / "index.html").read_text("utf-8")
    assert "Table 2 as printed" in page
    assert "Table 3 redone" in page
    assert "A quick look" in page
