"""The right-hand side of a Vensim definition -> PySD's abstract expression. Nothing of the text is evaluated."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import numpy as np
from parsimonious import NodeVisitor
from parsimonious.nodes import Node
from pysd.translators.structures import abstract_expressions as ae
from pysd.translators.vensim.vensim_structures import structures

from rcsd.names import canonical
from rcsd.simulation.reader.pysd_calls import Misread
from rcsd.simulation.reader.vensim.grammar import equations
from rcsd.simulation.reader.vensim.tables import table_of

NOT_AVAILABLE = -(2.0**109)
"""What Vensim's ``:NA:`` is."""
_LONGEST_WHOLE = 15
_FROM_FILE = {
    "_constants": "'file', 'tab', 'cell'",
    "_data": "'file', 'tab', 'time row or column', 'cell'",
    "_lookups": "'file', 'tab', 'x row or column', 'cell'",
}
"""Arguments of what reads a file."""
_TURNED = re.compile(r"\d+[A-Za-z]")
_CALLS = frozenset(structures) - {
    "reference",
    "subscripts_ref",
    "arithmetic",
    "logic",
    "with_lookup",
    "call",
    "lookup",
    "data",
}


def expression_of(text: str, own: Collection[str] = ()) -> Any:
    """Read an equation.

    Parameters
    ----------
    text : str
        On one line, without comments.
    own : collection of str
        Canonical names that the file defines: a table or macro of its own may have the name of a function.

    Returns
    -------
    abstract expression, number or NDArray

    Raises
    ------
    ParsimoniousError
        Where the text cannot be read, or the reason why a part of it has no meaning, as its cause.
    """
    return _Visitor(own).visit(equations().parse(text))


class _Visitor(NodeVisitor):  # type: ignore[misc]  # parsimonious publishes no types
    """Turns the tree of an equation into PySD's structures."""

    def __init__(self, own: Collection[str]) -> None:
        self._own = own

    def generic_visit(self, node: Node, visited: list[Any]) -> Any:
        return visited or node.text

    def visit_expr_type(self, node: Node, visited: list[Any]) -> Any:
        return visited[0]

    def visit_expr(self, node: Node, visited: list[Any]) -> Any:
        return visited[0]

    def visit_final_expr(self, node: Node, visited: list[Any]) -> Any:
        return _chain(ae.LogicStructure, visited, ":OR:")

    def visit_and_expr(self, node: Node, visited: list[Any]) -> Any:
        return _chain(ae.LogicStructure, visited, ":AND:")

    def visit_logic_expr(self, node: Node, visited: list[Any]) -> Any:
        nots, operand = visited
        for _ in _many(nots):
            operand = ae.LogicStructure([":NOT:"], (operand,))
        return operand

    def visit_comp_expr(self, node: Node, visited: list[Any]) -> Any:
        if len(_many(visited[1])) > 1:
            raise Misread("chains comparisons: write them with :AND:, as in 1 < 2 :AND: 2 < 3")
        return _chain(ae.LogicStructure, visited)

    def visit_add_expr(self, node: Node, visited: list[Any]) -> Any:
        return _chain(ae.ArithmeticStructure, visited)

    def visit_prod_expr(self, node: Node, visited: list[Any]) -> Any:
        return _chain(ae.ArithmeticStructure, visited)

    def visit_neg_expr(self, node: Node, visited: list[Any]) -> Any:
        signs, operand = visited
        for sign, _ in _many(signs):
            if sign == "-":
                operand = _negative(operand)
        return operand

    def visit_exp_expr(self, node: Node, visited: list[Any]) -> Any:
        base, rest = visited
        parts = _many(rest)
        if not parts:
            return base
        if isinstance(base, (int, float)) and base < 0:
            base = ae.ArithmeticStructure(["negative"], (-base,))  # PySD would write -2**2 for (-2)^2
        return ae.ArithmeticStructure(["^"], (base, parts[0][3]))

    def visit_unsigned(self, node: Node, visited: list[Any]) -> float:
        whole = node.text.isdecimal() and len(node.text) <= _LONGEST_WHOLE
        return int(node.text) if whole else float(node.text)

    def visit_raw_number(self, node: Node, visited: list[Any]) -> float:
        return float("".join(node.text.split()))

    def visit_listed(self, node: Node, visited: list[Any]) -> float:
        return float(visited[0])

    def visit_nan(self, node: Node, visited: list[Any]) -> float:
        return NOT_AVAILABLE

    def visit_string(self, node: Node, visited: list[Any]) -> str:
        return node.text[1:-1]  # type: ignore[no-any-return]

    def visit_parens(self, node: Node, visited: list[Any]) -> Any:
        return visited[2]

    def visit_name(self, node: Node, visited: list[Any]) -> str:
        return node.text.strip()  # type: ignore[no-any-return]

    def visit_subscript_list(self, node: Node, visited: list[Any]) -> Any:
        return structures["subscripts_ref"]([f"{name}{'!' if _many(mark) else ''}" for name, _, mark, *_ in visited[2]])

    def visit_reference(self, node: Node, visited: list[Any]) -> Any:
        parts = visited[0]
        if isinstance(parts, str):
            return ae.ReferenceStructure(_spelt(parts), None)
        name, _, rest = parts
        if rest == "!":
            return ae.ReferenceStructure(f"{_spelt(name)}!", None)
        return ae.ReferenceStructure(_spelt(name), rest)

    def visit_arguments(self, node: Node, visited: list[Any]) -> tuple[Any, ...]:
        return tuple(part[0][0] for part in _many(visited))

    def visit_call(self, node: Node, visited: list[Any]) -> Any:
        function, arguments = visited[0], visited[4]
        name = function.reference
        if name in _CALLS and canonical(name) not in self._own:
            return _structure(name, arguments)
        return ae.CallStructure(function, arguments)

    def visit_lookup_with_def(self, node: Node, visited: list[Any]) -> Any:
        return ae.InlineLookupsStructure(visited[4], table_of(visited[8]))

    def visit_array(self, node: Node, visited: list[Any]) -> Any:
        rows: list[list[float]] = [[visited[0]]]
        for _, (sign,), _, number in visited[1]:
            if sign == ";":
                rows.append([number])
            else:
                rows[-1].append(number)
        if len({len(row) for row in rows}) > 1:
            raise ValueError(f"its rows have {' and '.join(str(len(row)) for row in rows)} numbers; give each as many")
        return np.squeeze(np.array(rows, dtype=np.float64))

    def visit_tabbed_array_call(self, node: Node, visited: list[Any]) -> Any:
        return np.array([number for number, _ in visited[4]], dtype=np.float64)


def _structure(name: str, arguments: tuple[Any, ...]) -> Any:
    """Make what PySD has a class for.

    Raises
    ------
    Misread
        For a reader of files with other arguments than its own.
    """
    form = next((form for end, form in _FROM_FILE.items() if name.startswith("get_") and name.endswith(end)), None)
    if form is not None and len(arguments) != form.count("'") // 2:
        function = name.upper().replace("_", " ")
        raise Misread(f"calls {function} with {len(arguments)} arguments; write {function}({form})")
    if form is not None and isinstance(cell := arguments[-1], str) and _TURNED.match(cell):
        raise Misread(f"reads the cell {cell[:40]!r}, which there is not; write the column before the row, as in 'A1'")
    return structures[name](*arguments)


def _many(part: Any) -> list[Any]:
    """Return what an optional or repeated part holds: an empty text where it is missing."""
    return part if isinstance(part, list) else []


def _chain(make: Any, visited: list[Any], operator: str = "") -> Any:
    first, rest = visited
    parts = _many(rest)
    if not parts:
        return first
    operators = [operator or part[1] for part in parts]
    return make(operators, (first, *(part[3] for part in parts)))


def _negative(operand: Any) -> Any:
    if isinstance(operand, (int, float)):
        return -operand
    return ae.ArithmeticStructure(["negative"], (operand,))


def _spelt(name: str) -> str:
    return name.lower().replace(" ", "_")
