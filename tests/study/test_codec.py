"""What is kept in a file comes back as it was."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from rcsd.analysis.calibration import Start
from rcsd.study.graph.codec import decode, encode


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
    back = decode(Sample, json.loads(json.dumps(encode(sample), allow_nan=False)))
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
    assert decode(Start, json.loads(json.dumps(encode(start), allow_nan=False))) == start


def test_readers_of_result_files_see_null_for_infinity():
    """Without the need to decode, NaN and infinities are null, and a text "inf" stays a text."""
    assert encode({"a": float("inf"), "b": float("nan"), "c": "inf"}, lossless=False) == {
        "a": None,
        "b": None,
        "c": "inf",
    }
