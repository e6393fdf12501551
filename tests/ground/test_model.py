"""What Python users ask of a model."""

from __future__ import annotations

from pathlib import Path

import pytest

import rcsd
from rcsd.simulation.loading import LoadedModel
from tests.analysis.difference.town import TOWN, edited


@pytest.fixture
def town(tmp_path: Path) -> rcsd.Model:
    """Load the town."""
    path = tmp_path / "town.mdl"
    path.write_text(TOWN, encoding="utf-8")
    return rcsd.load(path)


def test_a_model_stays_one_on_another_axis(town: rcsd.Model) -> None:
    """What is loaded is a model of the simulation, and what is made of it has all of the questions."""
    assert isinstance(town, LoadedModel)
    assert isinstance(town.with_time(stop=10), rcsd.Model)
    assert repr(town) == "<Model 'town': 12 variables, 1 stock, 5 constants, 0 to 50 by 0.5 Year>"


def test_causes_and_uses(town: rcsd.Model) -> None:
    """Names are those of the file, in any spelling of the question; an unknown one is met with the nearest."""
    assert town.causes("births") == ("Population", "Crowding", "Room", "Birth Rate")
    assert town.uses("houses") == ("Crowding", "Costs")
    assert town.causes("Lifetime") == ()
    with pytest.raises(rcsd.RcsdError, match="did you mean 'Births'"):
        town.causes("Birts")


def test_a_difference_prints_what_the_command_prints(town: rcsd.Model, tmp_path: Path) -> None:
    """A changed lifetime is one change, which moves others, and a page can be written."""
    path = tmp_path / "new.mdl"
    path.write_text(edited(("Lifetime = 60", "Lifetime = 70")), encoding="utf-8")
    found = rcsd.diff(town, path, n_draws=4)
    assert not found.same
    assert "value: 60 -> 70" in str(found)
    assert "Deaths: " in str(found)
    assert len(repr(found)) < 120
    assert "1 changed" in repr(found)
    assert '<td style="text-align:left">value</td>' in found._repr_html_()
    assert str(town.diff(rcsd.load(path), n_draws=4)) == str(found)
    page = tmp_path / "page.html"
    found.page(page)
    assert "Lifetime" in page.read_text("utf-8")


def test_a_plot_is_shown_or_written(town: rcsd.Model, tmp_path: Path) -> None:
    """A notebook gets the figure; a file holds it as its name says."""
    drawing = town.plot("Births", "Deaths", inputs={"Lifetime": [50.0, 60.0]})
    assert drawing._repr_svg_().startswith("<?xml")
    assert "Births, Deaths" in drawing.alt
    assert "Population" in town.plot(path=tmp_path / "stocks.png").alt
    assert (tmp_path / "stocks.png").read_bytes().startswith(b"\x89PNG")


def test_checks_and_loops_are_one_call(town: rcsd.Model) -> None:
    """The two loops of the stock are found, and nothing of the model is wrong enough to fail it."""
    loops = {each.polarity for each in town.loops()}
    assert loops >= {"B"}
    assert town.check().model == town.path
