"""A variable that is not finite and that nothing needs does not end a run."""

import warnings
from pathlib import Path

import numpy as np
import pytest

import rcsd
from rcsd.errors import RcsdWarning
from rcsd.simulation.loading import Backend
from tests.simulation.engine.constructs import write_vensim


@pytest.mark.parametrize("backend", ["interpreted", "pysd"])
def test_the_run_goes_on_and_the_variable_is_named(backend: Backend, tmp_path: Path) -> None:
    """The logarithm of a stock that is used up: from the time on at which it is."""
    path = write_vensim(tmp_path / "m.mdl", "level = INTEG(-1, 3)\n~~|\nmagnitude = LN(level)\n~~|\nrest = level * 2")
    simulator = rcsd.load(path).simulator(backend)
    with pytest.warns(RcsdWarning, match=r"not a finite number: 'magnitude' \(from time 3\); every stock stays finite"):
        run = simulator.run()
    assert run.ok.all()
    assert np.isfinite(run.of("rest")).all()
    assert not np.isfinite(run.of("magnitude")[0, run.times >= 3]).any()


def test_who_asks_for_it_by_name_has_a_diverged_run(tmp_path: Path) -> None:
    """A fit must not go by such a number, and what is asked for beside it is judged alone."""
    path = write_vensim(tmp_path / "m.mdl", "level = INTEG(-1, 3)\n~~|\nmagnitude = LN(level)")
    model = rcsd.load(path)
    run = model.run(outputs=["magnitude"], backend="interpreted")
    assert run.messages == ("the run diverged: 'magnitude' is not a finite number at time 3",)
    with warnings.catch_warnings(action="error"):
        assert model.run(outputs=["level"], backend="interpreted").ok.all()


def test_a_stock_that_is_not_finite_ends_a_run(tmp_path: Path) -> None:
    """Whether or not it was asked for by name."""
    path = write_vensim(tmp_path / "m.mdl", "level = INTEG(1 / (Time - 2), 3)")
    run = rcsd.load(path).run(backend="interpreted")
    assert run.messages[0].startswith("the run diverged: 'level'")
