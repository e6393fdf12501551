"""What remembers, against sums and recurrences worked by hand."""

from pathlib import Path

import numpy as np
import pytest

import rcsd
from rcsd.errors import ModelError
from tests.simulation.functions.models import BOTH, aux, series, vensim, xmile

CLOCK = np.arange(0.0, 6.5, 0.5)


@pytest.mark.parametrize("backend", BOTH)
def test_past_values(backend: str, tmp_path: Path) -> None:
    """Of a line: one step ago, one and a half units ago, at 2, and its second derivative."""
    path = xmile(
        tmp_path,
        aux(
            x="4 * TIME + 1",
            before="PREVIOUS(x, -7)",
            ago="HISTORY(x, TIME - 1.5)",
            at="HISTORY(x, 2)",
            near="HISTORY(x, 1.75)",
            slope="DERIVN(x, 1)",
            square="DERIVN(TIME * TIME, 2)",
        ),
        stop=6,
        step=0.5,
    )
    line = 4 * CLOCK + 1
    assert series(path, "before", backend)[0].tolist() == [-7, *line[:-1]]
    assert series(path, "ago", backend)[0].tolist() == [0, 0, 0, *line[:-3]]
    assert series(path, "at", backend)[0].tolist() == [0] * 4 + [9] * 9
    assert series(path, "near", backend)[0].tolist() == [0] * 3 + [7] * 10  # halfway between 1.5 and 2
    assert series(path, "slope", backend)[0].tolist() == [0] + [4] * 12
    # differences of the slopes 0, 0.5, 1.5, 2.5 ... of t^2: the first is over the start
    np.testing.assert_allclose(series(path, "square", backend)[0], [0, 1] + [2] * 11, atol=1e-12)


@pytest.mark.parametrize("backend", BOTH)
def test_a_counter_begins_anew(backend: str, tmp_path: Path) -> None:
    """Hours of a day of three, from 2 on."""
    path = xmile(tmp_path, aux(y="COUNTER(2, 5)"), stop=6, step=0.5)
    assert series(path, "y", backend)[0].tolist() == [2, 2.5, 3, 3.5, 4, 4.5, 2, 2.5, 3, 3.5, 4, 4.5, 2]


@pytest.mark.parametrize("backend", BOTH)
def test_values_of_a_stream(backend: str, tmp_path: Path) -> None:
    """A constant stream: a geometric series of the factor 1 / (1 + rate * step) of each step."""
    equations = """
        y = NPV(3, 0.1, 0, 1)
        twice = NPV(3, 0.1, 5, 2)
        late = NPVE(3, 0.1, 0, 1)
    """
    path = vensim(tmp_path, equations, stop=6, step=0.5)
    factors = (1 / 1.05) ** np.arange(13)
    np.testing.assert_allclose(series(path, "y", backend)[0], 1.5 * np.cumsum(factors), rtol=1e-12)
    np.testing.assert_allclose(series(path, "twice", backend)[0], 10 + 3 * np.cumsum(factors), rtol=1e-12)
    np.testing.assert_allclose(series(path, "late", backend)[0], 1.5 * np.cumsum(factors) / 1.05, rtol=1e-12)


@pytest.mark.parametrize("backend", BOTH)
def test_investments_are_written_off_evenly(backend: str, tmp_path: Path) -> None:
    """60 at time 2 and 90 at 4, over three years each, this year included; an initial stream of 30 goes on for two."""
    equations = """
        new = IF THEN ELSE(Time = 2, 60, 0) + IF THEN ELSE(Time = 4, 90, 0)
        y = DEPRECIATE STRAIGHTLINE(new, 3, 1, 0)
        z = DEPRECIATE STRAIGHTLINE(0, 3, 1, 30)
        level = DEPRECIATE STRAIGHTLINE(30, 3, 1, 30)
    """
    path = vensim(tmp_path, equations, stop=8)
    assert series(path, "y", backend)[0].tolist() == [0, 0, 20, 20, 50, 30, 30, 0, 0]
    assert series(path, "z", backend)[0].tolist() == [20, 10, 0, 0, 0, 0, 0, 0, 0]
    assert series(path, "level", backend)[0].tolist() == [30] * 9


@pytest.mark.parametrize("backend", BOTH)
def test_growth_is_the_same_whatever_the_step(backend: str, tmp_path: Path) -> None:
    """Ten per cent a unit of time compound to 1.1 ^ 6."""
    stock = '<stock name="s"><eqn>1</eqn><inflow>f</inflow></stock><flow name="f"><eqn>s * CGROWTH(10)</eqn></flow>'
    path = xmile(tmp_path, stock, stop=6, step=0.25)
    assert series(path, "s", backend)[0, -1] == pytest.approx(1.1**6, rel=1e-12)


def test_constant_delays_of_material_and_information_are_fixed_delays(tmp_path: Path) -> None:
    """One whose time varies is refused, with what to write."""
    equations = "a = 2\ny = DELAY INFORMATION(Time, a, -1)\nz = DELAY MATERIAL(Time, 2, -1, 9)"
    path = vensim(tmp_path, equations, stop=5)
    for name in ("y", "z"):
        assert series(path, name, "interpreted")[0].tolist() == [-1, -1, 0, 1, 2, 3]
    moving = vensim(tmp_path, "y = DELAY MATERIAL(Time, 2 + STEP(1, 3), -1, 9)")
    with pytest.raises(
        ModelError, match="mdl:2: variable 'y': DELAY MATERIAL is computed for a constant delay time only"
    ):
        rcsd.load(moving).simulator("interpreted")


@pytest.mark.parametrize(
    ("equation", "message"),
    [
        (
            "y = DELAY CONVEYOR(Time, 2, 0, t, 1, 2)",
            "calls DELAY CONVEYOR, which no engine computes: write it with",
        ),
        ("y = SIMULTANEOUS(Time, 1)", "calls SIMULTANEOUS, which no engine computes: solve for the unknown by hand"),
        ("y = RANDOM LOOKUP(t, 0, 1, 0, 1, 5)", "calls RANDOM LOOKUP, which no engine computes: write it as the table"),
    ],
)
@pytest.mark.parametrize("backend", ["auto", "interpreted", "pysd"])
def test_what_no_engine_computes_is_refused(equation: str, message: str, backend: str, tmp_path: Path) -> None:
    """With file, line, variable, function and remedy, on every back end."""
    path = vensim(tmp_path, f"t((0,0),(1,1))\n{equation}")
    with pytest.raises(ModelError) as caught:
        rcsd.load(path).simulator(backend)
    assert f"{path}:4: variable 'y': {message}" in str(caught.value)
