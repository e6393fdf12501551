"""Writes loops over the members of a family and over the terms of a sum.

The place of a member is known only when the kernel runs, so the compiler cannot see whether a loop over lanes
overwrites what it reads. Loops therefore write to blocks on the stack, which nothing else refers to, and copy them
into place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rcsd.simulation.engine.lanes.width import LANES
from rcsd.simulation.engine.pieces.joining import CODES
from rcsd.simulation.engine.plan.operations import Assign
from rcsd.simulation.engine.plan.schedule import LOOP_SIZE, Call, Each, Joining, Loop, Part
from rcsd.simulation.engine.source.arithmetic import Arithmetics
from rcsd.simulation.engine.source.scope import Scope
from rcsd.simulation.ir.expression import Expression, Join, Name, Number, with_children
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
    piece : callable
        Notes that the kernel calls a piece, and returns its name.
    """

    def __init__(
        self,
        arithmetic: Arithmetics,
        call: Callable[[Call, Scope], Iterator[str]],
        piece: Callable[[str], str],
    ) -> None:
        self._arithmetic = arithmetic
        self._call = call
        self._piece = piece
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
        body = list(body)
        copies = [assign for assign in body if assign.target in stored and _is_copy(assign, body)]
        yield from (self._copied(assign, scope) for assign in copies)
        inside: list[str] = []
        after: list[str] = []
        known: set[str] = set()
        for assign in body:
            if assign in copies:
                continue
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
        if inside:
            yield f"for j in range({LANES}):"
            yield from _indented(inside)
            yield from after

    def _copied(self, assign: Assign, scope: Scope) -> str:
        """Write what copies a block or a number, which takes no loop."""
        source, target = assign.expression, scope.place(assign.target)
        if isinstance(source, Number):
            return f"{self._piece('fill_row')}(w, {self._arithmetic.text(source)}, {target})"
        assert isinstance(source, Name)
        number = scope.number(source.name)
        if number is not None:
            return f"{self._piece('fill_row')}(w, {number}, {target})"
        return f"{self._piece('copy_row')}(w, {scope.place(source.name)}, {target})"

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
        fold, count, code = part.fold, part.fold.count, CODES[part.fold.operator]
        first, target = int(scope.place(part.blocks)), scope.place(fold.target)
        alone = _only(part.phase.parts)
        if alone is not None and isinstance(alone.expression, Name):
            along = scope.along_terms(alone.expression.name)
            if along is not None:
                yield f"{self._piece('join_rows')}(w, {code}, {along[0]}, {along[1]}, {count}, {first}, {target})"
                return
        at_once = 1
        if alone is not None:
            size = LOOP_SIZE // (alone.size + 1)
            at_once = next((n for n in _AT_ONCE if n <= min(size, count)), 1)
        push = f"{self._piece('push_term')}(w, {code}, {scope.place(fold.term)}, {{}}, term)"
        groups = count // at_once
        yield f"for term in range({groups}):"
        yield from _indented(self._terms(part, alone, at_once, scope))
        yield "    " + push.format(first + (at_once.bit_length() - 1) * LANES)
        if groups * at_once < count:
            yield f"for term in range({groups * at_once}, {count}):"
            yield from _indented(self._terms(part, alone, 1, scope))
            yield "    " + push.format(first)
        yield f"{self._piece('join_rest')}(w, {code}, {first}, {count}, {target})"

    def _terms(self, part: Joining, alone: Assign | None, n: int, scope: Scope) -> Iterator[str]:
        """Write what works out the next term, or n of them joined."""
        if alone is None or n == 1:
            yield from self._parts(part.phase.parts, part.phase.stored, scope)
            return
        inside: list[str] = []
        same = [name for name in alone.sources if not scope.differs_by_term(name)]
        others = [name for name in alone.sources if scope.differs_by_term(name)]
        yield from self._found(same, scope, inside)
        texts = []
        for i in range(n):
            suffix = f" at {i + 1}"
            yield from self._found(others, scope.of_term(f"({n} * term + {i})"), inside, suffix)
            renamed = _renamed(alone.expression, {name: name + suffix for name in others})
            texts.append(f"({self._arithmetic.text(renamed)})")
        block = self._own(0)
        inside.append(f"{block}[j] = {two_by_two(_JOINS[part.fold.operator].format, texts)}")
        yield f"for j in range({LANES}):"
        yield from _indented(inside)
        yield f"store({block}, w, {scope.place(part.fold.term)})"

    def _own(self, i: int) -> str:
        self._n_blocks = max(self._n_blocks, i + 1)
        return self._block(i)

    def _block(self, i: int) -> str:
        return self._arithmetic.identifier(f"~block {i + 1}")


def _is_copy(assign: Assign, body: list[Assign]) -> bool:
    """Whether an assignment in a loop copies what was there before, and nothing else in the loop reads the copy."""
    if not isinstance(assign.expression, (Name, Number)):
        return False
    if any(assign.target in other.sources for other in body):
        return False
    return not any(other.target in assign.sources for other in body)


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
