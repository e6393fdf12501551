"""From definitions to a system: what is settled once, what runs in every step, and which faults are named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rcsd.errors import ModelError
from rcsd.simulation.ir.expression import Arithmetic, Call, Joined, Name, Number, Points
from rcsd.simulation.ir.joining import written_out
from rcsd.simulation.ir.system import System
from rcsd.simulation.passes import flatten
from rcsd.simulation.passes.fold import fold
from rcsd.simulation.reader import read

Flatten = Callable[..., System]
CONTROLS = "INITIAL TIME = 0 ~~|\nFINAL TIME = 10 ~~|\nTIME STEP = 0.5 ~~|\nSAVEPER = 1 ~~|\n"


@pytest.fixture
def system(tmp_path: Path) -> Flatten:
    """Return a function that makes a system of some Vensim equations."""

    def make(equations: str, **points: Points) -> System:
        path = tmp_path / "model.mdl"
        path.write_text("{UTF-8}\n" + equations + CONTROLS, "utf-8")
        return flatten(read(path), points)

    return make


def names(equations: object) -> list[str]:
    """List the names of equations, in order."""
    return [equation.name for equation in equations]  # type: ignore[attr-defined]


def test_each_equation_runs_when_it_must(system: Flatten) -> None:
    """What depends on constants runs once; what no rate needs runs when it is saved."""
    made = system(
        "report = 2*level ~~|\nlevel = INTEG(flow, first) ~~|\nflow = rate*level ~~|\n"
        "rate = a/b ~~|\nfirst = a*3 ~~|\na = 2 ~~|\nb = 4 ~~|\n"
    )
    assert made.constants == {"a": 2.0, "b": 4.0}
    assert names(made.statics) == ["rate", "first"]
    assert names(made.start) == ["level"]
    assert names(made.steps) == ["flow"]
    assert names(made.reports) == ["report"]
    assert made.outputs == ("report", "level", "flow", "rate", "first", "a", "b")


def test_equations_are_ordered_by_need_and_not_by_place(system: Flatten) -> None:
    """Each comes after what it depends on."""
    made = system("l = INTEG(c, 1) ~~|\nc = b + 1 ~~|\nb = a + 1 ~~|\na = l + 1 ~~|\n")
    assert names(made.steps) == ["a", "b", "c"]


def test_an_algebraic_loop_is_named_with_its_members(system: Flatten) -> None:
    """The message lists the variables of the loop and the remedy."""
    with pytest.raises(ModelError, match=r"'a' <- 'b' <- 'a'.*put a stock") as caught:
        system("a = b + 1 ~~|\nb = a * 2 ~~|\nl = INTEG(a, 1) ~~|\n")
    assert caught.value.line == 2


def test_a_loop_at_the_initial_time_is_told_apart(system: Flatten) -> None:
    """A first value that depends on itself is none."""
    with pytest.raises(ModelError, match="at the initial time"):
        system("l = INTEG(1, a) ~~|\na = l + 1 ~~|\n")


def test_an_order_is_structure_and_cannot_be_set(system: Flatten) -> None:
    """The number of stocks depends on it."""
    made = system("y = SMOOTH N(Time, 3, 0, n) ~~|\nn = 4 ~~|\n")
    assert len(made.stocks) == 4
    assert "n" in made.fixed
    assert "n" not in made.constants
    with pytest.raises(ModelError, match="order of a delay or smooth must be a constant"):
        system("y = SMOOTH N(Time, 3, 0, Time) ~~|\n")


def test_a_subscript_from_nowhere_is_named_with_variable_and_line(system: Flatten) -> None:
    """The right-hand side uses a range that the left-hand side does not have."""
    with pytest.raises(ModelError, match="'e' is not on the left-hand side") as caught:
        system("d: p, q ~~|\ne: u, v ~~|\nc[e] = 1, 2 ~~|\ny[d] = c[e] ~~|\n")
    assert (caught.value.variable, caught.value.line) == ("y", 5)


def test_an_element_that_no_equation_covers_is_named(system: Flatten) -> None:
    """One piece of a variable is missing."""
    with pytest.raises(ModelError, match=r"'c\[q\]' is used but no equation covers it"):
        system("d: p, q ~~|\nc[p] = 1 ~~|\ny = c[q] ~~|\n")


def test_points_are_exchanged_and_what_holds_beyond_them_stays(system: Flatten) -> None:
    """A table's points are data, not structure."""
    made = system("y = WITH LOOKUP(Time, ((0,0),(10,5))) ~~|\n", y=Points((0.0, 1.0), (3.0, 4.0)))
    (points,) = made.tables.values()
    assert (points.x, points.y, points.beyond) == ((0.0, 1.0), (3.0, 4.0), "hold")


def test_a_sum_over_thousands_of_elements_is_no_deep_tree(system: Flatten) -> None:
    """Python's limit of recursion would end a chain of so many additions."""
    made = system("d: (e1-e3000) ~~|\nc[d] = INTEG(1, 2) ~~|\ny = SUM(c[d!]) ~~|\n")
    (y,) = (equation.expression for equation in made.reports if equation.name == "y")
    assert isinstance(y, Joined)
    assert len(y.terms) == 3000
    depth, tree = 0, written_out(y)
    while isinstance(tree, Arithmetic):
        depth, tree = depth + 1, tree.left
    assert depth == 12


def test_macros_are_written_out_for_each_call(system: Flatten) -> None:
    """Two calls have stocks of their own."""
    made = system(
        ":MACRO: LAG(x, delay : out)\nLAG = INTEG((x - LAG)/delay, x)\n~~|\nout = LAG\n~~|\n:END OF MACRO:\n"
        "y = LAG(Time, 3) ~~|\nz = LAG(y, 2) ~~|\n"
    )
    assert len(made.stocks) == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Arithmetic("^", Name("a"), Number(2.0)), Arithmetic("*", Name("a"), Name("a"))),
        (Arithmetic("^", Name("a"), Number(0.5)), Call("sqrt", (Name("a"),))),
        (Arithmetic("^", Name("a"), Number(3.0)), Arithmetic("^", Name("a"), Number(3.0))),
        (Arithmetic("+", Number(1.0), Arithmetic("*", Number(2.0), Number(3.0))), Number(7.0)),
        (Arithmetic("/", Number(1.0), Number(0.0)), Arithmetic("/", Number(1.0), Number(0.0))),
        (Arithmetic("+", Number(0.0), Name("a")), Arithmetic("+", Number(0.0), Name("a"))),
    ],
)
def test_folding_keeps_the_arithmetic_of_the_run(before: Arithmetic, after: object) -> None:
    """Only literals are worked out; nothing is reordered."""
    assert fold(before) == after
