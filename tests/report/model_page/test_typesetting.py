"""Equations as MathML are read as they are meant."""

from __future__ import annotations

import math
import operator
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcsd.report.model_page.typesetting import Typesetter
from rcsd.simulation.ir.expression import (
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    Expression,
    Lookup,
    Name,
    Negative,
    Not,
    Number,
    Points,
    Reduction,
)

SETTER = Typesetter({"a": ("A", "#v-a"), "birth rate": ("Birth Rate", "#v-birth-rate")})
VALUES = {"A": 1.7, "Birth Rate": 0.6}
SIGNS = {"×": "*", "−": "-", "+": "+", "(": "(", ")": ")"}
OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "^": operator.pow}

leaves = st.one_of(
    st.sampled_from([Name("a"), Name("Birth_Rate")]),
    st.sampled_from([0.5, 2.0, 3.0, -1.5]).map(Number),
)
expressions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Arithmetic, st.sampled_from(["+", "-", "*", "/"]), inner, inner),
        st.builds(Arithmetic, st.just("^"), inner, st.sampled_from([Number(2.0), Number(-1.0)])),
        st.builds(Negative, inner),
    ),
    max_leaves=12,
)


def seen(node: ElementTree.Element) -> str:
    """Write what a reader sees as a formula of Python: rows group nothing, brackets, bars and heights do."""
    parts = [seen(child) for child in node]
    match node.tag:
        case "mfrac":
            return f"(({parts[0]})/({parts[1]}))"
        case "msup":
            return f"{parts[0]}**({parts[1]})"
        case "mtext":
            return f"({VALUES[''.join(node.itertext())]})"
        case "mn":
            return node.text or ""
        case "mo":
            return SIGNS[node.text or ""]
        case _:
            return "".join(parts)


def meant(node: Expression) -> float:
    """Work an expression out."""
    match node:
        case Number(value):
            return value
        case Name(name):
            return VALUES["A" if name == "a" else "Birth Rate"]
        case Negative(operand):
            return -meant(operand)
        case Arithmetic(sign, left, right):
            return float(OPERATIONS[sign](meant(left), meant(right)))
    raise AssertionError(node)


def text_of(expression: Expression) -> str:
    """Return the words of an equation in their order."""
    return "".join(ElementTree.fromstring(SETTER.equation(expression)).itertext())


@given(expressions)
def test_what_is_seen_is_what_is_meant(expression: Expression) -> None:
    """Evaluated as it is seen, an equation gives the value of its tree: no bracket is missing."""
    try:
        value = meant(expression)
    except (ZeroDivisionError, OverflowError):
        return
    formula = seen(ElementTree.fromstring(SETTER.equation(expression)))
    found = eval(formula, {"__builtins__": {}})
    assert found == pytest.approx(value, rel=1e-9, abs=1e-12)


def test_names_lead_to_their_variables_whatever_their_spelling() -> None:
    """A name is shown as its definition spells it, and an unknown one is words alone."""
    text = str(SETTER.equation(Arithmetic("/", Name("birth_rate"), Name("Else"))))
    assert '<a href="#v-birth-rate">Birth Rate</a>' in text
    assert "<a" not in text.partition("Birth Rate</a>")[2]


def test_words_of_a_file_are_words() -> None:
    """Names, subscripts and functions of a file are escaped wherever they stand."""
    evil = "<script>x</script>"
    expression = Call(
        evil, (Name(evil, (evil,)), Lookup(Name(evil), Name("a")), Reduction("sum", Name("b", (f"{evil}!",))))
    )
    text = str(SETTER.equation(expression))
    assert "<script" not in text
    ElementTree.fromstring(text)


def test_choices_are_cases() -> None:
    """A choice within a choice is one more case, and a condition that is denied says so."""
    inner = Conditional(Not(Comparison("<=", Name("a"), Number(1.0))), Number(2.0), Number(3.0))
    cases = text_of(Conditional(Comparison("<>", Name("a"), Number(0.0)), Number(1.0), inner))
    assert cases.replace("\N{NO-BREAK SPACE}", " ") == "{1if A≠02if not (A≤1)3otherwise"


def test_functions_of_one_argument_have_their_signs() -> None:
    """Roots, powers of e and absolute values are drawn; others are named, with what they do on their names."""
    roots = ElementTree.fromstring(SETTER.equation(Call("sqrt", (Call("abs", (Call("exp", (Name("a"),)),)),))))
    assert [each.tag for each in roots.iter() if each.tag in ("msqrt", "msup")] == ["msqrt", "msup"]
    assert text_of(Call("sqrt", (Call("abs", (Call("exp", (Name("a"),)),)),))) == "|eA|"
    smooth = str(SETTER.equation(Call("smooth", (Name("a"), Number(2.0), Name("a"), Number(1.0)))))
    assert ">smooth</abbr>" in smooth
    assert 'title="Exponential smooth' in smooth


def test_numbers_of_any_size() -> None:
    """Powers of ten stand as powers, and what is no number says so."""
    assert text_of(Number(1.5e-9)) == "1.5×10−9"
    assert text_of(Number(123456.0)) == "123456"
    assert text_of(Number(math.nan)) == "nan"
    assert text_of(Lookup(Points((0.0, 1.0), (0.0, 1.0)), Name("a"))) == "table(A)"
