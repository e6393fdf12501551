"""One expression read by itself: its meaning, what is refused, and that nothing in it is ever carried out."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcsd.simulation.engine.interpreter import evaluate
from rcsd.simulation.ir.expression import Name, Time, names_in
from rcsd.simulation.passes.lower import lower
from rcsd.simulation.reader.formula import expression_of
from rcsd.simulation.reader.translation import Untaken

A, B = np.array([2.0, 4.0, 5.0]), np.array([1.0, 0.0, 5.0])


def value(text: str, **values: np.ndarray) -> np.ndarray:
    """Work a formula out over arrays."""
    return evaluate(lower(expression_of(text), 1.0), {"a": A, "b": B, **values})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b * 2", [4, 4, 15]),
        ("(a + b) * 2", [6, 8, 20]),
        ("a - b - 1", [0, 3, -1]),
        ("-a * -b", [2, 0, 25]),
        ("b / a / 2", [0.25, 0, 0.5]),
        ("a ^ 2", [4, 16, 25]),
        ("1.5e1 - .5 * a", [14, 13, 12.5]),
        ("MAX(a, 3) + min(b, 1)", [4, 4, 6]),
        ("ZIDZ(a, b)", [2, 0, 1]),
        ("IF THEN ELSE(a > 3 :AND: b < 1, 7, a)", [2, 7, 5]),
        ("2 * 3 + 0 * a", [6, 6, 6]),
    ],
)
def test_values_by_hand(text: str, expected: list[float]) -> None:
    """Precedence, order, signs, functions, choice."""
    np.testing.assert_allclose(value(text), expected, rtol=1e-15)


def test_axes_before_the_last_are_broadcast() -> None:
    """Draws by years beside years: what each row gives alone."""
    draws = np.array([[1.0, 2.0, 4.0], [3.0, 3.0, 9.0]])
    whole = value("a * 2 + EXP(b) - IF THEN ELSE(a > b, 1, 0)", a=draws)
    for row, alone in zip(whole, draws, strict=True):
        np.testing.assert_array_equal(row, value("a * 2 + EXP(b) - IF THEN ELSE(a > b, 1, 0)", a=alone))


TREES = st.recursive(
    st.sampled_from(["a", "b", "2", "0.5"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map("({0[0]} {0[1]} {0[2]})".format),
        inner.map("-({})".format),
    ),
    max_leaves=12,
)


@given(TREES)
def test_arithmetic_is_that_of_another_evaluator(text: str) -> None:
    """Python's own arithmetic on the same text, which this test has written, gives the same numbers."""
    with np.errstate(all="ignore"):
        other = eval(f"{text} + 0 * a", {}, {"a": A, "b": B})
    np.testing.assert_allclose(value(f"{text} + 0 * a"), other, rtol=1e-12)


def test_names_keep_their_spelling_and_controls_their_meaning() -> None:
    """PySD knows small letters only; what Time is, is for the caller to say."""
    assert [name.name for name in names_in(expression_of("Real_GDP / Time"))] == ["Real_GDP", "Time"]
    assert expression_of("Time", controls={"time": Time()}) == Time()
    assert expression_of("initial value") == Name("initial value")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a +", "cannot be read at '+', column 3"),
        ("(a + b", "cannot be read: it ends too early, column 7"),
        ("", "cannot be read: it ends too early, column 1"),
        ("MXA(a, b)", "calls a function 'mxa', which there is not; did you mean 'MAX'"),
        ("MAX(a)", "calls MAX with 1 argument; it takes 2: MAX(a, b)"),
        ("a; b", "holds ';' in column 2, which has no meaning here"),
        ("t[a!] + 1", "holds '[' in column 2"),
        ('"a" + 1', "holds '\"' in column 1"),
        ("a < b < 2", "chains comparisons: write them with :AND:"),
        ("1, 2, 3", "is a list of numbers"),
        ("MAX(MAX, a)", "uses 'max' as a function and as a name"),
        ("a + A", "spells one name in two ways, 'a' and 'A'"),
        ("1e999 * a", "holds a number that is too large"),
        ("WITH LOOKUP(a, ((0,0),(1,1)))", "holds a table"),
        ("VECTOR RANK(a, 1)", "calls VECTOR RANK"),
        ("(" * 40 + "a" + ")" * 40, "is nested more than 30 deep"),
        ("a+" * 400 + "a", "more than 500"),
    ],
)
def test_what_is_no_formula_is_refused(text: str, message: str) -> None:
    """As the rest of a sentence that begins with "the formula"."""
    with pytest.raises(Untaken) as caught:
        expression_of(text)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "WITH LOOKUP(a, ([{}], (0,0),(1,1)))",
        "WITH LOOKUP(a, ([(0,0)-(1,{})],(0,0),(1,1)))",
        "a + {}",
        "MAX(a, '{}')",
        "t([{}], (0,0))",
    ],
)
def test_nothing_in_a_formula_is_carried_out(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PySD hands the limits of tables to Python: such a text never gets to it."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Untaken):
        expression_of(text.format("__import__('pathlib').Path('here').touch()"))
    assert not list(tmp_path.iterdir())


@given(st.text(alphabet="ab1.+-*/(), MAX<>=:AND", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No other error comes out of it."""
    try:
        expression_of(text)
    except Untaken:
        return
