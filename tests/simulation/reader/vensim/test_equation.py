"""Operators, numbers and tables of Vensim equations; the numbers are worked out by hand from the vendor's reference."""

import sys
import threading
from pathlib import Path

import pytest

from rcsd.errors import ModelError, RcsdWarning
from rcsd.simulation.reader import read
from rcsd.simulation.reader.vensim.equation import NOT_AVAILABLE, expression_of
from tests.simulation.reader.vensim.small import values, written


@pytest.mark.parametrize(
    ("equation", "value"),
    [
        ("-3^2", -9), ("(-3)^2", 9), ("0 - 3^2", -9), ("2 * -3^2", -18), ("2^-2", 0.25), ("2^3^2", 512),
        ("(2^3)^2", 64), ("-2^-1 * 4", -2), ("7 - -2", 9), ("- - 5", 5), ("+ 4 - + 1", 3), ("6/3/2", 1),
        ("7 - 2 - 1", 4), ("007 + 1.", 8), ("2e3", 2000), (".5E+1", 5),
    ],
)  # fmt: skip
def test_signs_and_powers(tmp_path: Path, equation: str, value: float) -> None:
    """A power binds tighter than a sign and is read from the right; an exponent may have a sign."""
    assert values(tmp_path, f"y = {equation} ~~|")["y"][0] == value


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("1 = 1 :OR: 1 = 1 :AND: 1 = 2", True),
        ("1 = 2 :AND: 1 = 1 :OR: 1 = 1", True),
        ("1 = 1 :and: 1 = 2 :or: 1 = 2", False),
        (":NOT: (1 = 2) :AND: 2 > 1", True),
        (":Not: :not: (1 = 2)", False),
        ("1 + 1 = 2 :AND: 2*2 <> 5", True),
    ],
)
def test_and_binds_tighter_than_or(tmp_path: Path, condition: str, holds: bool) -> None:
    """Read from the left, the first would be false; small letters mean the same."""
    assert values(tmp_path, f"y = IF THEN ELSE({condition}, 1, 0) ~~|")["y"][0] == holds


def test_not_available_is_a_number(tmp_path: Path) -> None:
    """The vendor's reference gives -2^109 for it, so that a comparison with it holds."""
    y = values(tmp_path, "x = :NA: ~~|\ny = IF THEN ELSE(x = :NA:, 1, 0) ~~|")
    assert y["x"][0] == NOT_AVAILABLE == -(2.0**109)
    assert y["y"][0] == 1


@pytest.mark.parametrize(
    ("table", "at", "value"),
    [
        ("(0,10),(2,20)", 1, 15),
        ("0, 2, 10, 20", 1, 15),
        ("[(0,0)-(9,9)], 0, 2, 10, 20", 1, 15),
        ("[(0,0)-(9,9),(0,1),(2,2)],(0,10),(2,20)", 1, 15),
        ("(-1,-5) , ( 1 , 5e0 )", 0, 0),
        ("(0,0),(1,4),(1,8),(2,9)", 1, 4),
        ("(0,0),(1,4),(1,6),(1,8),(2,9)", 1.5, 8.5),
        ("(0,3)", 7, 3),
    ],
)
def test_tables_in_each_form(tmp_path: Path, table: str, at: float, value: float) -> None:
    """Pairs, or every x before every y; where two points have one x, the table steps after it."""
    y = values(tmp_path, f"T({table}) ~~|\ny = T({at}) ~~|\nz = WITH LOOKUP({at}, ({table})) ~~|")
    assert y["y"][0] == y["z"][0] == pytest.approx(value)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("(0,1),(2,x)", "'.2,x.' stands where a table has numbers"),
        ("0,1,2", "its table has 3 numbers; give as many y as x"),
        ("0,1,two,3", "'two,3' stands where a table has numbers"),
        ("", "its table has 0 numbers"),
    ],
)
def test_a_table_that_cannot_be_read_is_told(tmp_path: Path, table: str, message: str) -> None:
    """With the line and the place."""
    with pytest.raises(ModelError, match=rf":2: variable 'T': its definition .*{message}"):
        read(written(tmp_path, f"T({table}) ~~|\ny = T(0) ~~|"))


def test_a_table_whose_x_decrease_is_said(tmp_path: Path) -> None:
    """Vensim asks for increasing x: no back end of ours makes an order up."""
    with pytest.raises(ModelError, match=r":\d+: variable 'T': has a table whose x go back from 2 to 1"):
        read(written(tmp_path, "T((0,0),(2,6),(1,5)) ~~|\ny = T(Time) ~~|"))


def test_the_time_axis_is_computed_from_constants(tmp_path: Path) -> None:
    """Functions of numbers too; in steps of a quarter from 2 to 6, saved at every second one."""
    times = (
        "\nINITIAL TIME = MIN(a, 2) ~~|\nFINAL TIME = INITIAL TIME + 2*a/2 ~~|\n"
        "TIME STEP = 1/MAX(a, 2) ~~|\nSAVEPER = TIME STEP*2 ~~|\n"
    )
    y = values(tmp_path, "a == 4 ~~|\ny = Time ~~|", times)
    assert y["y"] == [2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6]


def test_a_sample_may_name_its_own_variable(tmp_path: Path) -> None:
    """A running extreme is written so in Vensim: the name is what was sampled last."""
    y = values(
        tmp_path,
        "x = 10 - 4*Time + 3*Time*Time ~~|\nlow = SAMPLE IF TRUE(x < low, x, x) ~~|\n"
        "high = SAMPLE IF TRUE(x > high, x, 0) ~~|",
    )
    assert (y["low"], y["high"]) == ([10, 9, 9], [10, 10, 14])


@pytest.mark.parametrize(
    ("equations", "n"),
    [("a = A FUNCTION OF(b) ~~|\nb = A FUNCTION OF(a, -c) ~~|\nc = 3 ~~|", 3), ("a = A FUNCTION OF() ~~|", 1)],
)
def test_a_diagram_of_causes_is_told_to_be_one(tmp_path: Path, equations: str, n: int) -> None:
    """It has nothing to compute; one message says so."""
    with pytest.raises(ModelError, match=f":2: variable 'a': the model is a diagram of causes .* of {n} variables"):
        read(written(tmp_path, equations))


def test_what_is_no_equation_is_left_out_and_said(tmp_path: Path) -> None:
    """Reality checks, test inputs and strings; a model that has them runs."""
    text = "a = 1 ~~|\ncheck :THE CONDITION: a > 0 :IMPLIES: a < 2 ~~|\nup :TEST INPUT: a = 3 ~~|\nn :IS: 'x' ~~|"
    with pytest.warns(RcsdWarning, match="skipped: lines 3, 4, 5"):
        assert values(tmp_path, text)["a"][0] == 1


def test_signs_of_another_keyboard_are_named(tmp_path: Path) -> None:
    """A full-width bracket is a letter of a name; where that makes no sense, the message names it."""
    name = "\u4eba\u53e3\uff08\u4e07\u4eba\uff09"
    assert values(tmp_path, f"{name} = 3 ~~|\ny = {name} * 2 ~~|")["y"][0] == 6
    for equation, sign in (("\uff081 + 2\uff09* 3", "FF08"), ("1 \uff0b 2", "FF0B"), ("x \u00d7 2", "00D7")):
        with pytest.raises(ModelError, match=rf"small\.mdl:2: variable 'y': .*U\+{sign}"):
            read(written(tmp_path, f"y = {equation} ~~|\nx = 1 ~~|"))


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("IF THEN ELSE(a > 1, 2, " * 100 + "3" + ")" * 100, 100),
        ("(" * 1000 + "a" + ")" * 1000, 1000),
        (" + ".join(["a"] * 1000), 1000),
        ("MAX(a, " * 200 + "b" + ")" * 200, 200),
    ],
    ids=["choices", "brackets", "terms", "calls"],
)
def test_depth_and_length_cost_no_more_than_they_are(text: str, n: int) -> None:
    """A grammar that tries things twice at every level would not end; the stack is made deep enough for it."""
    read_ = []

    def deeply() -> None:
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(200_000)
        try:
            read_.append(expression_of(text))
        finally:
            sys.setrecursionlimit(limit)

    size = threading.stack_size(256 * 1024 * 1024)
    try:
        thread = threading.Thread(target=deeply)
        thread.start()
        thread.join(20)
    finally:
        threading.stack_size(size)
    assert len(read_) == 1


@pytest.mark.parametrize("equation", ["1 < 2 < 3", "IF THEN ELSE(x >= 0 > -1, 1, 0)", "(x = 1 <> 0)"])
def test_a_chain_of_comparisons_is_refused_with_the_remedy(tmp_path: Path, equation: str) -> None:
    """Wherever it stands."""
    message = r"small\.mdl:2: variable 'y': its definition chains comparisons: .* as in 1 < 2 :AND: 2 < 3"
    with pytest.raises(ModelError, match=message):
        read(written(tmp_path, f"y = {equation} ~~|\nx = 1 ~~|"))
