"""A formula is read as the tree that it was written from, and has no bracket too many."""

from __future__ import annotations

from functools import partial
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcsd.simulation.ir.expression import (
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    Expression,
    Logical,
    Lookup,
    Name,
    Negative,
    Not,
    Number,
    Points,
    Reduction,
    Time,
)
from rcsd.simulation.reader.formula import expression_of
from rcsd.simulation.reader.translation import Translator
from rcsd.simulation.reader.xmile.equations.grammar import parse
from rcsd.simulation.reader.xmile.equations.place import Place
from rcsd.simulation.reader.xmile.equations.reading import looked_up
from rcsd.simulation.reader.xmile.symbols import Symbols
from rcsd.simulation.writer.formula import Unsayable, formula, table_text
from rcsd.simulation.writer.names import number, spelt

A, B, C = Name("a b"), Name("b"), Name("c")
_SIGNS = ("+", "-", "*", "/", "^")
_ORDERS = ("=", "<>", "<", "<=", ">", ">=")


def _tree(rng: Random, depth: int) -> Expression:
    """Grow a random expression over one-word names."""
    if depth == 0 or rng.random() < 0.15:
        value = rng.choice([0.0, 2.0, 1e-7, rng.random(), rng.uniform(0, 1e20), -3.0])
        return rng.choice([Name("a"), Name("b"), Number(value)])
    match rng.randrange(8):
        case 0:
            return Negative(Name("a") if isinstance(inner := _tree(rng, depth - 1), Number) else inner)
        case 1:
            return Conditional(_truth(rng, depth - 1), _tree(rng, depth - 1), _tree(rng, depth - 1))
        case 2:
            return Call("max", (_tree(rng, depth - 1), _tree(rng, depth - 1)))
        case _:
            sign, left = rng.choice(_SIGNS), _tree(rng, depth - 1)
            if sign == "^" and left == Number(-3.0):  # the base of a power is read as a number and its sign
                left = Negative(Number(3.0))
            return Arithmetic(sign, left, _tree(rng, depth - 1))


def _truth(rng: Random, depth: int) -> Expression:
    match rng.randrange(4 if depth > 0 else 1):
        case 1:
            return Not(_truth(rng, depth - 1))
        case 2 | 3:
            return Logical(rng.choice(["and", "or"]), _truth(rng, depth - 1), _truth(rng, depth - 1))
        case _:
            return Comparison(rng.choice(_ORDERS), _tree(rng, max(depth - 1, 0)), _tree(rng, max(depth - 1, 0)))


TREES = [_tree(rng, 4) for rng in map(Random, range(400))]


def test_vensim_text_is_read_as_the_tree_it_came_from() -> None:
    """Brackets, operators and numbers of the text give the same nodes in the same places, to the bit."""
    short = [tree for tree in TREES if len(formula(tree)) <= 500]
    assert len(short) > 300
    for tree in short:
        assert expression_of(formula(tree)) == tree


def test_xmile_text_is_read_as_the_tree_it_came_from() -> None:
    """The grammar of XMILE gives PySD's structures of the same tree as that of Vensim."""
    for tree in TREES:
        structure = looked_up(parse(formula(tree, "xmile"), lambda _: False), Place(Symbols([], [], [])))
        names = {name: partial(Name, name) for name in "ab"}
        assert Translator(names, {}, "xmile").expression(structure) == tree


@pytest.mark.parametrize(
    ("tree", "vensim", "xmile"),
    [
        (Arithmetic("-", A, Arithmetic("-", B, C)), "a b - (b - c)", "a_b - (b - c)"),
        (Arithmetic("-", Arithmetic("-", A, B), C), "a b - b - c", "a_b - b - c"),
        (Arithmetic("*", Arithmetic("+", A, B), C), "(a b + b)*c", "(a_b + b)*c"),
        (Arithmetic("*", A, Arithmetic("*", B, C)), "a b*(b*c)", "a_b*(b*c)"),
        (Arithmetic("*", A, Negative(B)), "a b*(-b)", "a_b*(-b)"),
        (Arithmetic("+", A, Number(-2.0)), "a b + (-2)", "a_b + (-2)"),
        (Negative(Arithmetic("^", A, B)), "-(a b^b)", "-(a_b^b)"),
        (Arithmetic("^", Number(-2.0), Arithmetic("^", B, C)), "(-2)^(b^c)", "(-2)^(b^c)"),
        (
            Conditional(
                Logical("or", Logical("and", Comparison(">", A, B), Comparison("<>", A, C)), Not(Name("d"))), A, B
            ),
            "IF THEN ELSE((a b > b :AND: a b <> c) :OR: :NOT: d, a b, b)",
            "IF (a_b > b AND a_b <> c) OR NOT d THEN a_b ELSE b",
        ),
        (Lookup(Name("table"), Time()), "table(Time)", "LOOKUP(table, TIME)"),
        (Reduction("sum", Name("x", ("city", "age!"))), "SUM(x[city,age!])", "SUM(x[city, *])"),
        (Call("smooth", (A, B, A, Number(3.0))), "SMOOTH3(a b, b)", "SMTH3(a_b, b)"),
        (Call("delay n", (A, B, C, Number(2.0))), "DELAY N(a b, b, c, 2)", "DELAYN(a_b, b, 2, c)"),
        (Call("pulse train", (A, B, C, Number(9.0))), "PULSE TRAIN(a b, c, b, 9)", "PULSE_TRAIN(a_b, c, b, 9)"),
        (Arithmetic("/", Name("time step"), Name("final time")), "TIME STEP/FINAL TIME", "DT/STOPTIME"),
    ],
)
def test_formulas_read_as_a_person_writes_them(tree: Expression, vensim: str, xmile: str) -> None:
    """Each tree has the text that a modeller would type, in either language."""
    assert (formula(tree), formula(tree, "xmile")) == (vensim, xmile)


def test_what_a_language_has_no_words_for_is_refused_only_where_that_is_asked() -> None:
    """PULSE of Vensim has no form in XMILE: for people it is shown, for a file it is refused."""
    pulse = Call("pulse", (A, B))
    assert formula(pulse, "xmile") == "PULSE(a_b, b)"
    with pytest.raises(Unsayable, match="calls PULSE, which XMILE has no function for"):
        formula(pulse, "xmile", strict=True)
    with pytest.raises(Unsayable, match="table"):
        formula(Lookup(Points((0.0, 1.0), (1.0, 2.0)), A), "xmile", strict=True)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_keep_every_bit(value: float) -> None:
    """A number is read as itself."""
    text = number(value, "xmile")
    assert float(text) == value


@pytest.mark.parametrize(
    ("name", "vensim", "xmile"),
    [
        ("Birth Rate", "Birth Rate", "Birth_Rate"),
        ("birth_rate", "birth_rate", "birth_rate"),
        ('"CO2 (eq)"', '"CO2 (eq)"', '"CO2 (eq)"'),
        ("Area.Births", '"Area.Births"', '"Area.Births"'),
        ("Farmer's land", "Farmer's land", '"Farmer\'s land"'),
        ("2nd wave", '"2nd wave"', '"2nd wave"'),
        ("面积", "面积", "面积"),
        ("Step", '"Step"', '"Step"'),
        ("if", "if", '"if"'),
        ("TIME STEP", "TIME STEP", "DT"),
    ],
)
def test_names_are_quoted_where_they_must_be(name: str, vensim: str, xmile: str) -> None:
    """What is no plain name, or the name of a function, stands in quotation marks."""
    assert (spelt(name, "vensim"), spelt(name, "xmile")) == (vensim, xmile)


def test_a_table_has_its_corners_first() -> None:
    """Vensim writes the corners of the drawing, then the points."""
    assert table_text(Points((0.0, 2.0), (1.0, 0.5))) == "([(0,0.5)-(2,1)],(0,1),(2,0.5))"
