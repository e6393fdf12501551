"""What is kept in a file comes back as it was."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from rcsd.analysis.calibration import Start
from rcsd.study.graph.codec import decode, encode, require_keepable


@dataclass(frozen=True)
class Sample:
    """One field per kind of annotation that results use."""

    name: str
    number: float
    count: int
    floats: NDArray[np.float64]
    mask: NDArray[np.bool_]
    maybe: NDArray[np.float64] | None
    cube: NDArray[np.float64]
    pair: tuple[int, int]
    words: tuple[tuple[str, ...], ...]
    by_name: Mapping[str, float]


@given(
    st.lists(st.floats()),
    st.lists(st.booleans()),
    st.one_of(st.none(), st.lists(st.floats(allow_nan=False))),
    st.dictionaries(st.text(), st.floats(allow_nan=False)),
)
def test_round_trip_through_strict_json_loses_nothing(floats, mask, maybe, by_name):
    """Every double, NaN and infinities included, comes back bit for bit through strict JSON."""
    sample = Sample(
        name="x",
        number=0.1 + 0.2,
        count=3,
        floats=np.array(floats, dtype=np.float64),
        mask=np.array(mask, dtype=np.bool_),
        cube=np.array([[floats], [floats]], dtype=np.float64),
        maybe=None if maybe is None else np.array(maybe, dtype=np.float64),
        pair=(1, 2),
        words=(("a",), ()),
        by_name=by_name,
    )
    back = decode(Sample, json.loads(json.dumps(encode(Sample, sample), allow_nan=False)))
    assert np.array_equal(back.floats, sample.floats, equal_nan=True)
    assert back.mask.tolist() == mask
    assert back.cube.shape == (2, 1, len(floats))
    assert np.array_equal(back.cube, sample.cube, equal_nan=True)
    assert back.mask.dtype == np.bool_
    assert (back.maybe is None) == (maybe is None)
    assert back.maybe is None or back.maybe.tolist() == maybe
    assert (back.number, back.pair, back.words, back.by_name) == (sample.number, (1, 2), (("a",), ()), by_name)


def test_start_comes_back_equal():
    """A kept start is the start."""
    start = Start(2, {"a": 1 / 3}, {"a": 2 / 3}, float("inf"), 12, 1, True, "done")
    assert decode(Start, json.loads(json.dumps(encode(Start, start), allow_nan=False))) == start


@dataclass(frozen=True)
class Years:
    """Keys that are numbers."""

    by_year: Mapping[int, float]


def test_numbers_as_keys_come_back_as_numbers():
    """JSON knows only texts as keys; a mapping from years is one from years again."""
    back = decode(Years, json.loads(json.dumps(encode(Years, Years({2000: 1.5})))))
    assert back == Years({2000: 1.5})
    assert [type(key) for key in back.by_year] == [int]


@dataclass(frozen=True)
class Either:
    """A union that JSON cannot tell apart."""

    value: int | float


@dataclass(frozen=True)
class Anything:
    """An annotation that says nothing."""

    value: object


@dataclass(frozen=True)
class Listed:
    """A list, which would come back as a tuple, or the reverse."""

    values: list[float]


@pytest.mark.parametrize(("kind", "field"), [(Either, "value"), (Anything, "value"), (Listed, "values")])
def test_what_would_come_back_as_something_else_is_refused(kind, field):
    """The annotation is named before anything is computed."""
    with pytest.raises(TypeError, match=rf"{kind.__name__}\.{field}: .* cannot be kept"):
        require_keepable(kind)


@pytest.mark.parametrize("value", [{2000: "1.5"}, {"2000": 1.5}, {2000: True}])
def test_a_value_of_another_type_is_refused(value):
    """A text for a number, a text for a year, a truth value for a number."""
    with pytest.raises(TypeError, match="by_year"):
        encode(Years, Years(value))


@dataclass(frozen=True)
class Perhaps:
    """A number that may be missing, or not a number."""

    value: float | None


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), 1.5])
def test_a_missing_number_is_told_from_none(value):
    """NaN says that a number is not defined, None that there is none to be had."""
    back = decode(Perhaps, json.loads(json.dumps(encode(Perhaps, Perhaps(value)), allow_nan=False))).value
    assert (back is None) == (value is None)
    assert value is None or np.array_equal(back, value, equal_nan=True)


@dataclass(frozen=True)
class Whole:
    """Has the same field as another."""

    value: float


@dataclass(frozen=True)
class Either:
    """One of two dataclasses, or none."""

    one: Whole | Perhaps | None


@pytest.mark.parametrize("one", [None, Whole(1.5), Perhaps(1.5), Perhaps(None)])
def test_one_of_several_dataclasses_comes_back_as_itself(one):
    """Two that look alike are told apart by name, and another is refused."""
    back = decode(Either, json.loads(json.dumps(encode(Either, Either(one)), allow_nan=False)))
    assert back == Either(one)
    with pytest.raises(TypeError, match="should be Whole or Perhaps"):
        encode(Either, Either(Either(None)))
