"""Delays and smooths whose length or order does not fit the time step."""

from pathlib import Path

import numpy as np
import pytest

from rcsd.errors import ModelError
from tests.simulation.functions.models import BOTH, series, vensim


@pytest.mark.filterwarnings("ignore:.* is shorter than the time step")
@pytest.mark.parametrize("backend", BOTH)
@pytest.mark.parametrize("step", [1.0, 0.1])
def test_a_fixed_delay_rounds_its_length_half_up(backend: str, step: float, tmp_path: Path) -> None:
    """Of a clock that counts steps: held for so many, then the clock of so many steps before."""
    delays = {"a": 0.5, "b": 1.5, "c": 2.5, "d": 2.4, "e": 4.5, "f": 0.2}
    equations = "\n".join(f"{name} = DELAY FIXED(clock, {n * step}, -1)" for name, n in delays.items())
    path = vensim(tmp_path, f"clock = Time / TIME STEP\n{equations}", stop=8 * step, step=step)
    held = {"a": 1, "b": 2, "c": 3, "d": 2, "e": 5, "f": 1}
    for name, n in held.items():
        expected = [-1.0] * n + [float(k) for k in range(9 - n)]
        np.testing.assert_allclose(series(path, name, backend)[0], expected, atol=1e-12, err_msg=name)


@pytest.mark.filterwarnings("ignore:.* is shorter than the time step")
@pytest.mark.parametrize("backend", BOTH)
@pytest.mark.parametrize("function", ["DELAY N", "SMOOTH N"])
def test_a_delay_too_short_for_its_order_has_a_lower_one(function: str, backend: str, tmp_path: Path) -> None:
    """In a delay of two steps two stages fit; each hands all on in one step, so it is a fixed delay."""
    equations = f"""
        x = 3 + SIN(Time)
        tau = 1
        y = {function}(x, 1, 7, 6)
        z = {function}(x, tau, 7, 6)
        v = {function}(x, tau * 1, 7, 6)
        fixed = DELAY FIXED(x, 1, 7)
        once = {function}(x, 0.1, 7, 3)
        first = {function}(x, 0.1, 7, 1)
    """
    path = vensim(tmp_path, equations, stop=6, step=0.5)
    for name in ("y", "z", "v"):
        np.testing.assert_allclose(
            series(path, name, backend), series(path, "fixed", backend), rtol=1e-12, err_msg=name
        )
    np.testing.assert_allclose(series(path, "once", backend), series(path, "first", backend), rtol=1e-12)


@pytest.mark.parametrize("backend", BOTH)
@pytest.mark.parametrize("function", ["DELAY N", "SMOOTH N"])
def test_every_run_has_the_order_that_its_delay_allows(function: str, backend: str, tmp_path: Path) -> None:
    """The delay time is an input: each row is what a model with that number in it gives."""
    taus = [0.5, 1.0, 1.5, 2.0, 2.5, 4.0]
    model = "x = 3 + SIN(Time)\ntau = 9\ny = {}(x, {}, 2, 5)"
    path = vensim(tmp_path, model.format(function, "tau"), stop=6, step=0.5)
    found = series(path, "y", backend, tau=taus)
    for row, tau in zip(found, taus, strict=True):
        alone = vensim(tmp_path, model.format(function, tau), stop=6, step=0.5)
        np.testing.assert_allclose(row, series(alone, "y", "interpreted")[0], rtol=1e-12, err_msg=f"{tau}")


def test_delays_of_third_order_keep_their_order(tmp_path: Path) -> None:
    """DELAY3 is three stocks in Vensim, however short: with a third of a unit each and steps of a whole one it swings.

    Worked by hand from the manual's equations: each outflow is three times its stock.
    """
    path = vensim(tmp_path, "y = DELAY3I(STEP(1, 0), 1, 0)", stop=5)
    stock, expected = [0.0, 0.0, 0.0], []
    for _ in range(6):
        flows = [1.0, *(3 * level for level in stock)]
        expected.append(flows[3])
        stock = [level + flows[i] - flows[i + 1] for i, level in enumerate(stock)]
    assert min(expected) < 0
    np.testing.assert_allclose(series(path, "y", "interpreted")[0], expected, rtol=1e-12)


def test_an_order_that_varies_is_refused_with_the_remedy(tmp_path: Path) -> None:
    """The number of stocks cannot change."""
    with pytest.raises(ModelError, match="the order of a delay or smooth must be a constant from 1 to 1,000: give it"):
        series(vensim(tmp_path, "y = DELAY N(Time, 2, 0, 1 + STEP(1, 2))"), "y", "interpreted")


@pytest.mark.parametrize("backend", ["auto", "interpreted", "pysd"])
@pytest.mark.parametrize("call", ["DELAY N(Time, 2, 0, 4e7)", "SMOOTH N(Time, 2, 0, most * 2)"])
def test_an_order_beyond_all_is_handed_to_no_engine(tmp_path: Path, backend: str, call: str) -> None:
    """PySD would make so many stocks, and never come back."""
    with pytest.raises(ModelError, match=r"is no order of a delay or smooth; the greatest is 1,000: lower it"):
        series(vensim(tmp_path, f"most = 2e6\ny = {call}"), "y", backend)
