"""Macros of Vensim: several outputs, variables of the model, memory, subscripts, and what is wrong with them."""

from pathlib import Path

import pytest

from rcsd.errors import ModelError
from rcsd.simulation.reader import read
from tests.simulation.reader.vensim.small import TIMES, row, values, written

SPLIT = (
    ":MACRO: SPLIT(whole, share : rest, both)\nSPLIT = whole * share ~~|\n"
    "rest = whole - SPLIT ~~|\nboth = rest + SPLIT ~~|\n:END OF MACRO:\n"
)


def test_every_output_of_a_macro_is_a_variable(tmp_path: Path) -> None:
    """The call names them after a colon; an argument may hold a logical operator between colons."""
    y = values(tmp_path, f"{SPLIT}a = 1 + SPLIT(IF THEN ELSE(1=1 :AND: 2=2, 10, 20), 0.3 : b, c) ~~|\nd = b * c ~~|")
    assert (y["a"][0], y["b"][0], y["c"][0], y["d"][0]) == (4, 7, 10, 70)


def test_a_call_may_leave_outputs_out_and_have_subscripts(tmp_path: Path) -> None:
    """The output has the subscripts that the call gives it."""
    y = values(tmp_path, f"{SPLIT}R: n, s ~~|\nw[R] = 10, 20 ~~|\na[R] = SPLIT(w[R], 0.5 : b[R]) ~~|")
    assert row(y, "a") == row(y, "b") == [5, 10]


def test_a_macro_uses_variables_of_the_model_by_a_dollar_sign(tmp_path: Path) -> None:
    """TIME STEP$ and Time$, and any other without subscripts; its own names hide those of the model."""
    macro = ":MACRO: M(x)\nM = x * TIME STEP$ + Time$ + rate$ + rate ~~|\nrate = 100 ~~|\n:END OF MACRO:\n"
    half = TIMES.replace("TIME STEP = 1", "TIME STEP = 0.5").replace("SAVEPER = TIME STEP", "SAVEPER = 1")
    assert values(tmp_path, f"{macro}rate = 7 ~~|\ny = M(3) ~~|", half)["y"] == [108.5, 109.5, 110.5]


def test_delays_pulses_and_other_macros_work_inside(tmp_path: Path) -> None:
    """A smoothed or delayed constant stays what it is; the pulse is on at 1; macros come before or after groups."""
    text = (
        "****\n .First\n****~\n text |\n"
        ":MACRO: INNER(x)\nINNER = SMOOTH(x, 2) + DELAY3(x, 2) + PULSE(1, 1) ~~|\n:END OF MACRO:\n"
        "y[R] = OUTER(v[R] + 0) ~~|\nR: n, s ~~|\nv[R] = 1, 2 ~~|\n{**Second**}\n"
        ":MACRO: OUTER(x)\nOUTER = INNER(x) * 10 + two ~~|\ntwo = 2 ~~|\n:END OF MACRO:\n"
    )
    y = values(tmp_path, text)
    assert y["y[n]"] == pytest.approx([22, 32, 22])
    assert y["y[s]"] == pytest.approx([42, 52, 42])


def test_an_argument_is_computed_once(tmp_path: Path) -> None:
    """A random argument is one number in the whole macro."""
    macro = ":MACRO: DIFF(x)\nDIFF = x - x ~~|\n:END OF MACRO:\n"
    assert values(tmp_path, f"{macro}y = DIFF(RANDOM UNIFORM(0, 1, 5)) ~~|")["y"] == [0, 0, 0]


TWO_RINGS = ":MACRO: F(x)\nF = G(x) ~~|\n:END OF MACRO:\n:MACRO: G(x)\nG = F(x) ~~|\n:END OF MACRO:\ny = F(2) ~~|"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (":MACRO: F(x)\nF = F(x - 1) ~~|\n:END OF MACRO:\ny = F(2) ~~|", ":2: variable 'f': the macro calls itself"),
        (TWO_RINGS, "calls itself"),
        (
            ":MACRO: F(x)\nF = x + z ~~|\n:END OF MACRO:\nz = 1 ~~|\ny = F(2) ~~|",
            r":3: variable 'F': refers to 'z'.*z\$",
        ),
        (":MACRO: F(x)\nF = x ~~|\n:END OF MACRO:\ny = F(1, 2) ~~|", ":5: variable 'y': calls the macro 'f' with 2"),
        (":MACRO: F(x)\nF = x ~~|\ny = F(1) ~~|", ":2: the macro 'F' is not closed"),
    ],
)
def test_what_is_wrong_with_a_macro_is_told(tmp_path: Path, text: str, message: str) -> None:
    """With the line within it."""
    with pytest.raises(ModelError, match=message):
        read(written(tmp_path, text))


@pytest.mark.slow
def test_pysd_runs_what_it_can_of_them(tmp_path: Path) -> None:
    """Several outputs are macros of their own, so that PySD knows them too."""
    text = f"{SPLIT}a = SPLIT(20, 0.3 : b, c) ~~|\nd = b * c ~~|"
    assert values(tmp_path, text, backend="pysd") == values(tmp_path, text)
