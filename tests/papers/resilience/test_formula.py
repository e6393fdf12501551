"""Formulas over series."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcsd.errors import IndicatorError
from rcsd.papers.resilience.inputs.formula import parse_formula
from rcsd.papers.resilience.inputs.functions import FUNCTIONS
from rcsd.units import parse_unit

A, B = np.array([2.0, 4.0, 5.0]), np.array([1.0, 0.0, 5.0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b * 2", [4, 4, 15]),
        ("(a + b) * 2", [6, 8, 20]),
        ("a - b - 1", [0, 3, -1]),
        ("-a * -b", [2, 0, 25]),
        ("a / b / 2", [1, np.nan, 0.5]),
        ("1.5e1 - .5 * a", [14, 13, 12.5]),
        ("change(a)", [np.nan, 1, 0.25]),
        ("change(b)", [np.nan, -1, np.nan]),
        ("share(a, b)", [2 / 3, 1, 0.5]),
        ("shannon(a, b)", [-(2 / 3 * math.log(2 / 3) + math.log(1 / 3) / 3), 0, math.log(2)]),
        ("shannon(a, b - 1)", [0, np.nan, -(5 / 9 * math.log(5 / 9) + 4 / 9 * math.log(4 / 9))]),
    ],
)
def test_values_by_hand(text, expected):
    """Precedence, order, signs and functions; what cannot be worked out is missing."""
    np.testing.assert_allclose(parse_formula(text).evaluate({"a": A, "b": B}), expected, atol=1e-15)


def test_draws_are_worked_out_row_by_row():
    """An array of draws by years gives what each row gives alone."""
    formula = parse_formula("change(a * b) + share(a, b)")
    draws = np.array([[1.0, 2.0, 4.0], [3.0, 3.0, 9.0]])
    whole = formula.evaluate({"a": draws, "b": A})
    for row, alone in zip(whole, draws, strict=True):
        np.testing.assert_array_equal(row, formula.evaluate({"a": alone, "b": A}))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a +", "cannot be read at '\\+', column 3"),
        ("(a + b", "cannot be read: it ends too early, column 7"),
        ("a ** b", "cannot be read at '\\*\\* b', column 3"),
        ("a + (b", "cannot be read"),
        ("", "ends too early, column 1"),
        ("shanon(a, b)", "did you mean 'shannon'"),
        ("shannon(a)", "with 1 argument; it takes 2 or more"),
        ("change(a, b)", "with 2 arguments; it takes 1: change\\(series\\)"),
        ("a; b", "holds ';' in column 2, which has no meaning"),
        ("__import__('os').system('true')", 'holds "\'" in column 12, which has no meaning'),
        ("eval(a)", "a function 'eval', which there is not; there are shannon, share, change"),
        ("EXP(a)", "a function 'exp', which there is not; there are shannon, share, change"),
        ("a.__class__", "cannot be read at '.__class__', column 2"),
        ("t(a, [__import__('os')], (0,0))", "holds '\\['"),
        ("WITH LOOKUP(a, ([(0,0)-(1,1)],(0,0)))", "holds '\\['"),
        ("WITH LOOKUP(a, (0,0),(1,1))", "cannot be read"),
        ("WITH LOOKUP(a, ((0,0),(1,1)))", "holds a table"),
        ("a^2", "raises to a power"),
        ("a < b", "compares"),
        ("1, 2", "is a list of numbers"),
        ("A + a", "spells one name in two ways"),
        ("change(change)", "as a function and as a name"),
        ("1e999 * a", "too large"),
        ("(" * 40 + "a" + ")" * 40, "nested more than"),
        ("-" * 400 + "a", "nested more than 30 deep"),
        ("a+" * 400 + "a", "more than 500"),
    ],
)
def test_what_is_no_formula_is_refused_with_its_place(text, message):
    """Nothing is ever handed to Python, and the message says where and what."""
    with pytest.raises(IndicatorError, match=message):
        parse_formula(text)


def test_a_formula_keeps_the_spelling_of_its_series():
    """PySD knows small letters only; a name of two words is told as one."""
    assert parse_formula("Real_GDP / population").series == ("Real_GDP", "population")
    assert parse_formula("a b / 2").series == ("a b",)


@given(st.text(alphabet="ab1.+-*/(), shareno", max_size=40))
def test_any_text_is_read_or_refused(text):
    """No other error, and what was read can be worked out."""
    try:
        formula = parse_formula(text)
    except IndicatorError:
        return
    series = dict.fromkeys(formula.series, A)
    found = formula.evaluate(series)
    assert np.isfinite(found[~np.isnan(found)]).all()


TREES = st.recursive(
    st.sampled_from(["a", "b", "2", "0.5"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map("({0[0]} {0[1]} {0[2]})".format), inner.map("-({})".format)
    ),
    max_leaves=12,
)


@given(TREES)
def test_arithmetic_is_that_of_another_evaluator(text):
    """Python's own arithmetic on the same text, which this test has written, gives the same numbers."""
    with np.errstate(all="ignore"):
        other = np.asarray(eval(text, {}, {"a": A, "b": B}) if "a" in text or "b" in text else A * 0)
    if "a" not in text and "b" not in text:
        return
    found = parse_formula(text).evaluate({"a": A, "b": B})
    np.testing.assert_allclose(found, np.where(np.isfinite(other), other, np.nan), rtol=1e-12)


def test_units_follow_the_formula():
    """Products multiply, functions of like things have none, unlike things are not added."""
    units = {"gdp": parse_unit("yuan/Year"), "people": parse_unit("person"), "more": parse_unit("yuan/Year")}
    assert parse_formula("(gdp + more) / people").unit(units) == parse_unit("yuan/(Year*person)")
    assert parse_formula("shannon(gdp, more)").unit(units) == parse_unit("Dmnl")
    assert parse_formula("change(people)").unit(units) == parse_unit("Dmnl")
    for text in ("gdp + people", "share(gdp, people)", "gdp - 1"):
        with pytest.raises(IndicatorError, match="different units"):
            parse_formula(text).unit(units)


def test_every_function_has_a_meaning():
    """The words that messages show."""
    assert FUNCTIONS.names == ("shannon", "share", "change")
    assert all(function.meaning for function in FUNCTIONS)
