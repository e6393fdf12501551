"""Writes loops over the members of a family and over the terms of a sum.

The place of a member is known only when the kernel runs, so the compiler cannot see whether a loop over lanes
overwrites what it reads. Loops therefore write to blocks on the stack, which nothing else refers to, and copy them
into place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rcsd.simulation.engine.lanes.width import LANES
from rcsd.simulation.engine.plan.operations import Assign
from rcsd.simulation.engine.plan.schedule import LOOP_SIZE, Call, Each, Joining, Loop, Part
from rcsd.simulation.engine.source.arithmetic import Arithmetics
from rcsd.simulation.engine.source.scope import Scope
from rcsd.simulation.ir.expression import Expression, Join, Name, with_children
from rcsd.simulation.ir.joining import two_by_two

_AT_ONCE = (8, 4, 2)  # terms whose sum is worked out without leaving the processor's registers
_JOINS: dict[Join, str] = {
    "sum": "({} + {})",
    "prod": "({} * {})",
    "vmin": "minimum({}, {})",
    "vmax": "maximum({}, {})",
}


class Members:
    """Writes the families of one segment.

    Parameters
    ----------
    arithmetic : Arithmetics
        Of the kernel.
    call : callable
        Writes what works on whole blocks.
    """

    def __init__(
        self,
        arithmetic: Arithmetics,
        call: Callable[[Call, Scope], Iterator[str]],
    ) -> None:
        self._arithmetic = arithmetic
        self._call = call
        self._n_blocks = 0

    @property
    def blocks(self) -> list[str]:
        """Lines that make the blocks of the stack."""
        return [f"{self._block(i)} = new_block()" for i in range(self._n_blocks)]

    def each(self, part: Each, scope: Scope) -> Iterator[str]:
        """Write the loop over the members of some families."""
        inner = Scope(scope.layout, scope.slots, part.members)
        yield f"for member in range({part.members.n}):"
        yield from _indented(self._parts(part.phase.parts, part.phase.stored, inner))

    def _parts(self, parts: Iterable[Part], stored: frozenset[str], scope: Scope) -> Iterator[str]:
        for part in parts:
            match part:
                case Loop(body):
                    yield from self._loop(body, stored, scope)
                case Joining():
                    yield from self._joining(part, scope)
                case Each():
                    raise NotImplementedError("a family has no families in it")
                case _:
                    yield from self._call(part, scope)

    def _loop(self, body: Iterable[Assign], stored: frozenset[str], scope: Scope) -> Iterator[str]:
        inside: list[str] = []
        after: list[str] = []
        known: set[str] = set()
        for assign in body:
            fresh = [name for name in assign.sources if name not in known]
            known |= {*fresh, assign.target}
            yield from self._found(fresh, scope, inside)
            local = self._arithmetic.identifier(assign.target)
            inside += [f"# {assign.comment}"] if assign.comment else []
            inside.append(f"{local} = {self._arithmetic.text(assign.expression)}")
            if assign.target in stored:
                block = self._own(len(after))
                inside.append(f"{block}[j] = {local}")
                after.append(f"store({block}, w, {scope.place(assign.target)})")
        yield f"for j in range({LANES}):"
        yield from _indented(inside)
        yield from after

    def _found(self, names: Iterable[str], scope: Scope, inside: list[str], suffix: str = "") -> Iterator[str]:
        """Write what finds variables before a loop over lanes; `inside` gets what reads them within it."""
        for name in names:
            own = self._arithmetic.identifier(name + suffix)
            number = scope.number(name)
            if number is not None:
                yield f"{own} = {number}"
            else:
                row = self._arithmetic.identifier(f"row of {name}{suffix}")
                yield f"{row} = row(w, {scope.place(name)})"
                inside.append(f"{own} = {row}[j]")

    def _joining(self, part: Joining, scope: Scope) -> Iterator[str]:
        count, operator = part.fold.count, part.fold.operator
        first = int(scope.place(part.blocks))
        alone = _only(part.phase.parts)
        at_once = 1
        if alone is not None:
            size = LOOP_SIZE // (alone.size + 1)
            at_once = next((n for n in _AT_ONCE if n <= min(size, count)), 1)
        groups = count // at_once
        yield f"for term in range({groups}):"
        yield from _indented(self._terms(part, alone, at_once, scope))
        yield from _indented(self._pushed(operator, first + (at_once.bit_length() - 1) * LANES))
        if groups * at_once < count:
            yield f"for term in range({groups * at_once}, {count}):"
            yield from _indented(self._terms(part, alone, 1, scope))
            yield from _indented(self._pushed(operator, first))
        yield from self._rest(part, first, scope)

    def _terms(self, part: Joining, alone: Assign | None, n: int, scope: Scope) -> Iterator[str]:
        """Write what leaves the next term, or n of them joined, in a block of the stack."""
        inside: list[str] = []
        total = self._own(0)
        if alone is None:
            yield from self._parts(part.phase.parts, part.phase.stored, scope)
            yield from self._found([part.fold.term], scope, inside)
            inside.append(f"{total}[j] = {self._arithmetic.identifier(part.fold.term)}")
        else:
            same = [name for name in alone.sources if not scope.differs_by_term(name)]
            others = [name for name in alone.sources if scope.differs_by_term(name)]
            yield from self._found(same, scope, inside)
            texts = []
            for i in range(n):
                own = scope if n == 1 else scope.of_term(f"({n} * term + {i})")
                suffix = "" if n == 1 else f" at {i + 1}"
                yield from self._found(others, own, inside, suffix)
                renamed = _renamed(alone.expression, {name: name + suffix for name in others})
                texts.append(f"({self._arithmetic.text(renamed)})")
            join = _JOINS[part.fold.operator]
            inside.append(f"{total}[j] = {two_by_two(join.format, texts)}")
        yield f"for j in range({LANES}):"
        yield from _indented(inside)

    def _pushed(self, operator: Join, first: int) -> Iterator[str]:
        """Write what joins a block with those of the same number of terms; each power of two has a place of its own."""
        total = self._own(0)
        yield "level = term"
        yield f"at = {first}"
        yield "while level & 1:"
        yield "    lower = row(w, at)"
        yield f"    for j in range({LANES}):"
        yield f"        {total}[j] = {_JOINS[operator].format('lower[j]', f'{total}[j]')}"
        yield f"    at += {LANES}"
        yield "    level >>= 1"
        yield f"store({total}, w, at)"

    def _rest(self, part: Joining, first: int, scope: Scope) -> Iterator[str]:
        """Write what joins the blocks that are left, the smallest with the next first."""
        total, join = self._own(0), _JOINS[part.fold.operator]
        levels = [level for level in range(part.n_levels) if part.fold.count >> level & 1]
        text = ""
        for level in levels:
            row = self._arithmetic.identifier(f"row of level {level}")
            yield f"{row} = row(w, {first + level * LANES})"
            text = join.format(f"{row}[j]", text) if text else f"{row}[j]"
        yield f"for j in range({LANES}):"
        yield f"    {total}[j] = {text}"
        yield f"store({total}, w, {scope.place(part.fold.target)})"

    def _own(self, i: int) -> str:
        self._n_blocks = max(self._n_blocks, i + 1)
        return self._block(i)

    def _block(self, i: int) -> str:
        return self._arithmetic.identifier(f"~block {i + 1}")


def _only(parts: tuple[Part, ...]) -> Assign | None:
    """Return the only thing that there is to do, if it is arithmetic."""
    if len(parts) == 1 and isinstance(parts[0], Loop) and len(parts[0].body) == 1:
        return parts[0].body[0]
    return None


def _renamed(expression: Expression, names: dict[str, str]) -> Expression:
    if isinstance(expression, Name):
        return Name(names.get(expression.name, expression.name))
    return with_children(expression, lambda part: _renamed(part, names))


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"    {line}" for line in lines)
