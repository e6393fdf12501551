"""`rcsd structure` from the outside."""

import csv
import html
import json
import re
import shlex
import shutil

import pytest

from tests.papers.tables import DATA

pytestmark = pytest.mark.usefixtures("undrawn")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a copy of the repository's tables, without the years that a test does not need."""
    path = tmp_path_factory.mktemp("structure")
    for name in ("heilongjiang_2017.csv", "sectors_2017.csv", "cities.csv"):
        shutil.copy(DATA / name, path / name)
    text = (DATA / "programme.toml").read_text("utf-8")
    text = re.sub(r"\[history\.\d+\]\n.*\n.*\n", "", text)
    (path / "programme.toml").write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def changed(folder, tmp_path):
    """Return what writes the folder anew with one text of one file replaced."""

    def change(name, old, new):
        shutil.copytree(folder, tmp_path / "copy")
        path = tmp_path / "copy" / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path / "copy" / "programme.toml"

    return change


def test_the_document_says_what_the_files_say(rcsd, tmp_path):
    """One document on stdout; shares in the CSV sum to one and agree with it; the front rises."""
    done = rcsd("structure", "--city", "jixi", "--points", "5", "--out", tmp_path, "--json")
    assert done.exit_code == 0, done.stderr
    document = json.loads(done.stdout)
    result = document["result"]
    assert document["report"].endswith("index.html")
    assert (tmp_path / "structure" / "index.html").exists()
    assert json.loads((tmp_path / "structure" / "result.json").read_text("utf-8")) == result
    with (tmp_path / "structure" / "structure.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    for point in ("actual", "least use", "compromise", "most value added"):
        assert sum(float(r["value_share"]) for r in rows if r["point"] == point) == pytest.approx(1)
    (coal,) = (r for r in rows if r["point"] == "compromise" and r["sector"] == "Coal mining")
    (industry,) = result["compromise"]["resource_industry"]
    assert float(coal["value_share"]) == pytest.approx(industry["optimal_share"])
    assert industry["ratio"] == pytest.approx(industry["optimal_share"] / industry["actual_share"])
    values = [point["value_added"] for point in result["front"]["points"]]
    assert values == sorted(values)
    assert len(values) == 5
    assert max(point["efficiency_gap"] for point in result["front"]["points"]) < 1e-7
    assert [y["year"] for y in result["history"]] == [2002, 2007, 2012, 2017]
    assert result["cities"][0]["account"]["city"] == "jixi"


@pytest.mark.drawn
@pytest.mark.slow
def test_two_runs_write_equal_files(rcsd, folder, tmp_path):
    """Every byte of every file is the same the second time."""
    written = []
    for name in ("one", "two"):
        done = rcsd("structure", folder / "programme.toml", "--points", "3", "--out", tmp_path / name)
        assert done.exit_code == 0, done.stderr
        files = sorted(p for p in (tmp_path / name).rglob("*") if p.is_file())
        written.append({p.relative_to(tmp_path / name): p.read_bytes() for p in files})
    assert written[0] == written[1]


def test_a_number_can_be_set_by_hand(rcsd, folder, tmp_path):
    """Less out-flow to serve leaves more freedom: more value added and less coal at the ends of the front."""
    documents = []
    for words in ([], ["--set", "demand.outflow=0.6"]):
        done = rcsd("structure", folder, *words, "--points", "2", "--out", tmp_path, "--json")
        assert done.exit_code == 0, done.stderr
        documents.append(json.loads(done.stdout)["result"]["front"]["vertices"])
    page = html.unescape((tmp_path / "structure" / "index.html").read_text("utf-8"))
    assert shlex.join(["rcsd", "structure", str(folder), *words, "--points", "2"]) in page
    plain, freer = documents
    assert freer[-1]["value_added"] > plain[-1]["value_added"]
    assert freer[0]["resource_use"] < plain[0]["resource_use"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--set", "demand.outflow=9"], r"demand\.outflow: 9 lies outside its range, 0\.5 to 0\.95"),
        (["--set", "outflow"], r"--set takes NAME=VALUE"),
        (["--set", "limit=low"], r"--set takes NAME=VALUE"),
        (["--city", "jxi"], r"nothing is known of the city 'jxi'; did you mean 'jixi'"),
        (["none.toml"], r"none\.toml: there is no such file of structure optimisation"),
    ],
)
def test_bad_words_are_one_paragraph(rcsd, folder, tmp_path, words, message):
    """Exit code 2, what is wrong and the remedy, no traceback, nothing written."""
    given = words if words[0].endswith(".toml") else [folder, *words]
    done = rcsd("structure", *given, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert re.search(message, done.stderr), done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "heilongjiang_2017.csv",
            "188201,588544",
            "188201,688544",
            r"heilongjiang_2017\.csv: Heilongjiang 2017 does not balance in 2 place\(s\); largest in "
            r"Heilongjiang:sec02 \(Coal mining and washing\), its row: .* by 100,000 10\^4 yuan",
        ),
        ("sectors_2017.csv", "sec02,Coal", "sec99,Coal", r"sectors_2017\.csv:3: the table has no sector 'sec99'"),
        ("sectors_2017.csv", "Coal mining", "Coal pits", r"resource\.sector: 'Coal mining' is no sector"),
        ("programme.toml", 'sector = "Coal mining"', 'sector = "Coal"', r":\d+: resource\.sector: 'Coal' is no sector"),
        (
            "programme.toml",
            "value = 0.8, unit",
            "value = 8, unit",
            r":\d+: demand\.outflow: the value, 8, lies outside",
        ),
        ("programme.toml", "scope = ", "scop = ", r":\d+: scop: there is no such key; did you mean 'scope'"),
        ("programme.toml", "others = {", '"Coal pits" = {', r"has no 'others'"),
        ("programme.toml", "year = 2017", "", r"tables\.Heilongjiang\.year: is required"),
        ("programme.toml", "heilongjiang_2017.csv", "nowhere.csv", r"there is no table .*nowhere\.csv"),
        (
            "programme.toml",
            'value = 0.7, unit = "actual output", range = [0.5, 0.9]',
            'value = 1.7, unit = "actual output", range = [0.5, 1.9]',
            r":\d+: growth: least output, 1\.7 times the actual, exceeds most output, 1\.3",
        ),
        (
            "programme.toml",
            'value = 1.0, unit = "actual use", range = [0.9, 1.1]',
            'value = 0.5, unit = "actual use", range = [0.3, 1.1]',
            r"(?s)no structure fulfils all constraints\. These \d+ cannot hold together.*coal: use at most 0\.5 times",
        ),
        ("cities.csv", "0.648", "64.8", r"cities\.csv:2: mining is a share of the secondary sector"),
    ],
)
def test_bad_files_are_one_paragraph(rcsd, changed, tmp_path, name, old, new, message):
    """An unbalanced table, unknown sectors, bounds that clash: file, line, rule and remedy, exit code 2."""
    done = rcsd("structure", changed(name, old, new), "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert re.search(message, done.stderr), done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_table_that_is_not_productive_is_told(rcsd, folder, tmp_path):
    """A table that balances but uses up more than it makes, paid by negative value added."""
    header = "code,name,a,b,consumption,inflow,output\n"
    table = f"{header}a,A,60,50,10,20,100\nb,B,60,60,10,30,100\nlabour,,-20,-10,,,\ninput,,100,100,,,\n"
    (tmp_path / "table.csv").write_text(table, encoding="utf-8")
    text = (folder / "programme.toml").read_text("utf-8")
    text = text.replace('file = "heilongjiang_2017.csv"\nmapping = "sectors_2017.csv"', 'file = "table.csv"')
    (tmp_path / "programme.toml").write_text(text, encoding="utf-8")
    done = rcsd("structure", tmp_path, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert re.search(r"table\.csv: Heilongjiang 2017 is not productive: the spectral radius of A is 1\.1", done.stderr)


@pytest.mark.drawn
@pytest.mark.slow
def test_several_regions_are_one_programme(rcsd, tmp_path):
    """The three provinces of the northeast: shares by region, a limit each."""
    done = rcsd("structure", DATA / "northeast.toml", "--points", "2", "--out", tmp_path, "--json")
    assert done.exit_code == 0, done.stderr
    result = json.loads(done.stdout)["result"]
    assert [region["region"] for region in result["regions"]] == ["Heilongjiang", "Jilin", "Liaoning"]
    for region in result["regions"]:
        assert sum(region["value_shares"]["compromise"]) == pytest.approx(1)


def test_water_takes_the_place_of_coal_when_coefficients_are_given(rcsd, changed, tmp_path):
    """Coefficients by sector from a file: use of the actual structure is their sum over outputs."""
    path = changed("programme.toml", 'name = "coal"', 'name = "water"\ncoefficients = "water.csv"\nunit = "10^4 m3"')
    groups = dict.fromkeys(
        row.split(",", 1)[1].rsplit(",", 1)[0].strip('"')
        for row in (path.parent / "sectors_2017.csv").read_text("utf-8").splitlines()[1:]
    )
    lines = [f'"{name}",{0.5 if name == "Agriculture" else 0.1},m3/yuan,assumed for this test' for name in groups]
    (path.parent / "water.csv").write_text("\n".join(["sector,value,unit,source", *lines, ""]), encoding="utf-8")
    done = rcsd("structure", path, "--points", "2", "--out", tmp_path / "out", "--json")
    assert done.exit_code == 0, done.stderr
    result = json.loads(done.stdout)["result"]
    outputs = dict(zip(result["regions"][0]["sectors"], result["regions"][0]["output"]["actual"], strict=True))
    expected = sum((0.5 if name == "Agriculture" else 0.1) * value for name, value in outputs.items())
    assert result["resource"]["actual_use"] == pytest.approx(expected)
    assert result["resource"]["unit"] == "10^4 m3"
