"""Verdicts beside those of pysimlin, which shares no code with this package.

Its `check_units` lists little: mismatches are among the issues of `check`, which mention units.
"""

from pathlib import Path

import pytest

from rcsd.simulation.dimensions import check_units
from rcsd.simulation.reader import read
from tests.places import MODELS
from tests.simulation.dimensions.test_mutations import NAMES
from tests.simulation.dimensions.written import Written, models

MISTAKES = [
    ("innovation_coevolution", "Total Innovation Input*(1-Innovation Preference)", "(1-Innovation Preference)"),
    ("innovation_coevolution", "Transition Intensity*EXP(Propensity)", "EXP(Propensity)"),
    ("innovation_coevolution", "TIME STEP  = 0.0625\n\t~\tYear", "TIME STEP  = 0.0625\n\t~\tMonth"),
    ("innovation_coevolution", "0.08\n\t~\t1/Year", "0.08\n\t~\tYear"),
    ("innovation_coevolution", "INTEG (Shift to Institutions-", "INTEG (Propensity-"),
    ("hypercycle", "0.03\n\t~\t1/Year", "0.03\n\t~\t1"),
    ("digital_cluster", "TIME STEP  = 0.0625\n\t~\tYear", "TIME STEP  = 0.0625\n\t~\tDay"),
    ("resource_city", "Coal Price Scale*World Coal Price", "Coal Price Scale+World Coal Price*Time"),
    ("resource_city", "Population*Birth Rate*National", "Population*National"),
    ("resource_city", "INTEG (Births+Net Migration-Deaths", "INTEG (Births+Net Migration-Population"),
    ("four_cities", "Coal Price Scale*World Coal Price", "Coal Price Scale*Time"),
]
"""A model, a text that stands in it once or more, and what is put there."""


def verdict(path: Path) -> bool | None:
    """Whether pysimlin finds units at fault; None for a model that it cannot read or run."""
    simlin = pytest.importorskip("simlin")
    try:
        issues = simlin.load(path).check()
    except simlin.SimlinError:
        return None
    about = [issue for issue in issues if "unit" in issue.message]
    return bool(about) if len(about) == len(issues) else None


def found(path: Path) -> bool:
    """Whether anything but a note is found here."""
    return any(each.grade != "note" for each in check_units(read(path)))


@pytest.mark.parametrize("suffix", ["mdl", "xmile"])
@pytest.mark.parametrize("name", NAMES)
def test_both_call_the_models_of_the_repository_clean(name: str, suffix: str) -> None:
    """The ten files have units throughout."""
    path = MODELS / name / f"{name}.{suffix}"
    assert verdict(path) is False
    assert found(path) is False


@pytest.mark.parametrize(("name", "old", "new"), MISTAKES)
def test_both_find_a_planted_mistake(name: str, old: str, new: str, tmp_path: Path) -> None:
    """In a copy of the file: a factor dropped, + for *, a unit exchanged, a stock that integrates a level."""
    text = (MODELS / name / f"{name}.mdl").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / f"{name}.mdl"
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert verdict(path) is True
    assert found(path) is True


@pytest.mark.parametrize("written", models("clean.toml") + models("faulty.toml"), ids=lambda each: each.name)
def test_small_models_are_judged_alike_but_where_a_reason_is_given(written: Written, tmp_path: Path) -> None:
    """The reasons are those of the page on units."""
    path = written.save(tmp_path)
    assert (found(path) == verdict(path)) != bool(written.differs), written.differs
