"""Every run has the drivers of its own course, as if a simulator had been made for it alone."""

import numpy as np
import pytest

import rcsd
from rcsd.analysis.scenarios import CourseSimulator
from rcsd.errors import ParameterError
from rcsd.simulation.loading import Backend, LoadedModel
from rcsd.simulator import DrivenSimulator

YEARS = np.array([2000.0, 2010.0, 2030.0])


@pytest.fixture(scope="module")
def model() -> LoadedModel:
    """Return the city."""
    return rcsd.load("resource_city")


@pytest.mark.parametrize("backend", ["compiled", "interpreted"])
def test_other_tables_give_the_bits_of_a_simulator_made_with_them(model: LoadedModel, backend: Backend) -> None:
    """Sharing machine code changes no number, neither of the new simulator nor of the old one."""
    high = {"World Coal Price": (YEARS, [1.0, 3.0, 2.0])}
    first = model.simulator(backend)
    assert isinstance(first, DrivenSimulator)
    before = first.run(outputs=["GDP"]).values
    shared = first.with_tables(high).run(outputs=["GDP"]).values
    np.testing.assert_array_equal(shared, model.simulator(backend, tables=high).run(outputs=["GDP"]).values)
    np.testing.assert_array_equal(first.run(outputs=["GDP"]).values, before)
    assert not np.array_equal(shared, before)


def test_rows_go_round_the_courses(model: LoadedModel) -> None:
    """Row i has course i modulo their number: all draws of a scenario, then all of the next."""
    simulator = model.simulator("compiled")
    assert isinstance(simulator, DrivenSimulator)
    prices = np.array([[1.0, 1.0, 1.0], [1.0, 3.0, 2.0], [1.0, 0.5, 0.7]])
    rates = np.array([0.3, 0.31, 0.32, 0.4, 0.41, 0.42])
    together = CourseSimulator(simulator, {"World Coal Price": (YEARS, prices)}).run(
        {"Investment Rate": rates, "Recovery Rate": 0.5}, outputs=["GDP", "Population"]
    )
    for row, rate in enumerate(rates):
        alone = model.simulator(tables={"World Coal Price": (YEARS, prices[row % 3])}).run(
            {"Investment Rate": rate, "Recovery Rate": 0.5}, outputs=["GDP", "Population"]
        )
        np.testing.assert_array_equal(together.values[row], alone.values[0])
    np.testing.assert_array_equal(together.inputs["Investment Rate"], rates)


def test_runs_that_are_stopped_and_continued_keep_their_courses(model: LoadedModel) -> None:
    """Bit for bit those that never stop, each with its own prices."""
    simulator = model.simulator("compiled")
    assert isinstance(simulator, DrivenSimulator)
    prices = np.array([[1.0, 1.0, 1.0], [1.0, 3.0, 2.0], [1.0, 0.5, 0.7]])
    courses = CourseSimulator(simulator, {"World Coal Price": (YEARS, prices)})
    inputs, outputs, times = {"Investment Rate": np.linspace(0.3, 0.4, 6)}, ["GDP", "Coal Reserves"], [2003.0, 2012.0]
    whole = courses.run(inputs, outputs=outputs, times=[*times, 2020.0]).values
    first, state = courses.advance(courses.begin(inputs), inputs, outputs=outputs, times=times)
    second, _ = courses.advance(state, inputs, outputs=outputs, times=[2012.0, 2020.0])
    np.testing.assert_array_equal(first.values, whole[:, :2])
    np.testing.assert_array_equal(second.values, whole[:, 1:])
    assert courses.stocks == state.stocks
    with pytest.raises(ParameterError, match="4 runs do not fit 3 courses"):
        courses.advance(state.part(np.arange(4)), times=[2020.0])


def test_rows_that_are_no_multiple_of_the_courses_are_refused(model: LoadedModel) -> None:
    """Five rows cannot be shared by three courses."""
    simulator = model.simulator("compiled")
    assert isinstance(simulator, DrivenSimulator)
    courses = CourseSimulator(simulator, {"World Coal Price": (YEARS, np.ones((3, 3)))})
    with pytest.raises(ParameterError, match="5 runs do not fit 3 courses"):
        courses.run({"Investment Rate": np.full(5, 0.3)})
