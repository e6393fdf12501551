"""What the constants of a model are."""

from __future__ import annotations

from pathlib import Path

from rcsd.simulation.loading import load
from rcsd.study.setup.estimated.bounds import FACTOR, of_constant
from rcsd.study.setup.estimated.roles import roles_of
from tests.small_models import TOWN, write_model

PLANTED = {
    **TOWN,
    "Growth": "IF THEN ELSE(Policy Switch = 1, Births, 0) + STEP(Height, Start Year) ~ person/Year",
    "Policy Switch": "1 ~ Dmnl",
    "Height": "3 ~ person/Year",
    "Start Year": "5 ~ Year",
    "Per Day": "Births/Days per Year ~ person/Day",
    "Days per Year": "365 ~ Day/Year",
    "Stock": "INTEG (Growth, First Stock) ~ person",
    "First Stock": "7 ~ person",
    "Nothing": "0 ~ person",
    "Late": "IF THEN ELSE(Time > Turn, Nothing, 1) ~ person",
    "Turn": "12 ~ Year",
}


def test_what_is_not_estimated(tmp_path: Path) -> None:
    """Switches, times, conversions and zeros are named with their reason, and nothing else is."""
    left_out = roles_of(load(write_model(tmp_path, PLANTED)).ir).left_out
    assert left_out == {
        "Policy Switch": "a switch",
        "Start Year": "a time at which something happens",
        "Turn": "a time at which something happens",
        "Days per Year": "a conversion of units",
        "Nothing": "zero, so that no range can be guessed",
    }


def test_initial_values(tmp_path: Path) -> None:
    """A constant that alone begins a stock is known as such, and a number in the stock's own equation too."""
    roles = roles_of(load(write_model(tmp_path, PLANTED)).ir)
    assert roles.initial_of == {"First Stock": "Stock"}
    assert roles.own_start == ("Population",)


def test_bounds_are_documented_or_a_factor(tmp_path: Path) -> None:
    """A stated range holds; without one the bounds are a factor around the model's value, as the source says."""
    model = load(write_model(tmp_path, PLANTED)).ir
    lifetime = of_constant(model, model["Lifetime"])
    assert lifetime is not None
    assert (lifetime.lower, lifetime.upper, lifetime.is_assumed) == (20, 80, False)
    height = of_constant(model, model["Height"])
    assert height is not None
    assert (height.lower, height.upper, height.is_assumed) == (3 / FACTOR, 3 * FACTOR, True)
    assert "assumed" in height.source


def test_bounds_make_room_for_an_estimate(tmp_path: Path) -> None:
    """Bounds that were assumed hold a trial estimate with room on both sides, and say so."""
    model = load(write_model(tmp_path, PLANTED)).ir
    height = of_constant(model, model["Height"])
    assert height is not None
    far = height.around(100.0)
    assert far.lower <= 100 / FACTOR
    assert far.upper >= 100 * FACTOR
    assert far.start == 100
    assert "widened" in far.source
