"""Steps, ramps and pulses, against tables worked by hand from the vendors' definitions."""

from pathlib import Path

import numpy as np
import pytest

import rcsd
from tests.simulation.functions.models import BOTH, aux, series, vensim, xmile


def times_on(path: Path, name: str, backend: str) -> list[float]:
    """List the times at which a variable is not zero."""
    run = rcsd.load(path).simulator(backend).run(outputs=[name])
    return [round(float(time), 6) for time, value in zip(run.times, run.of(name)[0], strict=True) if value]


@pytest.mark.parametrize("backend", BOTH)
def test_the_last_pulse_of_a_train_is_that_of_the_end(backend: str, tmp_path: Path) -> None:
    """At its end a train is on for the last time, and only in that step, although the pulse is two units wide."""
    path = vensim(tmp_path, "y = PULSE TRAIN(2, 2, 5, 12)", stop=20, step=0.5)
    assert times_on(path, "y", backend) == [2, 2.5, 3, 3.5, 7, 7.5, 8, 8.5, 12]


def test_a_pulse_of_a_train_lasts_a_step_at_least(tmp_path: Path) -> None:
    """Vensim's manual: with a width of at most a time step the pulses last one."""
    path = vensim(tmp_path, "y = PULSE TRAIN(1, 0.1, 2, 6)\nz = PULSE TRAIN(1, 5, 2, 6)", stop=8, step=0.5)
    assert times_on(path, "y", "interpreted") == [1, 3, 5]
    assert times_on(path, "z", "interpreted") == [1 + k / 2 for k in range(11)]  # wider than its interval: always on


@pytest.mark.parametrize("backend", BOTH)
def test_a_step_that_binary_numbers_do_not_have_shifts_nothing(backend: str, tmp_path: Path) -> None:
    """With a time step of 0.1, whose sums are never whole: Time is start + n dt, pulses are read half a step late."""
    equations = """
        train = PULSE TRAIN(0.3, 0.2, 0.7, 1.7)
        once = PULSE(0.7, 0.3)
        late = IF THEN ELSE(Time >= 0.7, 1, 0)
        raised = STEP(2, 0.7)
        kept = SAMPLE IF TRUE(Time > 0.65, 1, 0)
    """
    path = vensim(tmp_path, equations, stop=2, step=0.1)
    assert times_on(path, "train", backend) == [0.3, 0.4, 1.0, 1.1, 1.7]
    assert times_on(path, "once", backend) == [0.7, 0.8, 0.9]
    after = [round(0.7 + 0.1 * k, 6) for k in range(14)]
    assert times_on(path, "raised", backend) == times_on(path, "kept", backend) == after
    assert times_on(path, "late", backend) == after


@pytest.mark.parametrize(
    ("start", "width", "on"),
    [(3, 0, [3.0]), (3, 1, [3.0, 3.5]), (3.2, 1, [3.0, 3.5]), (3.3, 1, [3.5, 4.0]), (3, 0.75, [3.0])],
)
def test_a_pulse_is_read_half_a_step_late(start: float, width: float, on: list[float], tmp_path: Path) -> None:
    """Vensim: time plus > start and time plus < start + width, where time plus = Time + TIME STEP / 2."""
    assert times_on(vensim(tmp_path, f"y = PULSE({start}, {width})", stop=6, step=0.5), "y", "interpreted") == on


@pytest.mark.parametrize("backend", BOTH)
@pytest.mark.parametrize("method", [0, 1, 3])
def test_inputs_stay_the_same_within_a_step(backend: str, method: int, tmp_path: Path) -> None:
    """Whatever the method: their integral is a sum, exact on the grid; Runge and Kutta's would see half of the jump."""
    equations = """
        s = INTEG(STEP(4, 3), 0)
        p = INTEG(PULSE(2, 1), 0)
        r = INTEG(RAMP(2, 1, 3), 0)
    """
    path = vensim(tmp_path, equations, stop=4, step=0.5, method=method)
    times = np.arange(0, 4.25, 0.5)
    np.testing.assert_allclose(series(path, "s", backend)[0], 4 * np.maximum(times - 3, 0), atol=1e-14)
    np.testing.assert_allclose(series(path, "p", backend)[0], np.clip(times - 2, 0, 1), atol=1e-14)
    ramp = 2 * np.clip(times - 1, 0, 2)
    np.testing.assert_allclose(series(path, "r", backend)[0], 0.5 * np.cumsum([0, *ramp[:-1]]), atol=1e-14)


def test_a_pulse_of_an_amount_adds_it(tmp_path: Path) -> None:
    """XMILE 1.0: PULSE(20, 12, 5) gives 20/DT at 12, 17, 22 and so on; without an interval, or with zero, once."""
    path = xmile(tmp_path, aux(y="PULSE(20, 12, 5)", z="PULSE(20, 12)", w="PULSE(20, 12, 0)"), stop=25, step=0.5)
    assert times_on(path, "y", "interpreted") == [12, 17, 22]
    assert times_on(path, "z", "interpreted") == times_on(path, "w", "interpreted") == [12]
    assert series(path, "y", "interpreted").max() == 40
