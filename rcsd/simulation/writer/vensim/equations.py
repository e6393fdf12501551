"""One definition as the text of an .mdl file, laid out as Vensim saves it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.expression import Call, Expression, Lookup, Points
from rcsd.simulation.ir.ranges import Ranges
from rcsd.simulation.writer.formula import formula, table_text
from rcsd.simulation.writer.names import number, spelt

_WIDTH = 88
_PLACES = re.compile(r'"(?:\\.|[^"\\])*"|(?<=,) | (?=[-+] )| (?=:(?:AND|OR):)|(?<=\)),(?=\()')
"""Where a long equation may go on in the next line; quoted names are passed over."""
_TWO_AXES = 2


def lines_of(definition: Definition, ranges: Ranges) -> Iterator[str]:
    """Yield the equations of a definition, each with its left-hand side and no end.

    An array of three axes or more is an equation for each element of the first ones.

    Raises
    ------
    Unsayable
        For what Vensim has no words for.
    """
    content = definition.content
    left = left_of(definition.name, definition.subscripts, definition.exceptions)
    if content is None:
        yield left
    elif isinstance(content, Points):
        yield f"{left}(\n\t{_wrapped(table_text(content)[1:-1])})"
    elif isinstance(content, np.ndarray):
        yield from _arrays(definition.name, definition.subscripts, content, ranges)
    else:
        yield f"{left}= {_right(content)}" if _is_split(content) else f"{left}=\n\t{_wrapped(_right(content))}"


def left_of(name: str, subscripts: Sequence[str], exceptions: Sequence[Sequence[str]] = ()) -> str:
    """Write a left-hand side."""
    text = spelt(name, "vensim") + _inside(subscripts)
    if exceptions:
        text += f" :EXCEPT: {','.join(map(_inside, exceptions))}"
    return text


def _inside(subscripts: Sequence[str]) -> str:
    return f"[{','.join(spelt(subscript, 'vensim') for subscript in subscripts)}]" if subscripts else ""


def _is_split(content: Expression) -> bool:
    """Whether the name of a function stands on the line of the left-hand side."""
    is_table = isinstance(content, Lookup) and isinstance(content.table, Points)
    return is_table or (isinstance(content, Call) and content.function == "integ")


def _right(content: Expression) -> str:
    if isinstance(content, Lookup) and isinstance(content.table, Points):
        formula(content, strict=True)  # refuses what is no plain table
        argument, table = formula(content.argument, strict=True), table_text(content.table)
        return f"WITH LOOKUP (\n\t{_wrapped(argument)},\n\t\t{_wrapped(table)})"
    if isinstance(content, Call) and content.function == "integ":
        rate, initial = (formula(part, strict=True) for part in content.arguments[:2])
        return f"INTEG (\n\t{_wrapped(rate)},\n\t\t{_wrapped(initial)})"
    return formula(content, strict=True)


def _arrays(name: str, subscripts: tuple[str, ...], values: NDArray[np.float64], ranges: Ranges) -> Iterator[str]:
    shape = tuple(len(ranges.members(subscript)) for subscript in subscripts if ranges.is_range(subscript))
    cells = np.asarray(values).reshape(shape)
    if cells.ndim > _TWO_AXES:
        first = next(i for i, subscript in enumerate(subscripts) if ranges.is_range(subscript))
        for element, part in zip(ranges.members(subscripts[first]), cells, strict=True):
            yield from _arrays(name, (*subscripts[:first], element, *subscripts[first + 1 :]), part, ranges)
        return
    rows = [",".join(number(float(value), "vensim") for value in row) for row in np.atleast_2d(cells)]
    text = f"{';'.join(rows)};" if cells.ndim == _TWO_AXES and cells.size > 1 else rows[0]
    yield f"{left_of(name, subscripts)}=\n\t{text}"


def _wrapped(text: str) -> str:
    """Break a long text at its signs; the backslash says that the equation goes on."""
    if len(text) <= _WIDTH:
        return text
    pieces, begin = [], 0
    for found in _PLACES.finditer(text):
        if not found[0].startswith('"'):
            end = found.end() if found[0] == "," else found.start()
            pieces.append(text[begin:end])
            begin = found.end()
    pieces.append(text[begin:])
    lines = [pieces[0]]
    for piece, joint in zip(pieces[1:], _joints(text), strict=True):
        if len(lines[-1]) + len(joint) + len(piece) > _WIDTH:
            lines.append(piece)
        else:
            lines[-1] += joint + piece
    return "\\\n\t\t".join(lines)


def _joints(text: str) -> list[str]:
    """Return what stood between the pieces of a text: a blank, or nothing."""
    return ["" if found[0] == "," else " " for found in _PLACES.finditer(text) if not found[0].startswith('"')]


def block(head: str, unit: str, documentation: str) -> str:
    """Write an equation with its unit and documentation."""
    return f"{head}\n\t~\t{unit}\n\t~\t{documentation}\n\t|\n"


def range_head(name: str, elements: Sequence[str], mapped: str = "") -> str:
    """Write the definition of a subscript range."""
    listed = ", ".join(spelt(element, "vensim") for element in elements)
    return f"{spelt(name, 'vensim')}:\n\t{_wrapped(listed)}{mapped}"
