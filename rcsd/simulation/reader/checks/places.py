"""Functions of arrays that ask which element they stand for: the left-hand side has to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rcsd.names import canonical
from rcsd.simulation.functions import FUNCTIONS
from rcsd.simulation.ir import Definition, Ranges
from rcsd.simulation.ir.expression import Call, Expression, Name, walk
from rcsd.simulation.ir.ranges import MARK
from rcsd.simulation.ir.unsound import Unsound
from rcsd.simulation.reader.source import Fault

_AXES = {
    "ALLOCATE AVAILABLE": 1,
    "ALLOCATE BY PRIORITY": 1,
    "VECTOR SORT ORDER": 1,
    "VECTOR RANK": 1,
    "INVERT MATRIX": 2,
}
"""How many of the last subscripts of its first argument each function needs an element of."""


def place_faults(definitions: Iterable[Definition], ranges: Ranges) -> list[Fault]:
    """Find calls whose element the left-hand side does not say: tools refuse them, PySD takes the first."""
    faults = []
    for definition in definitions:
        for function, subscript in dict.fromkeys(_asked(definition.content)):
            if ranges.is_range(subscript) and not _said(definition.subscripts, subscript, ranges):
                message = (
                    f"calls {function} over the subscript {subscript!r}, which is not on the left-hand side; write "
                    f"{definition.name}[{subscript}] = {function}(...)"
                )
                faults.append(Fault(definition.line, definition.name, message))
    return faults


def _asked(content: object) -> Iterator[tuple[str, str]]:
    """Yield every such function of an equation, with each subscript that it needs an element of."""
    for node in walk(content) if isinstance(content, Expression) else ():
        function = FUNCTIONS.get(node.function) if isinstance(node, Call) else None
        if function is None or not isinstance(node, Call) or not function.every_signature:
            continue
        name = function.every_signature[0].name
        if name in _AXES:
            arrays = (part.subscripts for part in walk(node.arguments[0]) if isinstance(part, Name) and part.subscripts)
            for subscript in next(arrays, ())[-_AXES[name] :]:
                yield name, subscript.removesuffix(MARK)


def _said(left: tuple[str, ...], subscript: str, ranges: Ranges) -> bool:
    """Whether every element of a left-hand side says which element of a range is meant."""
    forms = [canonical(each) for each in left]
    try:
        for elements in ranges.covered(left):
            ranges.element(subscript, dict(zip(forms, elements, strict=True)))
    except Unsound:
        return False
    return True
