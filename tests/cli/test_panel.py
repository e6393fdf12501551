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
    done = rcsd("panel", *options(path), "--out", str(tmp_path / "out"), "--json")
    assert done.exit_code == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["report"].endswith("index.html")
    assert [c["city"]["city"] for c in document["result"]["stated"]["scores"]][:1] == ["suqian"]
    assert (tmp_path / "out" / "panel" / "index.html").exists()


def test_a_faulty_table_is_one_paragraph_with_the_line(rcsd, tmp_path):
    """Line, city and series, exit code 2, no traceback."""
    rows = rows_of(["suqian"])
    at = next(i for i, row in enumerate(rows) if row[0] == "suqian")
    rows[at][3] = "much"
    done = rcsd("panel", *options(write_rows(tmp_path / "t.csv", rows)), "--out", str(tmp_path / "out"))
    assert done.exit_code == 2
    assert re.search(rf"t\.csv:{at + 1}: city 'suqian', series 'population': value 'much' is not a number", done.stderr)
    assert "Traceback" not in done.stderr
