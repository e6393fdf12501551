"""Equations as MathML: fractions stacked, names as words that lead to their variables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape

from rcsd.names import canonical
from rcsd.simulation.functions import FUNCTIONS
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
    children,
    names_in,
)
from rcsd.simulation.ir.ranges import MARK
from rcsd.simulation.writer.vocabulary import native

_CHOICE, _OR, _AND, _COMPARED, _SIGNED, _SUM, _PRODUCT, _POWER, _WHOLE = range(9)
_COMPARISONS = {"=": "=", "<>": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_OVER = {"sum": "∑", "prod": "∏", "vmin": "min", "vmax": "max"}
_SPACED = frozenset({"+", "−", "×", "=", "≠", "<", "≤", ">", "≥"})
_LONG = 60
"""Letters of a sum or product beyond which each part has a line of its own."""
_Piece = tuple[Markup, int]
"""MathML, and how tightly what is outermost in it binds."""


class Typesetter:
    """Writes expressions of one model as MathML.

    Parameters
    ----------
    places : mapping of str to (str, str)
        The name of each variable for people, and the address that it leads to, by its canonical name.
    """

    def __init__(self, places: Mapping[str, tuple[str, str]]) -> None:
        self._places = places

    def equation(self, expression: Expression) -> Markup:
        """Return an expression as a ``<math>`` of its own; of a long sum or product, each part has a line."""
        parts = _chain(expression)
        if len(parts) > 1 and _length(expression) > _LONG:
            rows = [_tag("mtr", [_tag("mtd", self._part(*part, first=i == 0))]) for i, part in enumerate(parts)]
            inside = _tag("mtable", rows, columnalign="left", displaystyle="true", **{"class": "terms"})
        else:
            inside = _tag("mrow", [self._piece(expression)[0]])
        return Markup('<math display="block">{}</math>').format(inside)

    def name(self, name: str, subscripts: Iterable[str] = ()) -> Markup:
        """Return a name as words, leading to its variable where there is one, with its subscripts."""
        known = self._places.get(canonical(name))
        text = escape(name.replace("_", " ") if known is None else known[0])
        words = text if known is None else Markup('<a href="{}">{}</a>').format(known[1], known[0])
        # words alone count as space, and an operator among them would put its own outside
        written = Markup("<mrow><mi></mi><mtext>{}</mtext></mrow>").format(words)
        inside = [_spelt(each) for each in subscripts]
        if not inside:
            return written
        return Markup("<msub>{}<mtext>{}</mtext></msub>").format(written, ", ".join(inside))

    def _part(self, operator: str, operand: Expression, *, first: bool) -> list[Markup]:
        """Write a term with its sign, or a factor."""
        level = _SUM if operator == "+" else _PRODUCT
        if first:
            return [self._inside(operand, _PRODUCT if operator == "*" else _SIGNED)]
        return [_operator({"+": "+", "-": "−", "*": "×"}[operator]), self._inside(operand, level)]

    def _piece(self, expression: Expression) -> _Piece:
        return _WRITERS[type(expression)](self, expression)

    def _whole(self, expression: Expression) -> Markup:
        return _tag("mrow", [self._piece(expression)[0]])

    def _inside(self, expression: Expression, least: int) -> Markup:
        """Write an operand; in brackets where it binds less tightly than it must."""
        text, level = self._piece(expression)
        return text if level >= least else _bracketed([text])

    def _listed(self, arguments: Iterable[Expression]) -> list[Markup]:
        parts: list[Markup] = []
        for argument in arguments:
            parts += [_operator(","), self._piece(argument)[0]] if parts else [self._piece(argument)[0]]
        return parts

    def _number(self, node: Number) -> _Piece:
        text = _figures(abs(node.value))
        return (_tag("mrow", [_sign(), text]), _SIGNED) if node.value < 0 else (text, _WHOLE)

    def _named(self, node: Name) -> _Piece:
        return self.name(node.name, node.subscripts), _WHOLE

    def _time(self, _: Time) -> _Piece:
        return Markup("<mtext>Time</mtext>"), _WHOLE

    def _arithmetic(self, node: Arithmetic) -> _Piece:
        match node.operator:
            case "/":
                return _tag("mfrac", [self._whole(node.left), self._whole(node.right)]), _POWER
            case "^":
                base = self._inside(node.left, _WHOLE)
                return _tag("msup", [_tag("mrow", [base]), self._whole(node.right)]), _POWER
            case _:
                parts = [self._part(*part, first=i == 0) for i, part in enumerate(_chain(node))]
                row = _tag("mrow", [each for part in parts for each in part])
                return row, _PRODUCT if node.operator == "*" else _SUM

    def _negative(self, node: Negative) -> _Piece:
        return _tag("mrow", [_sign(), self._inside(node.operand, _PRODUCT)]), _SIGNED

    def _comparison(self, node: Comparison) -> _Piece:
        sides = [self._inside(each, _SIGNED) for each in (node.left, node.right)]
        return _tag("mrow", [sides[0], _operator(_COMPARISONS[node.operator]), sides[1]]), _COMPARED

    def _logical(self, node: Logical) -> _Piece:
        level = _AND if node.operator == "and" else _OR
        sides = [self._inside(each, level) for each in (node.left, node.right)]
        return _tag("mrow", [sides[0], _words(f" {node.operator} "), sides[1]]), level

    def _denied(self, node: Not) -> _Piece:
        return _tag("mrow", [_words("not "), self._inside(node.operand, _WHOLE)]), _COMPARED

    def _conditional(self, node: Conditional) -> _Piece:
        """Write nested choices as cases, one below the other."""
        rows: list[Markup] = []
        rest: Expression = node
        while isinstance(rest, Conditional):
            rows.append(self._case(self._whole(rest.then), [_words("if "), self._whole(rest.condition)]))
            rest = rest.otherwise
        rows.append(self._case(self._whole(rest), [_words("otherwise")]))
        table = _tag("mtable", rows, columnalign="left", **{"class": "cases"})
        return _tag("mrow", [_operator("{"), table]), _CHOICE

    def _case(self, value: Markup, when: list[Markup]) -> Markup:
        return _tag("mtr", [_tag("mtd", [value]), _tag("mtd", when)])

    def _call(self, node: Call) -> _Piece:
        arguments = node.arguments
        match node.function, len(arguments):
            case "sqrt", 1:
                return _tag("msqrt", [self._whole(arguments[0])]), _WHOLE
            case "abs", 1:
                return _tag("mrow", [_operator("|"), self._whole(arguments[0]), _operator("|")]), _WHOLE
            case "exp", 1:
                return _tag("msup", [Markup("<mi>e</mi>"), self._whole(arguments[0])]), _POWER
            case "power", 2:
                return self._arithmetic(Arithmetic("^", *arguments))
            case "subscript", 1:
                return self._piece(arguments[0])
        name, listed = native(node)
        return self._called(name, listed, self._meaning(node.function))

    def _meaning(self, function: str) -> str:
        found = FUNCTIONS.get(function)
        return "" if found is None else found.meaning

    def _called(self, name: str, arguments: Iterable[Expression], meaning: str = "") -> _Piece:
        word = Markup('<mtext><abbr title="{}">{}</abbr></mtext>').format(meaning, name.lower())
        if not meaning:
            word = _words(name.lower())
        return _tag("mrow", [word, _bracketed(self._listed(arguments))]), _WHOLE

    def _lookup(self, node: Lookup) -> _Piece:
        table = _words("table") if isinstance(node.table, Points) else self.name(node.table.name, node.table.subscripts)
        return _tag("mrow", [table, _bracketed([self._piece(node.argument)[0]])]), _WHOLE

    def _reduction(self, node: Reduction) -> _Piece:
        sign = Markup("<mo>{}</mo>").format(_OVER[node.operator])
        over = [_spelt(each) for each in dict.fromkeys(_marks(node.operand))]
        head = Markup("<munder>{}<mtext>{}</mtext></munder>").format(sign, ", ".join(over)) if over else sign
        return _tag("mrow", [head, self._inside(node.operand, _PRODUCT)]), _PRODUCT

    def _joined(self, node: Joined | Repeated) -> _Piece:
        terms = node.terms if isinstance(node, Joined) else (node.term,) * node.count
        if node.operator in ("vmin", "vmax"):
            return self._called(node.operator[1:], terms)
        sign, level = ("+", _SUM) if node.operator == "sum" else ("×", _PRODUCT)
        parts: list[Markup] = []
        for term in terms:
            inside = self._inside(term, level)
            parts += [_operator(sign), inside] if parts else [inside]
        return _tag("mrow", parts), level

    def _random(self, node: Random) -> _Piece:
        return self._called(f"random {node.distribution}", node.arguments)


def _tag(name: str, inside: Iterable[Markup], **attributes: str) -> Markup:
    written = Markup("").join(Markup(' {}="{}"').format(key, value) for key, value in attributes.items())
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), written, Markup("").join(inside))


def _operator(sign: str) -> Markup:
    if sign in _SPACED:  # between words the space of symbols is too little
        return Markup('<mo lspace="0.3em" rspace="0.3em">{}</mo>').format(sign)
    return Markup("<mo>{}</mo>").format(sign)


def _sign() -> Markup:
    """Write the sign of a number or an operand, close before it."""
    return Markup('<mo form="prefix" lspace="0" rspace="0">−</mo>')


def _words(text: str) -> Markup:
    return Markup("<mtext>{}</mtext>").format(text.replace(" ", "\N{NO-BREAK SPACE}"))


def _bracketed(inside: list[Markup]) -> Markup:
    return _tag("mrow", [_operator("("), *inside, _operator(")")])


def _spelt(subscript: str) -> str:
    return subscript.removesuffix(MARK).replace("_", " ")


def _figures(value: float) -> Markup:
    """Write a number that is not negative; a very large or small one with its power of ten."""
    text = f"{value:.12g}"
    mantissa, e, exponent = text.partition("e")
    if not e:
        return Markup("<mn>{}</mn>").format(text)
    power = Markup("<msup><mn>10</mn><mn>{}</mn></msup>").format(str(int(exponent)).replace("-", "−"))
    return _tag("mrow", [Markup("<mn>{}</mn>").format(mantissa), _operator("×"), power])


def _chain(expression: Expression) -> list[tuple[str, Expression]]:
    """List the terms of the outermost sum with their signs, or the factors of the outermost product."""
    operators = next((each for each in (("+", "-"), ("*",)) if _is_of(expression, each)), ())
    if not operators:
        return [("+", expression)]
    parts: list[tuple[str, Expression]] = []
    while isinstance(expression, Arithmetic) and expression.operator in operators:
        parts.append((expression.operator, expression.right))
        expression = expression.left
    parts.append((operators[0], expression))
    return parts[::-1]


def _is_of(expression: Expression, operators: tuple[str, ...]) -> bool:
    return isinstance(expression, Arithmetic) and expression.operator in operators


def _length(expression: Expression) -> int:
    """Estimate how many letters an expression is wide: a fraction is as wide as the longer of its halves."""
    if isinstance(expression, Name):
        return len(expression.name) + 2 * len(expression.subscripts)
    inside = [_length(each) for each in children(expression)]
    if isinstance(expression, Arithmetic) and expression.operator == "/":
        return max(inside)
    return 3 + sum(inside)


def _marks(expression: Expression) -> Iterable[str]:
    """Yield the subscripts that a sum runs over."""
    return (each for name in names_in(expression) for each in name.subscripts if each.endswith(MARK))


_WRITERS: dict[type, Callable[[Typesetter, Any], _Piece]] = {
    Number: Typesetter._number,
    Name: Typesetter._named,
    Time: Typesetter._time,
    Arithmetic: Typesetter._arithmetic,
    Negative: Typesetter._negative,
    Comparison: Typesetter._comparison,
    Logical: Typesetter._logical,
    Not: Typesetter._denied,
    Conditional: Typesetter._conditional,
    Call: Typesetter._call,
    Lookup: Typesetter._lookup,
    Reduction: Typesetter._reduction,
    Joined: Typesetter._joined,
    Repeated: Typesetter._joined,
    Random: Typesetter._random,
}
