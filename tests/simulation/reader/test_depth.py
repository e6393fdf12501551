"""Deep and long expressions: they run, on every engine, and give what a loop over the same operations gives."""

from pathlib import Path

import numpy as np
import pytest

from rcsd.errors import ModelError
from rcsd.simulation.ir import Definition
from rcsd.simulation.ir.expression import Arithmetic, Call, Expression, Logical, Name, Number, Reduction, walk
from rcsd.simulation.loading import load
from rcsd.simulation.reader.depth import shallow

TAIL = "\nINITIAL TIME=0~~|\nFINAL TIME=3~~|\nTIME STEP=1~~|\nSAVEPER=1~~|\nx = 0.1 + Time/3 ~ ~ |\n"
X = 0.1 + np.arange(4) / 3


def summed(n: int) -> np.ndarray:
    """Add up from the left."""
    total = X.copy()
    for _ in range(n - 1):
        total = total + X
    return total


CASES = {
    "100 choices inside each other": (
        "".join(f"IF THEN ELSE(x > {k}/100, {k}, " for k in reversed(range(1, 101))) + "0" + ")" * 100,
        np.minimum(np.ceil(X * 100) - 1, 100),
    ),
    "1000 terms": ("+".join(["x"] * 1000), summed(1000)),
    "1000 brackets": ("(" * 1000 + "x" + ")" * 1000, X),
    "500 signs": ("-(" * 500 + "x" + ")" * 500, X),
    "300 functions": ("MAX(" * 300 + "x" + ", 0.5)" * 300, np.maximum(X, 0.5)),
    "1000 conditions": ("IF THEN ELSE(" + " :AND: ".join(["x > 0.2"] * 1000) + ", 7, 8)", np.where(X > 0.2, 7, 8)),
    "choices in conditions": (
        "IF THEN ELSE(" * 100 + "x > 0.5" + ", x, 0) > 0" * 99 + ", 1, 2)", np.where(X > 0.5, 1, 2)
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_deep_expression_runs(case: str, tmp_path: Path) -> None:
    """To the last bit: nothing is added in another order."""
    text, expected = CASES[case]
    path = tmp_path / "deep.mdl"
    path.write_text("{UTF-8}\ny = " + text + " ~ ~ |" + TAIL, encoding="utf-8")
    model = load(path)
    assert model.variables == ("y", "x")
    np.testing.assert_array_equal(model.run(backend="interpreted").of("y")[0], expected)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_a_deep_expression_compiles(case: str, tmp_path: Path) -> None:
    """Kernels may round a sum of a sum once less; choices and bounds come out alike."""
    text, expected = CASES[case]
    path = tmp_path / "deep.mdl"
    path.write_text("{UTF-8}\ny = " + text + " ~ ~ |" + TAIL, encoding="utf-8")
    np.testing.assert_allclose(load(path).run(backend="compiled").of("y")[0], expected, rtol=1e-12)


def test_every_element_of_an_array_has_its_own_parts(tmp_path: Path) -> None:
    """Ranges, elements and exceptions on the left are those of what is cut off."""
    many = " + ".join(["x * c[r]"] * 200)
    path = tmp_path / "deep.mdl"
    path.write_text(
        f"{{UTF-8}}\nr: a, b, d ~~|\nc[r] = 1, 2, 4 ~~|\ny[r] :EXCEPT: [d] = {many} ~~|\n"
        f"y[d] = {many.replace('[r]', '[d]')} + 1 ~~|{TAIL}",
        encoding="utf-8",
    )
    ran = load(path).run(backend="interpreted")
    for element, factor, more in (("a", 1, 0), ("b", 2, 0), ("d", 4, 1)):
        np.testing.assert_allclose(ran.of(f"y[{element}]")[0], 200 * X * factor + more, rtol=1e-12)


def test_an_xmile_expression_may_be_as_deep(tmp_path: Path) -> None:
    """The cut is made after reading, whatever the format."""
    path = tmp_path / "deep.xmile"
    path.write_text(
        '<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"><header><vendor>x</vendor>'
        '<product version="1">x</product></header><sim_specs><start>0</start><stop>3</stop><dt>1</dt></sim_specs>'
        f'<model><variables><aux name="x"><eqn>0.1 + TIME/3</eqn></aux><aux name="y">'
        f"<eqn>{'+'.join(['x'] * 1000)}</eqn></aux></variables></model></xmile>",
        encoding="utf-8",
    )
    np.testing.assert_array_equal(load(path).run(backend="interpreted").of("y")[0], summed(1000))


def levels(expression: Expression) -> int:
    """Count levels."""
    return sum(1 for _ in walk(expression))


def test_what_is_shallow_stays_as_it_is() -> None:
    """The very same objects."""
    definitions = (
        Definition("a", (), (), Arithmetic("+", Name("b"), Number(1.0))),
        Definition("b", (), (), np.array([1.0])),
    )
    assert all(one is other for one, other in zip(shallow(definitions), definitions, strict=True))


def test_what_runs_over_a_range_is_not_cut() -> None:
    """A part of a sum over elements has no value of its own; the sum as a whole has."""
    deep: Expression = Name("x", ("r!",))
    for _ in range(200):
        deep = Arithmetic("*", deep, Name("y", ("r!",)))
    chain: Expression = Reduction("sum", deep)
    for _ in range(100):
        chain = Call("max", (chain, Number(0.0)))
    parts = shallow((Definition("a", ("s",), (), chain),))
    names = [part.name for part in parts]
    assert names[-1] == "a" and len(set(names)) == len(names) > 5
    sums = [part for part in parts if any(isinstance(node, Reduction) for node in walk(part.content))]  # type: ignore[arg-type]
    assert len(sums) == 1 and not any("!" in s for part in parts if part not in sums for node in walk(part.content)  # type: ignore[arg-type]
                                      if isinstance(node, Name) for s in node.subscripts)  # fmt: skip
    assert all(part.subscripts == ("s",) for part in parts)


def test_a_chain_of_conditions_is_cut_too() -> None:
    """A truth value may be a hidden variable: it is one or zero there."""
    chain: Expression = Name("x")
    for _ in range(300):
        chain = Logical("and", chain, Name("y"))
    parts = shallow((Definition("a", (), (), chain),))
    assert len(parts) > 4
    assert max(levels(part.content) for part in parts) < 200  # type: ignore[arg-type]


def test_one_message_where_nothing_can_be_cut(tmp_path: Path) -> None:
    """A sum over a range of a thousand terms, each of them a thousand levels deep."""
    path = tmp_path / "deep.mdl"
    path.write_text(
        "{UTF-8}\nr: a, b ~~|\nc[r] = 1, 2 ~~|\ny = SUM(c[r!]" + " + x" * 3000 + ") ~~|" + TAIL, encoding="utf-8"
    )
    with pytest.raises(ModelError, match=r"deep\.mdl: an expression is nested too deep"):
        load(path).simulator("interpreted")
