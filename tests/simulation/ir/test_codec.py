"""Models as JSON: what comes back is what went in, bit for bit, however deep."""

import math
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcsd.simulation.ir import Definition, Ranges
from rcsd.simulation.ir.codec import decoded, encoded
from rcsd.simulation.ir.expression import Arithmetic, Call, Expression, Lookup, Name, Negative, Number, Points
from rcsd.simulation.reader import read
from tests.places import ROOT, TEST_MODELS


def bits(number: float) -> bytes:
    """Write a number as memory has it."""
    return struct.pack("<d", number)


@given(st.floats(allow_nan=False))
def test_a_number_keeps_every_bit(value: float) -> None:
    """The smallest, the largest, minus zero, the infinities."""
    assert bits(decoded(encoded(Number(value))).value) == bits(value)


def test_what_is_no_number_stays_so() -> None:
    """NaN is Vensim's :NA: in an expression, and a hole in an array."""
    assert math.isnan(decoded(encoded(Number(math.nan))).value)
    hole = decoded(encoded(Definition("a", ("x",), (), np.array([[1.5, np.nan, -np.inf]]), 3)))
    np.testing.assert_array_equal(hole.content, [[1.5, np.nan, -np.inf]])
    assert hole.content.dtype == np.float64 and hole.content.shape == (1, 3)


def test_an_expression_of_fifty_thousand_levels_passes() -> None:
    """Python's own limit for calls within calls is a thousand."""
    deep: Expression = Name("x", ("a", "b!"))
    for level in range(50_000):
        deep = Arithmetic("+", deep, Number(float(level)))
    back = decoded(encoded(deep))
    for level in reversed(range(50_000)):
        assert back.operator == "+" and back.right.value == level
        back = back.left
    assert back == Name("x", ("a", "b!"))


def test_a_part_that_is_shared_stays_shared() -> None:
    """Thirty doublings are thirty rows, not a billion."""
    shared: Expression = Name("x")
    for _ in range(30):
        shared = Call("max", (shared, shared))
    text = encoded(shared)
    assert len(text) < 2000
    back = decoded(text)
    assert back.arguments[0] is back.arguments[1]


def test_every_kind_of_value_comes_back_as_it_was() -> None:
    """Tuples, words of any script, nothing, tables inside expressions, mappings."""
    definition = Definition(
        '"人口" \\ \u2028', ("r",), (("a", "b"), ()), Lookup(Points((0.0, 1.0), (2.0, -0.0)), Negative(Name("t"))), None
    )
    assert decoded(encoded(definition)).content == definition.content
    assert (decoded(encoded(definition)).name, decoded(encoded(definition)).exceptions) == (
        definition.name, definition.exceptions,
    )  # fmt: skip
    ranges = Ranges({"City": ("A", "B"), "Town": ("A",)}, {})
    assert decoded(encoded(ranges)) == ranges
    assert decoded(encoded(ranges)).members("city") == ("A", "B")


@pytest.mark.parametrize(
    "path", [ROOT / "models/resource_city/resource_city.mdl", TEST_MODELS / "regions.mdl"], ids=str
)
def test_a_model_that_was_written_twice_is_written_alike(path: Path) -> None:
    """Nothing is lost on the way: the second text is the first."""
    model = read(path)
    back = decoded(encoded(model))
    assert encoded(back) == encoded(model)
    assert (back.path, back.time, back.names, back.units) == (model.path, model.time, model.names, model.units)
    assert type(back.path) is type(model.path)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "[[]]", "{}", '[["os.system", "true"]]', '[["Number"]]', '[["Name", "x", [7]]]', '[["Number", [0.5]]]',
     '[["Name", ["run", "x"], ["tuple"]]]', "[" * 100_000],
    ids=lambda text: text[:40],
)  # fmt: skip
def test_any_other_text_is_no_model(text: str) -> None:
    """Nothing is built but the classes of a model."""
    with pytest.raises(ValueError):
        decoded(text)


def test_what_is_no_part_of_a_model_is_not_written() -> None:
    """Neither a function nor an object of another package."""
    with pytest.raises(TypeError, match="no part of a model"):
        encoded(object())
