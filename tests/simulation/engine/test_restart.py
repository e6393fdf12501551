"""Runs that are stopped and continued: bit for bit those that were not, whatever a model remembers."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import rcsd
from rcsd.errors import ModelError, ParameterError
from rcsd.restart import RestartableSimulator, State
from rcsd.simulation.engine import CompiledSimulator, InterpretedSimulator
from rcsd.simulation.engine.simulator import SystemSimulator
from rcsd.simulation.ir import Equation, Method, System
from tests.simulation.engine.constructs import write_vensim
from tests.simulation.engine.systems import closed_forms, everything

ENGINES = [InterpretedSimulator, CompiledSimulator]
BACKENDS = ("interpreted", "compiled")

REMEMBERING = """y = INTEG(in - y / 4 + RANDOM NORMAL(-1, 1, 0, 0.3, 7), INITIAL(a) * 3)
~~|
in = table(Time) + DELAY3(x, 3) + SMOOTHI(x, 2, 5) + a
~~|
order three = DELAY N(in, 2, 1, 3)
~~|
changing delay = DELAY N(in, 2 + SIN(Time), 1, 2)
~~|
growth = TREND(y, 2, 0.1) + FORECAST(y, 2, 1)
~~|
kept = SAMPLE IF TRUE(MODULO(Time, 3) < 1, y, 2)
~~|
at first = INITIAL(y * a + growth)
~~|
loop = ACTIVE INITIAL(y + growth + kept + at first, 3)
~~|
pulses = PULSE(2, 1.5) + STEP(3, 4) + RAMP(1, 2, 5)
~~|
table((0, 1), (3, 2), (9, 0.5))
~~|
sex: woman, man
~~|
people[sex] = INTEG(SMOOTH(people[sex] * 0.1, 2) - a * people[sex] / 20, 10)"""


def without_pipes(method: Method) -> System:
    """Return everything that an engine can do, but fixed delays."""
    system = everything(method)
    return replace(system, pipes=(), steps=(*system.steps, Equation("late", system.pipes[0].entering)))


def assert_continued(simulator: SystemSimulator, inputs: dict[str, np.ndarray], cuts: list[int]) -> None:
    """Compare runs that stop at some of their steps with runs that do not."""
    times = simulator.run(inputs).times
    whole = simulator.run(inputs, times=times).values
    state, found = simulator.begin(inputs), []
    for first, last in zip([0, *cuts], [*cuts, times.size - 1], strict=True):
        ensemble, state = simulator.advance(state, inputs, times=times[first : last + 1])
        assert state.time == times[last]
        found.append(ensemble.values[:, 0 if first == 0 else 1 :])
        np.testing.assert_array_equal(ensemble.values[:, 0], whole[:, first])
    np.testing.assert_array_equal(np.concatenate(found, axis=1), whole)
    assert np.isfinite(whole).mean() > 0.9


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("method", ["euler", "rk2", "rk4"])
def test_every_kind_of_node_goes_on_as_if_never_stopped(engine: type[SystemSimulator], method: Method) -> None:
    """Draws, tables, memories and values kept from the start, stopped three times, 37 runs."""
    rng = np.random.default_rng(3)
    inputs = {"a": rng.uniform(0.5, 2.0, 37), "b": rng.uniform(0.4, 0.9, 37)}
    assert_continued(engine(without_pipes(method), {}, seed=5), inputs, [1, 7, 18])


@pytest.mark.parametrize("backend", BACKENDS)
def test_whatever_a_file_remembers_goes_on(tmp_path: Path, backend: str) -> None:
    """Delays, smooths, trends, samples, initial values, random numbers and arrays of a file, stopped at every step."""
    model = rcsd.load(write_vensim(tmp_path / "remembering.mdl", REMEMBERING))
    simulator = model.simulator(backend, seed=11)  # type: ignore[arg-type]
    assert isinstance(simulator, SystemSimulator)
    n = simulator.run().times.size
    assert_continued(simulator, {"a": np.array([1.5, 0.3, 2.0])}, list(range(1, n - 1)))


def test_the_city_goes_on(tmp_path: Path) -> None:
    """The largest model that comes with rcsd, year by year, by kernels."""
    simulator = rcsd.load("resource_city").simulator("compiled")
    assert isinstance(simulator, RestartableSimulator)
    times = np.arange(2000.0, 2031.0)
    inputs = {"Investment Rate": np.linspace(0.2, 0.5, 21)}
    whole = simulator.run(inputs, times=times).values
    state = simulator.begin(inputs)
    for k in range(1, times.size):
        ensemble, state = simulator.advance(state, inputs, times=times[k - 1 : k + 1])
        np.testing.assert_array_equal(ensemble.values, whole[:, k - 1 : k + 1])


@pytest.mark.parametrize("engine", ENGINES)
def test_levels_and_constants_may_change_on_the_way(engine: type[SystemSimulator]) -> None:
    """Growth of 0.7 for one time unit, twice the level, then growth of 0.2: the closed form of Euler's rule."""
    simulator = engine(closed_forms(0.125, "euler"), {})
    _, state = simulator.advance(simulator.begin(), times=[1.0])
    levels = state.levels.copy()
    levels[:, state.stocks.index("x")] *= 2
    ensemble, _ = simulator.advance(state.with_levels(levels), {"r": np.array([0.2])}, outputs=["x"], times=[1.0, 2.0])
    middle = 2 * 1.5 * (1 + 0.7 / 8) ** 8
    np.testing.assert_allclose(ensemble.of("x")[0], [middle, middle * (1 + 0.2 / 8) ** 8], rtol=1e-14)


def test_runs_of_one_state_may_be_given_inputs_of_their_own() -> None:
    """One begun run, repeated, goes on at different rates."""
    simulator = InterpretedSimulator(closed_forms(0.5, "euler"), {})
    state = simulator.begin().part(np.zeros(3, dtype=np.intp))
    ensemble, _ = simulator.advance(state, {"r": np.array([0.0, 1.0, 2.0])}, outputs=["x"], times=[0.5])
    np.testing.assert_allclose(ensemble.of("x")[:, 0], 1.5 * np.array([1.0, 1.5, 2.0]), rtol=1e-15)


def test_a_fixed_delay_is_refused_with_its_name() -> None:
    """Nobody can say what is under way in it."""
    with pytest.raises(ModelError, match=r"'late' is a fixed delay.*DELAY N"):
        InterpretedSimulator(everything("euler"), {}).begin()


def test_what_does_not_fit_a_state_is_refused() -> None:
    """A time before it, inputs of another length, a state of another model, a stock that is none."""
    simulator = InterpretedSimulator(closed_forms(0.5, "euler"), {})
    state = simulator.begin({"r": np.zeros(2)})
    _, later = simulator.advance(state, times=[1.0])
    with pytest.raises(ParameterError, match="runs stand at 1"):
        simulator.advance(later, times=[0.5, 1.0])
    with pytest.raises(ParameterError, match="3 runs do not fit 2"):
        simulator.advance(state, {"r": np.zeros(3)}, times=[1.0])
    with pytest.raises(ParameterError, match="another model"):
        simulator.advance(State(0.0, ("q",), np.zeros((2, 1)), np.zeros((2, 0))), times=[1.0])
    with pytest.raises(ModelError, match="'w' is not a stock"):
        state.of("w")
