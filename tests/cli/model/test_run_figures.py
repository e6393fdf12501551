"""`rcsd run`: which variables are shown, in which order, and drawn into which file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.analysis.difference.town import TOWN

Rcsd = Callable[..., Result]


def names(table: str) -> list[str]:
    """Return the first cell of each row of a printed table."""
    return [line.strip("│").split("│")[0].strip() for line in table.splitlines() if line.startswith("│")]


def test_stocks_come_first(rcsd: Rcsd, growth_model: Path) -> None:
    """The table begins with the stocks, whatever the order of the file, and flows follow."""
    assert names(rcsd("run", growth_model).stdout) == ["Stock", "Growth"]


def test_only_what_is_asked_for(rcsd: Rcsd, growth_model: Path, tmp_path: Path) -> None:
    """Outputs are those that are named, in that order, constants among them, in every form of the result."""
    asked = ("--outputs", "growth rate, Stock")
    assert names(rcsd("run", growth_model, *asked).stdout) == ["Growth Rate", "Stock"]
    assert list(json.loads(rcsd("run", growth_model, *asked, "--json").stdout)["variables"]) == ["Growth Rate", "Stock"]
    target = tmp_path / "run.csv"
    assert rcsd("run", growth_model, *asked, "--csv", target).exit_code == 0
    assert target.read_text("utf-8").splitlines()[0] == "time,Growth Rate,Stock"
    wrong = rcsd("run", growth_model, "--outputs", "Stok")
    assert (wrong.exit_code, "did you mean 'Stock'?" in wrong.stderr) == (2, True)


def test_an_array_stands_for_its_elements(rcsd: Rcsd, tmp_path: Path) -> None:
    """Its name without subscripts is every one of them, shown or drawn."""
    town = tmp_path / "town.mdl"
    town.write_text(TOWN, encoding="utf-8")
    figure = tmp_path / "people.html"
    result = rcsd("run", town, "--outputs", "people,Births", "--plot", "People", "-o", figure)
    assert names(result.stdout) == ["People[young]", "People[old]", "Births"]
    assert "People[old]" in figure.read_text("utf-8")
    assert rcsd("run", town, "--outputs", "People[aged]").exit_code == 2


@pytest.mark.parametrize(("name", "head"), [("run.png", b"\x89PNG"), ("run.svg", b"<?xml"), ("run.html", b"<!doctype")])
def test_the_figure_is_of_the_kind_that_its_name_says(
    rcsd: Rcsd, growth_model: Path, tmp_path: Path, name: str, head: bytes
) -> None:
    """A picture or a page; the page has the last value of what is drawn."""
    target = tmp_path / name
    result = rcsd("run", growth_model, "--plot", "Growth,Stock", "-o", target, "--years", "2000:2002")
    assert result.exit_code == 0, result.stderr
    assert target.read_bytes().startswith(head)
    if name.endswith("html"):
        text = target.read_text("utf-8")
        assert '<td class=" number">121</td>' in text.replace("\n", "")
        assert "http" not in text.replace("http://www.w3.org", "")


def test_what_is_drawn_is_saved_beside_what_is_shown(rcsd: Rcsd, growth_model: Path, tmp_path: Path) -> None:
    """A variable can be drawn that the table leaves out."""
    target = tmp_path / "run.svg"
    result = rcsd("run", growth_model, "--outputs", "Growth", "--plot", "Stock", "-o", target)
    assert names(result.stdout) == ["Growth"]
    assert target.exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--plot", "Stock"), "name it"),
        (("--plot", "Stock", "-o", "run.pdf"), ".png, an .svg or a page"),
        (("--plot", "Stok", "-o", "run.png"), "did you mean 'Stock'?"),
    ],
)
def test_a_figure_that_cannot_be_drawn_is_refused(
    rcsd: Rcsd,
    growth_model: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    message: str,
) -> None:
    """One sentence says why, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    result = rcsd("run", growth_model, *words)
    assert (result.exit_code, message in result.stderr) == (2, True)
    assert set(tmp_path.iterdir()) == before
