"""How values show themselves at a prompt and in a notebook."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import numpy as np

import rcsd
from rcsd.shown import MOST_ROWS, as_html
from tests.analysis.difference.town import edited


class Table(HTMLParser):
    """Gathers the tags of a table, and the texts of its cells."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.cells: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.cells.append(data)


def test_the_largest_model_is_one_line() -> None:
    """A model, and all that holds one, fits on a line of a terminal."""
    model = rcsd.load("resource_city")
    study = rcsd.load_study("jixi")
    run = model.run(outputs=["GDP"])
    for value, words in ((model, "275 variables"), (model.ir, "25 stocks"), (study, "parameters"), (run, "31 times")):
        assert words in repr(value)
        assert len(repr(value)) < 120


def test_an_ensemble_counts_its_runs_and_shows_their_medians() -> None:
    """Failed runs are counted, and left out of what a notebook shows."""
    values = np.array([1.0, 3.0, 5.0, np.nan]).reshape(4, 1, 1) * np.ones((4, 2, 1))
    status = np.array([0, 0, 0, 1])
    ensemble = rcsd.Ensemble(values, np.array([0.0, 1.0]), ("x",), {"x": "m"}, status, ("",) * 4, {})
    assert repr(ensemble) == "<Ensemble: 4 runs, 1 of them failed, 2 times from 0 to 1, 1 variable>"
    assert Table(ensemble._repr_html_()).cells[-4:] == ["x", "m", "3", "3"]
    none = rcsd.Ensemble(values, np.array([0.0, 1.0]), ("x",), {}, np.ones(4, int), ("no",) * 4, {})
    assert Table(none._repr_html_()).cells[-1] == "x"


def test_a_notebook_escapes_the_words_of_a_file(tmp_path: Path) -> None:
    """Documentation that looks like HTML is shown as it is."""
    path = tmp_path / "town.mdl"
    path.write_text(edited(("People who live here.", "<img src=x>")), encoding="utf-8")
    html = rcsd.load(path)._repr_html_()
    assert "img" not in Table(html).tags
    assert "<img src=x>" in Table(html).cells


def test_a_long_table_is_cut() -> None:
    """What is beyond the first rows is counted."""
    table = Table(as_html("many", ("n",), ((str(i),) for i in range(MOST_ROWS + 5))))
    assert table.cells[-1] == "and 5 more"
