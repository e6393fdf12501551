"""Calls counted in the text of equations, and what is said of a wrong number of arguments."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rcsd
from rcsd.errors import ModelError
from rcsd.simulation.reader import read
from rcsd.simulation.reader.calls import calls_in
from tests.simulation.engine.constructs import write_vensim, write_xmile

CALLS = st.recursive(
    st.tuples(st.sampled_from(["x", "2", "Bob's income", '"a, (b"', "c[d, e!]", "t [u]"]), st.just(())),
    lambda inner: st.tuples(
        st.sampled_from(["MAX", "IF THEN ELSE", "", "my table"]), st.lists(inner, min_size=1, max_size=4).map(tuple)
    ),
    max_leaves=12,
)


def written(tree: tuple[str, tuple[object, ...]]) -> str:
    """Write a tree of calls in Vensim's words; a name of nothing is a plain bracket, which holds one value."""
    name, arguments = tree
    if not arguments:
        return name
    parts = [written(part) for part in arguments]
    return f"{name} ({', '.join(parts)})" if name else f"(1 + {parts[0]})"


def counted(tree: tuple[str, tuple[object, ...]]) -> list[tuple[str, int]]:
    """List what the tree calls."""
    name, arguments = tree
    inside = [call for part in (arguments if name else arguments[:1]) for call in counted(part)]
    return inside + ([(name, len(arguments))] if name and arguments else [])


@given(CALLS)
def test_the_calls_of_a_tree_are_counted(tree: tuple[str, tuple[object, ...]]) -> None:
    """Commas within brackets, subscripts and quotation marks separate nothing of the call around them."""
    assert sorted(calls_in(f"3 * {written(tree)} - 1", "vensim")) == sorted(counted(tree))


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("RANDOM 0 1()", [("RANDOM 0 1", 0)]),
        ("MAX(a, b,)", [("MAX", 2)]),
        ("IF THEN ELSE(a > 0 :AND: (b < 1), MIN(a, b), 0)", [("MIN", 2), ("IF THEN ELSE", 3)]),
        ("GET XLS DATA('a, (b.xls', 'tab', 'A', 'B2')", [("GET XLS DATA", 4)]),
        ("WITH LOOKUP(Time, ([(0,0)-(9,9)],(0,0),(3,7)))", [("WITH LOOKUP", 2)]),
        ("( [(0,0)-(20,10)],(0,0),(5,1) )", []),
        ("MAX(a {b, c}, d)", [("MAX", 2)]),
        ("a) + MAX((b, c", []),
    ],
)
def test_the_calls_of_vensims_text(text: str, calls: list[tuple[str, int]]) -> None:
    """Strings, tables, comments, trailing commas, and text that no parser takes."""
    assert list(calls_in(text, "vensim")) == calls


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("IF x > 10 AND (y = 3) THEN MAX(a, b) ELSE -1", [("AND", 1), ("MAX", 2)]),
        ("a mod (b) + NOT (c)", [("mod", 1), ("NOT", 1)]),
    ],
)
def test_a_word_of_xmile_ends_at_a_blank(text: str, calls: list[tuple[str, int]]) -> None:
    """THEN is no part of a function's name."""
    assert list(calls_in(text, "xmile")) == calls


@pytest.mark.parametrize(
    ("equation", "message"),
    [
        ("y = ABS(x, a)", "calls ABS with 2 arguments; it takes 1: ABS(x)"),
        ("y = Max(x)", "calls Max with 1 argument; it takes 2: MAX(a, b)"),
        ("y = if then else(x > 2, 1)", "calls if then else with 2 arguments; it takes 3"),
        ("y = DELAY1(x)", "calls DELAY1 with 1 argument; it takes 2: DELAY1(input, delay time)"),
        ("y = SMOOTH3I(x, 2)", "calls SMOOTH3I with 2 arguments; it takes 3"),
        ("y = INTEG(x, a, 1)", "calls INTEG with 3 arguments; it takes 2: INTEG(rate, initial value)"),
        ("y = PULSE TRAIN(1, 2, 3)", "calls PULSE TRAIN with 3 arguments; it takes 4"),
        ("y = RANDOM UNIFORM(0)", "calls RANDOM UNIFORM with 1 argument; it takes 2 to 3"),
        ("y = RANDOM 0 1(5)", "calls RANDOM 0 1 with 1 argument; it takes 0"),
        ("y = VECTOR RANK(x)", "calls VECTOR RANK with 1 argument; it takes 2"),
        ("y = 1 + MAX(ZIDZ(x, a, 3), 2)", "calls ZIDZ with 3 arguments; it takes 2: ZIDZ(numerator, denominator)"),
    ],
)
def test_a_wrong_number_in_a_vensim_file(equation: str, message: str, tmp_path: Path) -> None:
    """File, line, variable, the function as written, how many it takes; before any back end is chosen."""
    path = write_vensim(tmp_path / "model.mdl", equation)
    with pytest.raises(ModelError) as caught:
        read(path)
    assert f"{path}:8: variable 'y': {message}" in str(caught.value)
    assert (caught.value.line, caught.value.variable) == (8, "y")


@pytest.mark.parametrize(
    ("equation", "message"),
    [
        ("SAFEDIV(x)", "calls SAFEDIV with 1 argument; it takes 3 or 2"),
        (
            "PULSE(1, 2, 3, 4)",
            "calls PULSE with 4 arguments; it takes 2 or 1 or 3: PULSE(amount, start) or PULSE(amount) or",
        ),
        ("DELAY1(x)", "calls DELAY1 with 1 argument; it takes 2 to 3"),
        ("SMTHN(x, 2)", "calls SMTHN with 2 arguments; it takes 3 to 4"),
        ("XIDZ(x, a)", "calls XIDZ with 2 arguments; it takes 3"),
        ("IF x > 2 THEN SQRT(x, 2) ELSE 1", "calls SQRT with 2 arguments; it takes 1: SQRT(x)"),
    ],
)
def test_a_wrong_number_in_an_xmile_file(equation: str, message: str, tmp_path: Path) -> None:
    """With the signatures of XMILE, and those of Vensim for names that XMILE has not."""
    text = equation.replace(">", "&gt;")
    path = write_xmile(tmp_path / "model.xmile", f'<aux name="y"><eqn>{text}</eqn></aux>')
    with pytest.raises(ModelError) as caught:
        read(path)
    assert f"{path}:9: variable 'y': {message}" in str(caught.value)


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    """One for each cause, whether PySD's parser fails over it or not."""
    path = write_vensim(tmp_path / "model.mdl", "y = ABS(x, a)\n~~|\nz = DELAY1(x)\n~~|\nu = 2 $$ 3")
    with pytest.raises(ModelError, match="3 faults in the model") as caught:
        read(path)
    for line, what in ((8, "calls ABS with 2"), (10, "calls DELAY1 with 1"), (12, "cannot be read at '$$ 3'")):
        assert sum(f":{line}: " in row and what in row for row in str(caught.value).splitlines()) == 1
    path = write_vensim(tmp_path / "model.mdl", "y = ABS(x, a)\n~~|\nz = xx + 1")
    with pytest.raises(ModelError, match="2 faults in the model") as caught:
        read(path)
    assert "refers to 'xx'" in str(caught.value)


def test_a_wrong_number_inside_a_macro(tmp_path: Path) -> None:
    """With its line, though a macro's variables are no variables of the model."""
    path = write_vensim(tmp_path / "model.mdl", "y = TWICE(x)")
    macro = ":MACRO: TWICE(input)\nTWICE = 2 * ABS(input, 3)\n~~|\n:END OF MACRO:\n"
    path.write_text("{UTF-8}\n" + macro + path.read_text("utf-8").removeprefix("{UTF-8}\n"), "utf-8")
    with pytest.raises(ModelError, match=r":3: variable 'TWICE': calls ABS with 2 arguments"):
        read(path)


def test_what_a_file_defines_itself_is_called_as_it_likes(tmp_path: Path) -> None:
    """A table named as a function, and a macro with another number of arguments."""
    path = write_vensim(tmp_path / "model.mdl", "y = SQRT(x, 2)")
    macro = ":MACRO: SQRT(input, n)\nSQRT = input ^ (1 / n)\n~~|\n:END OF MACRO:\n"
    path.write_text("{UTF-8}\n" + macro + path.read_text("utf-8").removeprefix("{UTF-8}\n"), "utf-8")
    run = rcsd.load(path).simulator("interpreted").run(outputs=["x", "y"])
    assert run.of("y")[0] == pytest.approx(run.of("x")[0] ** 0.5)


def test_a_wrong_number_of_arguments_of_a_macro_is_told(tmp_path: Path) -> None:
    """A macro is the file's own: what it takes is told with the line of the call."""
    path = write_vensim(tmp_path / "model.mdl", "y = TWICE(x, a)")
    macro = ":MACRO: TWICE(input)\nTWICE = 2 * input\n~~|\n:END OF MACRO:\n"
    path.write_text("{UTF-8}\n" + macro + path.read_text("utf-8").removeprefix("{UTF-8}\n"), "utf-8")
    with pytest.raises(ModelError, match="'y': calls the macro 'twice' with 2 arguments; it takes 1"):
        read(path)


@pytest.mark.parametrize(
    ("equation", "message"),
    [
        ("curve(1, 2)", "calls the table curve with 2 arguments; it takes 1: curve\\(x\\)"),
        ("curve()", "calls the table curve with 0 arguments"),
        ("TIME STEP(2)", "calls TIME STEP as a table, which it is not"),
        ("level(2)", "'level' is called as a table but is none"),
        ("SUM(part[half!])", r"'part\[late\]' is used but no equation covers it"),
    ],
)
def test_what_is_called_or_used_wrongly_is_the_fault_of_the_model(tmp_path: Path, equation: str, message: str) -> None:
    """PySD would give a number for each of them: auto does not hand the model over."""
    path = tmp_path / "m.mdl"
    path.write_text(
        "{UTF-8}\nhalf: early, late ~~|\npart[early] = 1 ~~|\ncurve((0,0),(1,1)) ~~|\nlevel = 3 ~~|\n"
        f"y = {equation} ~~|\n"
        "INITIAL TIME = 0 ~~|\nFINAL TIME = 1 ~~|\nTIME STEP = 1 ~~|\nSAVEPER = 1 ~~|\n"
    )
    with pytest.raises(ModelError, match=message):
        rcsd.load(path).run()
