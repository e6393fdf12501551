"""`rcsd panel` from the outside."""

import json
import re

import pytest

from tests.study.panel.tables import CITIES, STUDY, rows_of, write_rows


def options(path):
    """Name the repository's study file and classes for a table elsewhere."""
    return [str(path), "--study", str(STUDY), "--cities", str(CITIES)]


@pytest.mark.slow
def test_a_panel_is_printed_as_json_and_written(rcsd, tmp_path):
    """One document on stdout, with the report that it names on disk."""
    path = write_rows(tmp_path / "t.csv", rows_of(["suqian"]))
    done = rcsd("panel", *options(path), "--out", str(tmp_path / "out"), "--origins", "none", "--json")
    assert done.exit_code == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["report"].endswith("index.html")
    assert [c["city"]["city"] for c in document["result"]["stated"]["scores"]][:1] == ["suqian"]
    assert (tmp_path / "out" / "panel" / "index.html").exists()


@pytest.mark.slow
def test_origins_and_ablations_are_forecast_printed_and_written(rcsd, tmp_path):
    """Tables of the first series by group and horizon; a row per forecaster and cell in the files."""
    path, out = write_rows(tmp_path / "t.csv", rows_of(["hegang"])), tmp_path / "out"
    parts = tmp_path / "parts.toml"
    parts.write_text('[ablations.gap]\ntitle = "the gap is not carried on"\ncarry_over = false\n')
    asked = ("--origins", "2010", "--horizon", "2", "--ablate", str(parts))
    done = rcsd("panel", *options(path), "--out", str(out), *asked)
    assert done.exit_code == 0, done.stderr
    assert "GDP from 2010, 1 to 2 years ahead" in done.stdout
    assert "two-line rule" in done.stdout
    scores = (out / "panel" / "scores.csv").read_text("utf-8").splitlines()
    assert scores[0].startswith("series,group,horizon,forecaster,kind,drivers,cells,mase,")
    cells = (out / "panel" / "forecasts.csv").read_text("utf-8").splitlines()
    assert [line.split(",")[:5] for line in cells[1:] if line.startswith("hegang,real_gdp")] == [
        ["hegang", "real_gdp", "2010", str(h), str(2010 + h)] for h in (1, 2)
    ]
    document = json.loads((out / "panel" / "panel.json").read_text("utf-8"))
    weights = document["origins"]["weights"]
    assert weights["origins"] == [2010]
    assert all(abs(sum(column) - 1) < 1e-12 for column in zip(*weights["weights"], strict=True))
    assert {each["part"] for each in document["ablations"]["scores"]} == {"whole", "gap"}
    page = (out / "panel" / "index.html").read_text("utf-8")
    assert page.index("against the two-line rule") < page.index('id="worth"')
    assert page.index('id="forecasts"') < page.index("From one origin, 2010") < page.index('id="worth"')


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("--origins", "2005-2013"), "origins are years such as 2005:2013 or 2007,2010,2013"),
        (("--origins", "1999"), "the origin 1999 leaves no year to fit"),
        (("--origins", "2095"), "after the model's final time"),
        (("--origins", "none", "--ablate", "parts.toml"), "--ablate compares forecasts from origins"),
        (("--ablate", "nowhere.toml"), "nowhere.toml"),
    ],
)
def test_what_cannot_be_asked_is_said_before_anything_is_fitted(rcsd, tmp_path, asked, words):
    """Exit code 2, the remedy, and no folder."""
    done = rcsd(
        "panel", *options(write_rows(tmp_path / "t.csv", rows_of(["suqian"]))), *asked, "--out", str(tmp_path / "o")
    )
    assert done.exit_code == 2, done.stderr
    assert words in " ".join(done.stderr.split())
    assert not (tmp_path / "o").exists()


def test_a_faulty_table_is_one_paragraph_with_the_line(rcsd, tmp_path):
    """Line, city and series, exit code 2, no traceback."""
    rows = rows_of(["suqian"])
    at = next(i for i, row in enumerate(rows) if row[0] == "suqian")
    rows[at][3] = "much"
    done = rcsd("panel", *options(write_rows(tmp_path / "t.csv", rows)), "--out", str(tmp_path / "out"))
    assert done.exit_code == 2
    assert re.search(rf"t\.csv:{at + 1}: city 'suqian', series 'population': value 'much' is not a number", done.stderr)
    assert "Traceback" not in done.stderr
