"""One descent: derivatives from one batch of runs, and what happens at bounds and failures."""

import numpy as np
import pytest
from scipy.optimize import least_squares

from rcsd.analysis.calibration import PENALTY, Problem, Search, Target, descend
from rcsd.analysis.calibration.cube import UnitCube
from rcsd.analysis.calibration.fit.descent import descend_all
from rcsd.analysis.parameters import Parameter, ParameterSpace


def _problem(closed_form, observe, formula, names, bounds=(0.0, 4.0)):
    space = ParameterSpace(tuple(Parameter(name, *bounds, unit="Dmnl", source="test") for name in names))
    target = Target(observe([2001, 2002, 2003], [1.0, 4.0, 9.0]), "Y", 1.0, "absolute", np.ones(3))
    simulator = closed_form(formula, dict.fromkeys(names, 1.0))
    return Problem(simulator, space, (target,), (2000, 2003)), simulator


def _power(times, constants):
    return constants["a"] * (times - 2000) ** constants["b"]


@pytest.mark.parametrize("u", [np.array([0.3, 0.5]), np.array([1.0, 1.0]), np.array([0.0, 0.0])])
def test_jacobian_matches_derivative_in_one_batch(closed_form, observe, u):
    """d(a t^b)/da = t^b and d/db = a t^b ln t, inside the cube and on its faces, at two points from one batch."""
    problem, simulator = _problem(closed_form, observe, _power, ("a", "b"))
    cube = UnitCube(problem)
    both = np.stack([u, [0.5, 0.5]])
    here, _ = cube.evaluate(both)
    simulator.batches.clear()
    found, n_runs, n_failed = cube.jacobians(both, here)
    t = np.arange(1.0, 4.0)
    for jacobian, (a, b) in zip(found, 4 * both, strict=True):
        exact = 4 * np.stack([t**b, a * t**b * np.log(t)], axis=1)
        assert jacobian == pytest.approx(exact, rel=1e-4, abs=1e-4)
    assert simulator.batches == [4]
    assert (n_runs.tolist(), n_failed.tolist()) == ([2, 2], [0, 0])


def test_jacobian_steps_back_from_a_failing_run(closed_form, observe):
    """Where the forward run diverges the derivative is taken backwards, and stays right."""

    def cliff(times, constants):
        a = constants["a"]
        return np.full(times.shape, np.nan) if a > 2 else a * (times - 2000)

    problem, _ = _problem(closed_form, observe, cliff, ("a",))
    cube = UnitCube(problem)
    u = np.array([[0.5]])
    jacobians, n_runs, n_failed = cube.jacobians(u, cube.evaluate(u)[0])
    assert jacobians[0, :, 0] == pytest.approx(4 * np.arange(1.0, 4.0), rel=1e-6)
    assert (cube.n_failed, n_runs.tolist(), n_failed.tolist()) == (1, [2], [1])


def test_jacobian_is_zero_where_both_sides_fail(closed_form, observe):
    """A parameter that cannot move either way gets a zero column instead of the penalty's slope."""

    def needle(times, constants):
        return np.full(times.shape, 5.0 if constants["a"] == 2.0 else np.nan)

    problem, _ = _problem(closed_form, observe, needle, ("a",))
    cube, u = UnitCube(problem), np.array([[0.5]])
    assert cube.jacobians(u, cube.evaluate(u)[0])[0].tolist() == [[[0.0]] * 3]


def test_descent_finds_the_exact_power(closed_form, observe):
    """The data are 1 * t^2: the descent ends there, says so, and counts its runs."""
    problem, simulator = _problem(closed_form, observe, _power, ("a", "b"))
    (start,) = descend(problem, {3: np.array([2.0, 1.0])}, Search(1, max_evaluations=100, tolerance=1e-10))
    assert start.estimate == pytest.approx({"a": 1.0, "b": 2.0}, abs=1e-6)
    assert start.converged
    assert start.message in {"the cost no longer changes", "the gradient is below the tolerance"}
    assert (start.index, start.n_failed) == (3, 0)
    assert start.n_evaluations == sum(simulator.batches)


def test_descent_that_starts_on_a_failure_ends_there(closed_form, observe):
    """A first run that diverges is no crash: the start has the penalty's cost and the run's own words."""
    problem, _ = _problem(closed_form, observe, lambda times, _: np.full(times.shape, np.nan), ("a",))
    (start,) = descend(problem, {0: np.array([2.0])}, Search(1))
    assert (start.converged, start.n_evaluations, start.n_failed) == (False, 1, 1)
    assert start.cost == 0.5 * 3 * PENALTY**2
    assert start.message == "Y is not finite"


def test_iterations_running_out_is_said(closed_form, observe):
    """With one iteration allowed a descent does not claim to have converged."""
    problem, _ = _problem(closed_form, observe, _power, ("a", "b"))
    (start,) = descend(problem, {0: np.array([2.0, 1.0])}, Search(1, max_evaluations=1))
    assert not start.converged
    assert start.message == "the iterations were used up"


def test_estimate_never_leaves_its_bounds(closed_form, observe):
    """On a log scale exp(log(bound)) may round past the bound; the estimate does not."""
    space = ParameterSpace((Parameter("a", 0.1, 0.7, "Dmnl", "test", scale="log"),))
    target = Target(observe([2000], [9.0]), "Y", 1.0, "absolute", np.ones(1))
    simulator = closed_form(lambda times, c: np.full(times.shape, c["a"]), {"a": 0.1})
    problem = Problem(simulator, space, (target,), (2000, 2000))
    (start,) = descend(problem, {0: np.array([0.1])}, Search(1, tolerance=1e-12))
    assert 0.1 <= start.estimate["a"] <= 0.7
    assert start.estimate["a"] == pytest.approx(0.7, rel=1e-3)


CLASSICS = {
    # residuals, bounds, start; the minima are those of scipy's trust region reflective method
    "Rosenbrock": (lambda x, y: [10 * (y - x**2), 1 - x], (-2.0, 2.0), (-1.2, 1.0)),
    "Rosenbrock behind a bound": (lambda x, y: [10 * (y - x**2), 1 - x], (-2.0, 0.5), (-1.2, 0.4)),
    "Beale": (
        lambda x, y: [1.5 - x * (1 - y), 2.25 - x * (1 - y**2), 2.625 - x * (1 - y**3)],
        (-4.5, 4.5),
        (1.0, 1.0),
    ),
    "Freudenstein and Roth": (
        lambda x, y: [-13 + x + ((5 - y) * y - 2) * y, -29 + x + ((y + 1) * y - 14) * y],
        (-20.0, 20.0),
        (0.5, -2.0),
    ),
}


@pytest.mark.parametrize("name", CLASSICS)
def test_classic_problems_end_where_another_method_does(closed_form, observe, name):
    """From one start the minimum is that of scipy's least_squares, on a bound or off it."""
    residuals, bounds, first = CLASSICS[name]
    n = len(residuals(*first))
    space = ParameterSpace(tuple(Parameter(each, *bounds, unit="Dmnl", source="test") for each in ("x", "y")))
    target = Target(observe(2000 + np.arange(n), np.zeros(n)), "Y", 1.0, "absolute", np.ones(n))
    simulator = closed_form(
        lambda times, c: np.array(residuals(c["x"], c["y"]))[times.astype(int) - 2000], {"x": 0, "y": 0}
    )
    cube = UnitCube(Problem(simulator, space, (target,), (2000, 2010)))
    found = descend_all(cube, cube.point(np.array([first])), max_iterations=500, tolerance=1e-12)
    other = least_squares(lambda p: residuals(*p), first, bounds=bounds, xtol=1e-14, ftol=1e-14, gtol=1e-12)
    assert found.converged[0]
    assert found.cost[0] == pytest.approx(other.cost, rel=1e-6, abs=1e-9)
    assert cube.natural(found.u)[0] == pytest.approx(other.x, abs=1e-4)


def test_descents_do_not_feel_each_other(closed_form, observe):
    """A descent among others ends where it ends alone, bit for bit; coordinates that are held do not move."""
    problem, _ = _problem(closed_form, observe, _power, ("a", "b"))
    points = np.array([[0.9, 0.1], [0.2, 0.8], [0.5, 0.25]])
    free = np.array([[True, True], [True, True], [True, False]])
    together = descend_all(UnitCube(problem), points, free=free)
    for i in range(3):
        alone = descend_all(UnitCube(problem), points[[i]], free=free[[i]])
        assert alone.u[0].tolist() == together.u[i].tolist()
        assert (alone.cost[0], alone.n_runs[0]) == (together.cost[i], together.n_runs[i])
    assert together.u[2, 1] == 0.25


def test_central_differences_are_exact_for_a_parabola(closed_form, observe):
    """d(a^2 t)/da = 2 a t inside the cube; on its face, and beside a cliff, to first order in the step."""

    def parabola(times, constants):
        a = constants["a"]
        return np.full(times.shape, np.nan) if a > 2 else a**2 * (times - 2000)

    problem, simulator = _problem(closed_form, observe, parabola, ("a",))
    t = np.arange(1.0, 4.0)
    for u, precision in ((0.25, 1e-9), (0.0, 1e-5), (0.5, 1e-5)):
        simulator.batches.clear()
        residuals, slopes = UnitCube(problem).central(np.array([u]))
        assert residuals == pytest.approx((4 * u) ** 2 * t - [1, 4, 9])
        assert slopes[:, 0] == pytest.approx(4 * 2 * (4 * u) * t, abs=precision * 32)
        assert simulator.batches == [3]


def test_a_slope_between_two_failing_runs_is_zero(closed_form, observe):
    """Nothing is known there."""

    def needle(times, constants):
        return np.full(times.shape, 5.0 if constants["a"] == 2.0 else np.nan)

    problem, _ = _problem(closed_form, observe, needle, ("a",))
    assert UnitCube(problem).central(np.array([0.5]))[1].tolist() == [[0.0]] * 3
