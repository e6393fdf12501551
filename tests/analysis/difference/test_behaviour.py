"""What two models do differently."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray

import rcsd
from rcsd.analysis.difference.behaviour.comparing import compare_runs
from rcsd.analysis.difference.behaviour.draws import SharedDraws
from rcsd.analysis.difference.comparing import compare_models
from rcsd.analysis.parameters import Parameter, ParameterSpace
from rcsd.ensemble import Ensemble, verdicts
from rcsd.simulation.loading import LoadedModel
from tests.analysis.difference.town import TOWN, edited, read

TIMES = np.linspace(0.0, 10.0, 11)


@dataclass(frozen=True)
class Line:
    """y = level + rate t, in closed form."""

    rate: float = 1.0
    level: float = 0.0
    broken_below: float = -np.inf
    name: str = "line"
    variables: tuple[str, ...] = ("y",)
    units: dict[str, str] = field(default_factory=dict)

    @property
    def constants(self) -> dict[str, float]:
        """What a run can set."""
        return {"level": self.level}

    def run(
        self,
        inputs: dict[str, ArrayLike] | None = None,
        *,
        outputs: object = None,
        times: NDArray[np.float64] | None = None,
    ) -> Ensemble:
        """Run it."""
        del outputs
        level = np.atleast_1d((inputs or {}).get("level", self.level))
        values = (level[:, None] + self.rate * times)[:, :, None]
        values[level < self.broken_below] = np.nan
        status, messages = verdicts(values, self.variables, times)
        return Ensemble(values, times, self.variables, {}, status, messages, {"level": level})


def draws(levels: NDArray[np.float64]) -> SharedDraws:
    """Draw the level, the same in both models."""
    space = ParameterSpace((Parameter("level", 0.0, 10.0, "", ""),))
    return SharedDraws(space, {"level": levels}, {"level": levels})


def loaded(folder: Path, *edits: tuple[str, str]) -> LoadedModel:
    """Load an edit of the town."""
    return LoadedModel(read(folder, edited(*edits)))


def test_the_share_of_the_range_that_a_variable_moved() -> None:
    """Lines that rise by 10 and by 12 are 2 of 12 apart, at the end."""
    found = compare_runs(Line(1.0), Line(1.2), {"y": "y"}, (TIMES, TIMES))
    (moved,) = found.moved
    assert moved.base == pytest.approx(2 / 12)
    assert moved.at == 10.0
    assert np.isnan(moved.median)


def test_levels_of_constant_courses() -> None:
    """A course that does not move in time is measured by its own size."""
    found = compare_runs(Line(0.0, 4.0), Line(0.0, 5.0), {"y": "y"}, (TIMES, TIMES))
    assert found.moved[0].base == pytest.approx(1 / 5)


def test_rounding_is_no_difference() -> None:
    """What differs in the last digits is the same."""
    found = compare_runs(Line(1.0), Line(1.0 + 1e-13), {"y": "y"}, (TIMES, TIMES))
    assert found.same
    assert found.n_compared == 1


def test_the_same_draws_go_into_both_models() -> None:
    """Slopes 1 and 1.2 from the same level are 2 apart at the end in each draw, in units of the sd of the levels."""
    levels = np.linspace(0.0, 10.0, 21)
    found = compare_runs(Line(1.0), Line(1.2), {"y": "y"}, (TIMES, TIMES), draws(levels))
    (moved,) = found.moved
    assert (moved.median, moved.high) == (pytest.approx(2 / 12), pytest.approx(2 / 12))
    assert moved.moved_in == 1.0
    assert moved.in_sd == pytest.approx(2 / levels.std(ddof=1))
    assert moved.gap is not None
    np.testing.assert_allclose(moved.gap.median, 0.2 * TIMES)


def test_a_change_that_the_base_run_does_not_show() -> None:
    """A default that moved shows in the base run alone: the draws set it, the same in both."""
    found = compare_runs(Line(1.0, 1.0), Line(1.0, 2.0), {"y": "y"}, (TIMES, TIMES), draws(np.arange(5.0)))
    (moved,) = found.moved
    assert moved.base == pytest.approx(1 / 11)
    assert moved.moved_in == 0.0


def test_draws_that_fail_in_one_model_are_left_out_of_both() -> None:
    """A draw counts where both models ran to their end, and those that did not are counted."""
    levels = np.arange(10.0)
    found = compare_runs(Line(1.0, 5.0), Line(1.2, 5.0, broken_below=3.0), {"y": "y"}, (TIMES, TIMES), draws(levels))
    assert found.failed == (0, 3)
    assert found.moved[0].in_sd == pytest.approx(2 / levels[3:].std(ddof=1))


def test_times_that_both_save() -> None:
    """Runs are compared at times that both save; without one, that is said."""
    found = compare_runs(Line(), Line(2.0), {"y": "y"}, (TIMES, np.arange(0.0, 11.0, 2.0)))
    assert found.times.tolist() == [0, 2, 4, 6, 8, 10]
    with pytest.raises(rcsd.RcsdError, match="no time in common"):
        compare_runs(Line(), Line(2.0), {"y": "y"}, (TIMES, TIMES + 0.5))


def test_an_edit_of_a_model_moves_what_depends_on_it(tmp_path: Path) -> None:
    """A longer life moves people and what they make; it does not move constants or what was renamed only."""
    old = loaded(tmp_path / "old")
    new = loaded(
        tmp_path / "new",
        ("Population / Lifetime", "Population / Lifetime * 0.9"),
        ("Houses", "Homes"),
        ("young", "minor"),
    )
    found = compare_models(old, new, n_draws=16)
    assert found.behaviour is not None
    assert {each.name for each in found.behaviour.moved} == {
        *("Population", "Births", "Deaths", "Crowding", "Costs"),
        *("People[minor]", "People[old]"),
    }
    assert set(found.behaviour.varied) == {"Birth Rate", "Lifetime", "Homes"}
    assert not found.same
    again = compare_models(old, new, n_draws=16)
    assert again.behaviour is not None
    assert [each.high for each in again.behaviour.moved] == [each.high for each in found.behaviour.moved]


def test_a_rename_alone_moves_nothing(tmp_path: Path) -> None:
    """A model whose variables have other names does the same, and is another model all the same."""
    found = compare_models(loaded(tmp_path / "old"), loaded(tmp_path / "new", ("Houses", "Homes")), n_draws=8)
    assert found.behaviour is not None
    assert found.behaviour.same
    assert found.behaviour.n_compared > 10
    assert not found.same


def test_a_model_that_does_not_run_is_said(tmp_path: Path) -> None:
    """What the files say is compared all the same, and the two are not called the same."""
    ring = loaded(tmp_path / "new", ("Crowding = Population / Houses", "Crowding = Population / Houses + Births"))
    found = compare_models(loaded(tmp_path / "old"), ring)
    assert found.behaviour is None
    assert "the new model does not run" in found.not_run
    assert [each.new.name for each in found.structure.changed] == ["Crowding"]
    both = compare_models(ring, ring)
    assert not both.same


def test_draws_stay_within_what_both_models_allow(tmp_path: Path) -> None:
    """Of two ranges the part is drawn that both have."""
    old = loaded(tmp_path / "old")
    new = loaded(tmp_path / "new", ("[40, 90]", "[60, 120]"))
    found = compare_models(old, new, n_draws=32)
    assert found.behaviour is not None
    assert "Lifetime" in found.behaviour.varied
    none = compare_models(old, loaded(tmp_path / "none", ("[40, 90]", "[95, 120]")), n_draws=32)
    assert none.behaviour is not None
    assert "Lifetime" not in none.behaviour.varied


def test_town_is_a_model_that_runs(tmp_path: Path) -> None:
    """What these tests edit is the same as itself."""
    town = LoadedModel(read(tmp_path, TOWN))
    same = compare_models(town, replace(town), n_draws=4)
    assert same.same
    assert same.behaviour is not None
    assert same.behaviour.n_compared == len(town.run().variables)


def test_what_is_no_number_in_both_is_no_difference(tmp_path: Path) -> None:
    """An output that divides by zero ends no comparison, and what else moved is found."""
    zero = ("3 * People[old] + Houses", "3 * People[old] + Houses / (Houses - 300)")
    old, new = loaded(tmp_path / "old", zero), loaded(tmp_path / "new", zero, ("Lifetime = 60", "Lifetime = 65"))
    found = compare_models(old, new, n_draws=4)
    assert found.behaviour is not None
    assert {"Deaths", "Population"} <= {each.name for each in found.behaviour.moved}
    costs = [each for each in found.behaviour.moved if each.name == "Costs"]
    assert all(each.base == 0.0 for each in costs)


def test_a_number_in_one_model_only_has_moved_most(tmp_path: Path) -> None:
    """Where one model has a number and the other has none, no share says how far they are apart."""
    zero = ("3 * People[old] + Houses", "3 * People[old] + Houses / (Houses - 300)")
    found = compare_models(loaded(tmp_path / "old"), loaded(tmp_path / "new", zero), n_draws=0)
    assert found.behaviour is not None
    assert [(each.name, each.base) for each in found.behaviour.moved] == [("Costs", np.inf)]
