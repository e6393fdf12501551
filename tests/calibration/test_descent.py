"""One descent: derivatives from one batch of runs, and what happens at bounds and failures."""

import numpy as np
import pytest

from rcsd.calibration import PENALTY, Problem, Search, Target, descend
from rcsd.calibration.descent import UnitCube
from rcsd.parameters import Parameter, ParameterSpace


def _problem(closed_form, observe, formula, names, bounds=(0.0, 4.0)):
    space = ParameterSpace(tuple(Parameter(name, *bounds, unit="Dmnl", source="test") for name in names))
    target = Target(observe([2001, 2002, 2003], [1.0, 4.0, 9.0]), "Y", 1.0, "absolute", np.ones(3))
    simulator = closed_form(formula, dict.fromkeys(names, 1.0))
    return Problem(simulator, space, (target,), (2000, 2003)), simulator


def _power(times, constants):
    return constants["a"] * (times - 2000) ** constants["b"]


@pytest.mark.parametrize("u", [np.array([0.3, 0.5]), np.array([1.0, 1.0]), np.array([0.0, 0.0])])
def test_jacobian_matches_derivative_in_one_batch(closed_form, observe, u):
    """d(a t^b)/da = t^b and d/db = a t^b ln t, inside the cube and on its faces, from one batch of two runs."""
    problem, simulator = _problem(closed_form, observe, _power, ("a", "b"))
    cube = UnitCube(problem)
    cube.residuals(u)
    simulator.batches.clear()
    t, (a, b) = np.arange(1.0, 4.0), 4 * u
    exact = 4 * np.stack([t**b, a * t**b * np.log(t)], axis=1)
    assert cube.jacobian(u) == pytest.approx(exact, rel=1e-4, abs=1e-4)
    assert simulator.batches == [2]


def test_jacobian_steps_back_from_a_failing_run(closed_form, observe):
    """Where the forward run diverges the derivative is taken backwards, and stays right."""

    def cliff(times, constants):
        a = constants["a"]
        return np.full(times.shape, np.nan) if a > 2 else a * (times - 2000)

    problem, _ = _problem(closed_form, observe, cliff, ("a",))
    cube = UnitCube(problem)
    assert cube.jacobian(np.array([0.5]))[:, 0] == pytest.approx(4 * np.arange(1.0, 4.0), rel=1e-6)
    assert cube.n_failed == 1


def test_jacobian_is_zero_where_both_sides_fail(closed_form, observe):
    """A parameter that cannot move either way gets a zero column instead of the penalty's slope."""

    def needle(times, constants):
        return np.full(times.shape, 5.0 if constants["a"] == 2.0 else np.nan)

    problem, _ = _problem(closed_form, observe, needle, ("a",))
    assert UnitCube(problem).jacobian(np.array([0.5])).tolist() == [[0.0]] * 3


def test_descent_finds_the_exact_power(closed_form, observe):
    """The data are 1 * t^2: the descent ends there, says so, and counts its runs."""
    problem, simulator = _problem(closed_form, observe, _power, ("a", "b"))
    start = descend(problem, 3, np.array([2.0, 1.0]), Search(1, max_evaluations=100, tolerance=1e-10))
    assert start.estimate == pytest.approx({"a": 1.0, "b": 2.0}, abs=1e-6)
    assert start.converged
    assert start.message in {"the cost no longer changes", "the gradient is below the tolerance"}
    assert (start.index, start.n_failed) == (3, 0)
    assert start.n_evaluations == sum(simulator.batches)


def test_descent_that_starts_on_a_failure_ends_there(closed_form, observe):
    """A first run that diverges is no crash: the start has the penalty's cost and the run's own words."""
    problem, _ = _problem(closed_form, observe, lambda times, _: np.full(times.shape, np.nan), ("a",))
    start = descend(problem, 0, np.array([2.0]), Search(1))
    assert (start.converged, start.n_evaluations, start.n_failed) == (False, 1, 1)
    assert start.cost == 0.5 * 3 * PENALTY**2
    assert start.message == "Y is not finite"


def test_evaluations_running_out_is_said(closed_form, observe):
    """With one evaluation allowed a descent does not claim to have converged."""
    problem, _ = _problem(closed_form, observe, _power, ("a", "b"))
    start = descend(problem, 0, np.array([2.0, 1.0]), Search(1, max_evaluations=1))
    assert not start.converged
    assert start.message == "the evaluations were used up"


def test_estimate_never_leaves_its_bounds(closed_form, observe):
    """On a log scale exp(log(bound)) may round past the bound; the estimate does not."""
    space = ParameterSpace((Parameter("a", 0.1, 0.7, "Dmnl", "test", scale="log"),))
    target = Target(observe([2000], [9.0]), "Y", 1.0, "absolute", np.ones(1))
    simulator = closed_form(lambda times, c: np.full(times.shape, c["a"]), {"a": 0.1})
    start = descend(Problem(simulator, space, (target,), (2000, 2000)), 0, np.array([0.1]), Search(1, tolerance=1e-12))
    assert 0.1 <= start.estimate["a"] <= 0.7
    assert start.estimate["a"] == pytest.approx(0.7, rel=1e-3)
