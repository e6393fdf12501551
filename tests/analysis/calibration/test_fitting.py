"""The whole calibration, against closed forms and against itself."""

import importlib
import textwrap

import numpy as np
import pytest

from rcsd.analysis.calibration import Problem, Search, Target, fit, starting_points
from rcsd.analysis.parameters import Parameter, ParameterSpace, Prior
from rcsd.errors import CalibrationError, ParameterError

YEARS = np.arange(2000.0, 2011.0)
TRUTH = {"K": 180.0, "r": 0.35, "P0": 40.0}


def _parameter(name, lower, upper, **more):
    return Parameter(name, lower, upper, unit="Dmnl", source="test", **more)


def _logistic_space():
    return ParameterSpace(
        (_parameter("K", 50.0, 500.0, scale="log"), _parameter("r", 0.01, 1.0), _parameter("P0", 5.0, 100.0))
    )


@pytest.fixture
def logistic_problem(closed_form, observe, logistic_formula):
    """Verhulst growth with known parameters, observed without noise."""
    series = observe(YEARS, logistic_formula(YEARS, TRUTH))
    target = Target(series, "Y", 0.01, "relative", np.ones(YEARS.size))
    simulator = closed_form(logistic_formula, dict.fromkeys(TRUTH, 1.0))
    return Problem(simulator, _logistic_space(), (target,), (2000, 2010))


def test_known_parameters_come_back(logistic_problem):
    """From noise-free logistic data every parameter is recovered, and most starts agree on it."""
    found = fit(logistic_problem, Search(5, tolerance=1e-12), rng=np.random.default_rng(1))
    assert found.values == pytest.approx(TRUTH, rel=1e-6)
    assert found.agreement >= 4
    assert not (found.at_lower | found.at_upper).any()
    assert [start.index for start in found.starts] == list(range(5))


def _level_problem(closed_form, observe, values, weights, prior=None):
    """Y = a: the weighted mean is the least-squares answer."""
    space = ParameterSpace((_parameter("a", -50.0, 50.0, prior=prior),))
    target = Target(observe(2000 + np.arange(len(values)), values), "Y", 2.0, "absolute", np.array(weights))
    simulator = closed_form(lambda times, c: np.full(times.shape, c["a"]), {"a": 0.0})
    return Problem(simulator, space, (target,), (2000, 2010))


def test_prior_pulls_as_theory_says(closed_form, observe):
    """Normal data and prior: the mode is the precision-weighted mean and its deviation the root of 1/sum."""
    values, prior = [9.0, 10.0, 11.0], Prior(4.0, 1.0)
    found = fit(
        _level_problem(closed_form, observe, values, [1.0] * 3, prior),
        Search(2, tolerance=1e-12),
        rng=np.random.default_rng(0),
    )
    precision = 3 / 2.0**2 + 1 / 1.0**2
    assert found.estimate[0] == pytest.approx((30.0 / 4 + 4.0) / precision, rel=1e-7)
    excess = max(1.0, 2 * found.cost / (4 - 1))
    assert found.standard_error == pytest.approx([np.sqrt(excess / precision)], rel=1e-5)


def test_weights_count_cells_as_theory_says(closed_form, observe):
    """Weights 1, 1/2 and 0 give the weighted mean (8 + 11/2) / 1.5; the dropped cell says nothing."""
    for dropped in (1000.0, -3.0):
        problem = _level_problem(closed_form, observe, [8.0, 11.0, dropped], [1.0, 0.5, 0.0])
        found = fit(problem, Search(1, tolerance=1e-12), rng=np.random.default_rng(0))
        assert found.estimate[0] == pytest.approx(13.5 / 1.5, rel=1e-7)
        assert found.n_residuals == 2


def test_standard_errors_are_those_of_linear_regression(closed_form, observe):
    """For Y = a + b t the errors are the textbook's s^2 (X'X)^-1, here with residuals larger than stated."""
    t = np.arange(11.0)
    values = 3 + 0.5 * t + np.where(t % 2 == 0, 1.0, -1.0)
    space = ParameterSpace((_parameter("a", -20.0, 20.0), _parameter("b", -5.0, 5.0)))
    target = Target(observe(2000 + t, values), "Y", 0.1, "absolute", np.ones(t.size))
    simulator = closed_form(lambda times, c: c["a"] + c["b"] * (times - 2000), {"a": 0.0, "b": 0.0})
    found = fit(
        Problem(simulator, space, (target,), (2000, 2010)), Search(1, tolerance=1e-12), rng=np.random.default_rng(0)
    )
    design = np.column_stack([np.ones_like(t), t])
    coefficients, squares, *_ = np.linalg.lstsq(design, values, rcond=None)
    covariance = squares[0] / (t.size - 2) * np.linalg.inv(design.T @ design)
    assert found.estimate == pytest.approx(coefficients, rel=1e-6)
    assert found.standard_error == pytest.approx(np.sqrt(np.diag(covariance)), rel=1e-4)


def test_standard_error_follows_the_log_scale(closed_form, observe):
    """Y = a searched on its logarithm has the same standard error, error/sqrt(n), as on the natural scale."""
    space = ParameterSpace((_parameter("a", 1.0, 100.0, scale="log"),))
    target = Target(observe(2000 + np.arange(4), [10.0] * 4), "Y", 2.0, "absolute", np.ones(4))
    simulator = closed_form(lambda times, c: np.full(times.shape, c["a"]), {"a": 1.0})
    found = fit(
        Problem(simulator, space, (target,), (2000, 2010)), Search(1, tolerance=1e-12), rng=np.random.default_rng(0)
    )
    assert found.standard_error == pytest.approx([1.0], rel=1e-4)


def test_undetermined_parameters_have_no_standard_error(closed_form, observe):
    """Data that see only a + b leave the difference open: no standard errors are made up."""
    space = ParameterSpace((_parameter("a", -20.0, 20.0), _parameter("b", -20.0, 20.0)))
    target = Target(observe([2000, 2001, 2002], [4.0, 5.0, 6.0]), "Y", 1.0, "absolute", np.ones(3))
    simulator = closed_form(lambda times, c: np.full(times.shape, c["a"] + c["b"]), {"a": 0.0, "b": 0.0})
    found = fit(Problem(simulator, space, (target,), (2000, 2010)), Search(2), rng=np.random.default_rng(0))
    assert found.standard_error is None


def test_truth_outside_the_bounds_ends_on_the_bound(closed_form, observe):
    """A level of 80 sought within [-50, 50] ends on the upper bound, is marked, and has no standard error."""
    problem = _level_problem(closed_form, observe, [80.0, 80.0], [1.0, 1.0])
    found = fit(problem, Search(1, tolerance=1e-10), rng=np.random.default_rng(0))
    assert (found.at_lower.tolist(), found.at_upper.tolist()) == ([False], [True])
    assert found.standard_error is None


def test_diverging_runs_cost_and_do_not_crash(closed_form, observe, logistic_formula):
    """Where all runs of fast growth diverge the truth is still found, and the failures are counted."""

    def fragile(times, constants):
        values = logistic_formula(times, constants)
        return np.full(times.shape, np.nan) if constants["r"] > 0.5 else values

    series = observe(YEARS, logistic_formula(YEARS, TRUTH))
    target = Target(series, "Y", 0.01, "relative", np.ones(YEARS.size))
    simulator = closed_form(fragile, dict.fromkeys(TRUTH, 1.0))
    problem = Problem(simulator, _logistic_space(), (target,), (2000, 2010))
    found = fit(problem, Search(6, tolerance=1e-12), rng=np.random.default_rng(3))
    assert found.values == pytest.approx(TRUTH, rel=1e-6)
    assert found.n_failed >= 1
    assert any(start.message == "Y is not finite" for start in found.starts)


def test_no_start_that_runs_is_one_clear_error(closed_form, observe):
    """When every start diverges the error quotes a run and says where to look."""
    space = ParameterSpace((_parameter("a", 0.0, 1.0),))
    target = Target(observe([2000], [1.0]), "Y", 1.0, "absolute", np.ones(1))
    simulator = closed_form(lambda times, _: np.full(times.shape, np.nan), {"a": 0.0})
    with pytest.raises(CalibrationError, match=r"all 3 starts failed.*Y is not finite.*check the starting values"):
        fit(Problem(simulator, space, (target,), (2000, 2000)), Search(3), rng=np.random.default_rng(0))


@pytest.mark.parametrize("sampler", ["sobol", "latin-hypercube"])
def test_starting_points_repeat_with_the_seed(sampler):
    """One seed gives one sample, another seed another, and the first point is the study's own either way."""
    space = ParameterSpace((_parameter("a", 1.0, 100.0, scale="log"), _parameter("b", 0.0, 1.0, start=0.2)))
    points = [
        starting_points(space, 5, rng=np.random.default_rng(seed), sampler=sampler).tolist() for seed in (7, 7, 8)
    ]
    assert points[0] == points[1]
    assert points[0][1:] != points[2][1:]
    assert points[0][0] == pytest.approx([10.0, 0.2])
    assert np.all((np.array(points[0]) >= [1.0, 0.0]) & (np.array(points[0]) <= [100.0, 1.0]))


def test_no_start_is_refused():
    """A calibration of 0 starts is an input error."""
    with pytest.raises(ParameterError, match="at least 1 start"):
        starting_points(_logistic_space(), 0, rng=np.random.default_rng(0))


class _Memory:
    """A start store in memory."""

    def __init__(self):
        self.kept = {}

    def load(self, index):
        return self.kept.get(index)

    def save(self, start):
        self.kept[start.index] = start


def test_kept_starts_are_not_descended_again(logistic_problem):
    """A calibration that finds three of four starts kept runs the fourth alone and gives the same result."""
    search, memory, told = Search(4, max_evaluations=20), _Memory(), []
    whole = fit(logistic_problem, search, rng=np.random.default_rng(1), reuse=memory)
    lost = memory.kept.pop(2)
    logistic_problem.simulator.batches.clear()
    again = fit(
        logistic_problem,
        search,
        rng=np.random.default_rng(1),
        reuse=memory,
        progress=lambda *piece: told.append(piece),
    )
    assert again.starts == whole.starts
    assert again.n_runs == whole.n_runs
    spent_on_errors = whole.n_runs - sum(start.n_evaluations for start in whole.starts)
    assert sum(logistic_problem.simulator.batches) == lost.n_evaluations + spent_on_errors
    assert told == [("calibrate", 3, 4), ("calibrate", 4, 4)]


SIMULATOR = """
import os

import numpy as np
from rcsd.ensemble import Ensemble
from rcsd.simulator import broadcast_inputs


class Growth:
    name = "growth"
    fatal = False
    constants = {"a": 1.0, "g": 0.0}
    variables = ("Y",)
    units = {"Y": "Dmnl"}

    def run(self, inputs=None, *, outputs=None, times=None):
        if self.fatal:
            os._exit(1)
        rows, n = broadcast_inputs(inputs, self.constants)
        values = rows["a"][:, None] * np.exp(rows["g"][:, None] * (times - 2000))
        return Ensemble(values[:, :, None], times, ("Y",), self.units, np.zeros(n, dtype=int), ("",) * n, rows)
"""


@pytest.fixture
def growth_problem(tmp_path, monkeypatch, observe):
    """Exponential growth from a module that spawned processes can import."""
    (tmp_path / "growth_simulator.py").write_text(textwrap.dedent(SIMULATOR))
    monkeypatch.syspath_prepend(tmp_path)
    growth = importlib.import_module("growth_simulator").Growth
    noisy = 10 * np.exp(0.05 * (YEARS - 2000)) * (1 + 0.01 * np.sin(YEARS))
    target = Target(observe(YEARS, noisy), "Y", 0.02, "relative", np.ones(YEARS.size))
    space = ParameterSpace((_parameter("a", 1.0, 100.0, scale="log"), _parameter("g", -0.2, 0.2)))
    return Problem(growth(), space, (target,), (2000, 2010))


@pytest.mark.process
def test_result_does_not_depend_on_workers(growth_problem):
    """One process and two spawned ones give the same starts, bit for bit, in the same order."""
    one, two = (fit(growth_problem, Search(3), rng=np.random.default_rng(5), workers=workers) for workers in (1, 2))
    assert one.starts == two.starts
    assert one.estimate.tolist() == two.estimate.tolist()
    assert one.n_runs == two.n_runs


@pytest.mark.process
def test_dying_worker_is_one_clear_error(growth_problem):
    """A worker that is killed gives an error that says what was lost and what to do, and leaves no process behind."""
    growth_problem.simulator.fatal = True
    with pytest.raises(CalibrationError, match="finished starts are kept"):
        fit(growth_problem, Search(2), rng=np.random.default_rng(5), workers=2)


def test_evolution_finds_the_valley_that_descents_miss(closed_form, observe):
    """Y = the distance from 0.83 plus ripples: single descents end in ripples, a population finds the lowest one."""

    def ripples(times, c):
        distance = (c["a"] - 0.83) ** 2 + (c["b"] + 0.41) ** 2
        waves = 2 - np.cos(25 * (c["a"] - 0.83)) - np.cos(25 * (c["b"] + 0.41))
        return np.full(times.shape, np.sqrt(5 * distance + waves))

    space = ParameterSpace((_parameter("a", -2.0, 2.0), _parameter("b", -2.0, 2.0)))
    target = Target(observe([2000], [0.0]), "Y", 1.0, "absolute", np.ones(1))
    problem = Problem(closed_form(ripples, {"a": 0.0, "b": 0.0}), space, (target,), (2000, 2000))
    alone = fit(problem, Search(3), rng=np.random.default_rng(0))
    problem.simulator.batches.clear()
    evolved = fit(problem, Search(3, sampler="differential-evolution"), rng=np.random.default_rng(0))
    assert evolved.n_runs == sum(problem.simulator.batches)
    assert evolved.values == pytest.approx({"a": 0.83, "b": -0.41}, abs=1e-3)
    assert alone.cost > 10 * evolved.cost
    again = fit(problem, Search(3, sampler="differential-evolution"), rng=np.random.default_rng(0))
    assert again.estimate.tolist() == evolved.estimate.tolist()
