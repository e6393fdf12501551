"""An expression tree as the text of an equation, in Vensim's or in XMILE's spelling, with no bracket too many.

The text is read as the same tree: ``a - (b - c)`` keeps its brackets, and so does ``a*(b*c)``, whose product would
round otherwise. Beyond what precedence asks for, brackets stand where tools differ: around a power under a sign or in
another power, an :AND: in an :OR:, what is denied, and a choice inside another.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rcsd.simulation.ir.expression import (
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    Expression,
    Joined,
    Logical,
    Lookup,
    Name,
    Negative,
    Not,
    Number,
    Points,
    Random,
    Reduction,
    Repeated,
    Time,
)
from rcsd.simulation.ir.ranges import MARK
from rcsd.simulation.writer.names import Language, number, spelt
from rcsd.simulation.writer.vocabulary import native, said

_CHOICE, _OR, _AND, _COMPARED, _SUM, _PRODUCT, _SIGNED, _POWER, _WHOLE = range(9)
_ARITHMETIC = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "^": _POWER}
_REDUCED: dict[Language, dict[str, str]] = {
    "vensim": {"sum": "SUM", "prod": "PROD", "vmin": "VMIN", "vmax": "VMAX"},
    "xmile": {"sum": "SUM", "prod": "PROD", "vmin": "MIN", "vmax": "MAX"},
}
_LOGIC: dict[Language, dict[str, str]] = {
    "vensim": {"and": ":AND:", "or": ":OR:", "not": ":NOT:"},
    "xmile": {"and": "AND", "or": "OR", "not": "NOT"},
}
_DRAWS = {"uniform": "RANDOM UNIFORM", "normal": "RANDOM NORMAL", "exponential": "RANDOM EXPONENTIAL"}
_SPACED = {"+", "-"}
_Piece = tuple[str, int]
"""A text, and how tightly what is outermost in it binds."""


class Unsayable(ValueError):  # noqa: N818 - named for what it tells
    """Something that a language has no words for, as the rest of a sentence that begins with the variable."""


def formula(expression: Expression, language: Language = "vensim", *, strict: bool = False) -> str:
    """Write an equation.

    Parameters
    ----------
    expression : Expression
        As a `Definition` holds it, or any later form.
    language : {"vensim", "xmile"}
        Whose words.
    strict : bool
        Whether what the language has no words for is refused; otherwise it is written in the words of the other one,
        or in the tree's own, for people to read.

    Raises
    ------
    Unsayable
        When `strict`, for the first such part.

    Examples
    --------
    >>> half = Arithmetic("/", Name("Birth Rate"), Arithmetic("*", Number(2.0), Name("Area")))
    >>> formula(half), formula(half, "xmile")
    ('Birth Rate/(2*Area)', 'Birth_Rate/(2*Area)')
    """
    return _Writer(language, strict).text(expression)


def table_text(points: Points) -> str:
    """Write a table as Vensim does: its corners, then its points, in brackets.

    Examples
    --------
    >>> table_text(Points((0.0, 2.0), (1.0, 0.5)))
    '([(0,0.5)-(2,1)],(0,1),(2,0.5))'
    """
    corners = [(min(points.x), min(points.y)), (max(points.x), max(points.y))]
    pairs = [*corners, *zip(points.x, points.y, strict=True)]
    least, greatest, *rest = [f"({number(x, 'vensim')},{number(y, 'vensim')})" for x, y in pairs]
    return f"([{least}-{greatest}],{','.join(rest)})"


class _Writer:
    """Writes the expressions of one language."""

    def __init__(self, language: Language, strict: bool) -> None:
        self._language = language
        self._strict = strict

    def text(self, expression: Expression) -> str:
        """Write an expression that stands alone, or as an argument."""
        return self._piece(expression)[0]

    def _piece(self, expression: Expression) -> _Piece:
        return _WRITERS[type(expression)](self, expression)

    def _inside(self, expression: Expression, least: int) -> str:
        """Write an operand; in brackets where it binds less tightly than it must."""
        text, level = self._piece(expression)
        return text if level >= least else f"({text})"

    def _call(self, name: str, arguments: tuple[Expression, ...] | list[Expression]) -> _Piece:
        inside = ", ".join(map(self.text, arguments))
        return f"{name}({inside})", _WHOLE

    def number(self, node: Number) -> _Piece:
        text = number(node.value, self._language)
        if self._strict and self._language == "vensim" and text.endswith(("NAN", "INF")):
            raise Unsayable(f"holds {text}, which Vensim has no number for")
        return text, _SIGNED if text.startswith("-") else _WHOLE

    def name(self, node: Name) -> _Piece:
        text = spelt(node.name.removesuffix(MARK), self._language) + MARK * node.name.endswith(MARK)
        if node.subscripts:
            comma = "," if self._language == "vensim" else ", "
            text += f"[{comma.join(map(self._subscript, node.subscripts))}]"
        return text, _WHOLE

    def _subscript(self, written: str) -> str:
        if self._language == "vensim":
            return spelt(written.removesuffix(MARK), "vensim") + MARK * written.endswith(MARK)
        if written.startswith("*:"):
            return f"*:{spelt(written[2:], 'xmile')}"
        if written == "*" or written.endswith(MARK):
            return "*"
        return written if written.isdigit() else spelt(written, "xmile")

    def time(self, node: Time) -> _Piece:
        return ("Time" if self._language == "vensim" else "TIME"), _WHOLE

    def arithmetic(self, node: Arithmetic) -> _Piece:
        level = _ARITHMETIC[node.operator]
        if node.operator == "^":
            return f"{self._inside(node.left, _WHOLE)}^{self._inside(node.right, _WHOLE)}", level
        left = self._inside(node.left, level)
        # a sign after an operator is right, and nobody writes it
        right = self._inside(node.right, _POWER if _begins_with_sign(node.right) else level + 1)
        sign = f" {node.operator} " if node.operator in _SPACED else node.operator
        return f"{left}{sign}{right}", level

    def negative(self, node: Negative) -> _Piece:
        return f"-{self._inside(node.operand, _WHOLE)}", _SIGNED

    def comparison(self, node: Comparison) -> _Piece:
        return f"{self._inside(node.left, _SUM)} {node.operator} {self._inside(node.right, _SUM)}", _COMPARED

    def logical(self, node: Logical) -> _Piece:
        level = _AND if node.operator == "and" else _OR
        left = self._inside(node.left, level if _is_same(node, node.left) else _COMPARED)
        right = self._inside(node.right, _COMPARED)
        return f"{left} {_LOGIC[self._language][node.operator]} {right}", level

    def denied(self, node: Not) -> _Piece:
        # tools differ in whether a comparison after it is denied: brackets leave no choice
        return f"{_LOGIC[self._language]['not']} {self._inside(node.operand, _WHOLE)}", _COMPARED

    def conditional(self, node: Conditional) -> _Piece:
        if self._language == "vensim":
            return self._call("IF THEN ELSE", (node.condition, node.then, node.otherwise))
        parts = [self._inside(part, _OR) for part in (node.condition, node.then, node.otherwise)]
        return "IF {} THEN {} ELSE {}".format(*parts), _CHOICE

    def call(self, node: Call) -> _Piece:
        if node.function == "subscript":
            return self._piece(node.arguments[0])
        if (
            node.function == "mod" and self._language == "xmile"
        ):  # PySD reads it in small letters, as less than a product
            left, right = (self._inside(each, _WHOLE) for each in node.arguments)
            return f"{left} mod {right}", _SUM
        found = said(node, self._language)
        if found is None:
            name, arguments = native(node)
            if self._strict:
                raise Unsayable(f"calls {name}, which {LANGUAGES[self._language]} has no function for")
            found = name, arguments
        name, arguments = found
        if node.function == "modulo":  # pysimlin reads it as an operator: what stands around it must not bind tighter
            return self._call(name, arguments)[0], _PRODUCT
        return self._call(name.replace(" ", "_") if self._language == "xmile" else name, arguments)

    def lookup(self, node: Lookup) -> _Piece:
        if isinstance(node.table, Name) and self._language == "xmile":
            return self._call("LOOKUP", (node.table, node.argument))
        if isinstance(node.table, Name):
            return f"{self.text(node.table)}({self.text(node.argument)})", _WHOLE
        if self._strict and (self._language == "xmile" or node.table != Points(node.table.x, node.table.y)):
            raise Unsayable("looks a value up in a table within its equation; give the table a variable of its own")
        return f"WITH LOOKUP({self.text(node.argument)}, {table_text(node.table)})", _WHOLE

    def reduction(self, node: Reduction) -> _Piece:
        return self._call(_REDUCED[self._language][node.operator], (node.operand,))

    def joined(self, node: Joined | Repeated) -> _Piece:
        terms = node.terms if isinstance(node, Joined) else (node.term,) * node.count
        if node.operator in ("vmin", "vmax"):
            return self._call(node.operator[1:].upper(), terms)
        sign, level = (" + ", _SUM) if node.operator == "sum" else ("*", _PRODUCT)
        return sign.join(self._inside(term, level + 1) for term in terms), level

    def random(self, node: Random) -> _Piece:
        return self._call(_DRAWS[node.distribution], node.arguments)


LANGUAGES: dict[Language, str] = {"vensim": "Vensim", "xmile": "XMILE"}
"""What people call them."""


def _begins_with_sign(expression: Expression) -> bool:
    """Whether the text of an operand begins with a sign."""
    while isinstance(expression, Arithmetic) and expression.operator in "*/":
        expression = expression.left
    return isinstance(expression, Negative) or (isinstance(expression, Number) and expression.value < 0)


def _is_same(node: Logical, operand: Expression) -> bool:
    return isinstance(operand, Logical) and operand.operator == node.operator


_WRITERS: dict[type, Callable[[_Writer, Any], _Piece]] = {
    Number: _Writer.number,
    Name: _Writer.name,
    Time: _Writer.time,
    Arithmetic: _Writer.arithmetic,
    Negative: _Writer.negative,
    Comparison: _Writer.comparison,
    Logical: _Writer.logical,
    Not: _Writer.denied,
    Conditional: _Writer.conditional,
    Call: _Writer.call,
    Lookup: _Writer.lookup,
    Reduction: _Writer.reduction,
    Joined: _Writer.joined,
    Repeated: _Writer.joined,
    Random: _Writer.random,
}
