"""What the how-to pages say leads there."""

import re
from pathlib import Path

import numpy as np

import rcsd
from rcsd.report.chart import Chart
from rcsd.study.file.study import Study
from tests.docs.markdown import Block, blocks
from tests.places import DOCS, ROOT

CITY, FIGURE = DOCS / "how-to" / "add-a-city.md", DOCS / "how-to" / "add-a-figure.md"
JIXI = ROOT / "calibration" / "jixi"


def block(page: Path, language: str) -> Block:
    """Return the one block of a page in a language."""
    (found,) = (each for each in blocks(page) if each.language == language)
    return found


def test_a_city_outside_the_repository_is_a_study(tmp_path: Path) -> None:
    """The file of the page beside Jixi's data is Jixi's study, but for name, title and seed."""
    (tmp_path / "study.toml").write_text(block(CITY, "toml").text, encoding="utf-8")
    (tmp_path / "observed.csv").write_bytes((JIXI / "observed.csv").read_bytes())
    own, jixi = rcsd.load_study(tmp_path), rcsd.load_study("jixi")

    def said(study: Study) -> object:
        rest = study.file.model_dump()
        return {**rest, "study": {**rest["study"], "name": "", "title": "", "seed": 0, "documentation": ""}}

    assert own.name == "mytown"
    assert said(own) == said(jixi)


def test_the_series_that_a_city_needs_are_those_of_the_four() -> None:
    """Names, units and years of the page's table are those of Jixi's file."""
    lines = [line.split(",") for line in (JIXI / "observed.csv").read_text("utf-8").splitlines()[1:]]
    found = {name: {each[3] for each in lines if each[0] == name} for name in {each[0] for each in lines}}
    rows = re.findall(r"^\| (`.*?`) \| ([^|]+) \| ([^|]+) \|", CITY.read_text("utf-8"), re.MULTILINE)
    told = {name: (unit, years) for names, unit, years in rows for name in re.findall(r"`(\w+)`", names)}
    assert set(told) == set(found)
    for name, (unit, years) in told.items():
        assert {unit.split(",")[0].strip()} == found[name], name
        first, _, last = years.strip().partition("–")
        in_file = sorted(int(each[1]) for each in lines if each[0] == name)
        assert (in_file[0], in_file[-1]) == (int(first), int(last or first)), name


def test_the_figure_of_the_page_is_drawn() -> None:
    """Its function gives SVG and PNG, and its sentence has the last number."""
    names: dict[str, object] = {}
    exec(compile(block(FIGURE, "python").text, FIGURE.name, "exec"), names)
    level = names["level_figure"]
    assert callable(level)
    drawing = level(np.array([2000.0, 2001.0]), np.array([1.0, 1.25]), "wan person")
    assert isinstance(drawing, Chart)
    assert "1.25 wan person" in drawing.alt
    assert drawing.svg.startswith(b"<?xml")
    assert bytes(drawing.png).startswith(b"\x89PNG")
