"""A problem: what a cost may depend on, and what a failed run costs."""

import numpy as np
import pytest

from rcsd.analysis.calibration import PENALTY, Problem, Target
from rcsd.analysis.parameters import Parameter, ParameterSpace, Prior
from rcsd.errors import ParameterError


def _level(times, constants):
    return np.full(times.shape, constants["a"])


def _space(**changes):
    settings = {"name": "a", "lower": -10.0, "upper": 10.0, "unit": "Dmnl", "source": "test", **changes}
    return ParameterSpace((Parameter(**settings),))


def test_residuals_are_data_then_priors(closed_form, observe):
    """At a = 3 with data 1 and 2 (error 1) and prior 0 +- 2 the residuals are 2, 1 and 1.5."""
    space = _space(prior=Prior(0.0, 2.0))
    target = Target(observe([2000, 2001], [1.0, 2.0]), "Y", 1.0, "absolute", np.ones(2))
    problem = Problem(closed_form(_level, {"a": 0.0}), space, (target,), (2000, 2001))
    assert problem.residuals(np.array([3.0])) == pytest.approx(np.array([2.0, 1.0, 1.5]))


def test_cells_outside_the_window_are_refused(closed_form, observe):
    """A series that still holds a hold-out year cannot enter a problem at all."""
    target = Target(observe([2010, 2011], [1.0, 2.0]), "Y", 1.0, "absolute", np.ones(2))
    with pytest.raises(ParameterError, match="outside the fit window 2000-2010"):
        Problem(closed_form(_level, {"a": 0.0}), _space(), (target,), (2000, 2010))


def test_only_years_that_count_are_simulated(closed_form, observe):
    """The simulator is asked for the years of the counted cells of all targets, each once, and nothing later."""
    one = Target(observe([2000, 2002, 2003], [1.0, 2.0, 3.0]), "Y", 1.0, "absolute", np.array([1.0, 1.0, 0.0]))
    two = Target(observe([2001, 2002], [1.0, 2.0]), "Y", 1.0, "absolute", np.ones(2))
    problem = Problem(closed_form(_level, {"a": 0.0}), _space(), (one, two), (2000, 2010))
    assert problem.times.tolist() == [2000, 2001, 2002]
    assert problem.n_data == 4


def test_nothing_to_fit_is_refused(closed_form, observe):
    """A problem whose every cell is dropped has no answer, and says so."""
    target = Target(observe([2000], [1.0]), "Y", 1.0, "absolute", np.zeros(1))
    with pytest.raises(ParameterError, match="nothing to fit"):
        Problem(closed_form(_level, {"a": 0.0}), _space(), (target,), (2000, 2010))


def test_diverging_rows_cost_the_penalty_and_spare_the_others(closed_form, observe):
    """In a batch of three the row that diverges costs the penalty in every residual; its neighbours are exact."""

    def formula(times, constants):
        return np.full(times.shape, np.nan if constants["a"] > 1 else constants["a"])

    target = Target(observe([2000], [0.0]), "Y", 1.0, "absolute", np.ones(1))
    problem = Problem(closed_form(formula, {"a": 0.0}), _space(prior=Prior(0.0, 1.0)), (target,), (2000, 2000))
    found = problem.evaluate(np.array([[0.5], [2.0], [1.0]]))
    assert found.ok.tolist() == [True, False, True]
    assert found.residuals.tolist() == [[0.5, 0.5], [PENALTY, PENALTY], [1.0, 1.0]]
    assert found.message == "Y is not finite"


def test_value_without_logarithm_is_a_failed_run(closed_form, observe):
    """A run that ends with a negative value has no relative residual: it costs the penalty and says why."""
    target = Target(observe([2000], [1.0]), "Y", 1.0, "relative", np.ones(1))
    problem = Problem(closed_form(_level, {"a": 0.0}), _space(), (target,), (2000, 2000))
    found = problem.evaluate(np.array([[-1.0]]))
    assert not found.ok[0]
    assert found.residuals.tolist() == [[PENALTY]]
    assert "not positive" in found.message
