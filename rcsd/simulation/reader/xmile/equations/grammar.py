"""XMILE's grammar of equations: operators by the precedence of XMILE 1.0, section 3.3.1.

PySD's own grammar reads ``-2^2`` as 4, gives AND and OR one precedence and knows neither nested IF nor ``[*]``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pysd.translators.structures import abstract_expressions as ae

from rcsd.simulation.reader.pysd_calls import Misread
from rcsd.simulation.reader.xmile.equations.nodes import Called, Listed, Reference, Span, Wildcard
from rcsd.simulation.reader.xmile.equations.tokens import Known, Token, tokens

_WORDS = {"and", "or", "not", "mod", "if", "then", "else"}
_COMPARISONS = ("=", "<>")
_LONG = 16
_ORDERS = ("<", "<=", ">", ">=")


def parse(equation: str, known: Known) -> Any:
    """Parse an equation.

    Parameters
    ----------
    equation : str
        As the file has it.
    known : callable
        Whether a word is a name of the model.

    Returns
    -------
    node
        PySD's structures, over `Reference` and `Called`; `Listed` for the values of an array.

    Raises
    ------
    Misread
        Saying where it cannot be read.
    """
    return _Parser(equation, known).whole()


def call(name: str, *arguments: Any) -> Any:
    """Call what PySD's abstract model calls so."""
    return ae.CallStructure(ae.ReferenceStructure(name), arguments)


class _Parser:
    def __init__(self, equation: str, known: Known) -> None:
        self._text = equation
        self._known = known
        self._tokens = tokens(equation, known)
        self._next = 0

    def whole(self) -> Any:
        first = self._choice()
        values = [first]
        while self._take(",", ";"):
            if self._token.kind == "end":  # a list may end with its separator
                break
            values.append(self._choice())
        if self._token.kind != "end":
            raise self._misread()
        return first if len(values) == 1 else Listed(tuple(values))

    @property
    def _token(self) -> Token:
        return self._tokens[self._next]

    def _misread(self) -> Misread:
        token = self._token
        if token.kind == "end":
            return Misread("cannot be read: it ends too early")
        start = token.at
        rest = " ".join(self._text[start:].split())
        return Misread(f"cannot be read at {rest[:40]!r}")

    def _take(self, *signs: str) -> str | None:
        """Take a sign or a word such as AND, if it comes next."""
        token = self._token
        text = token.text.lower() if token.kind == "name" and not token.quoted else token.text
        if text in signs and token.kind in ("sign", "name") and not token.quoted:
            self._next += 1
            return text
        return None

    def _need(self, sign: str) -> None:
        if self._take(sign) is None:
            raise self._misread()

    def _choice(self) -> Any:
        if not self._take("if"):
            return self._either()
        condition = self._choice()
        self._need("then")
        then = self._choice()
        self._need("else")
        return call("if_then_else", condition, then, self._choice())

    def _either(self) -> Any:
        return self._logical("or", self._both)

    def _both(self) -> Any:
        return self._logical("and", self._denied)

    def _denied(self) -> Any:
        # before a comparison it denies that: NOT a > b would else compare a truth value with b
        if self._take("not"):
            return ae.LogicStructure([":NOT:"], (self._denied(),))
        return self._equal()

    def _logical(self, word: str, part: Callable[[], Any]) -> Any:
        parts = [part()]
        while self._take(word):
            parts.append(part())
        return (
            parts[0] if len(parts) == 1 else ae.LogicStructure([f":{word.upper()}:"] * (len(parts) - 1), tuple(parts))
        )

    def _equal(self) -> Any:
        return self._compared(_COMPARISONS, self._ordered)

    def _ordered(self) -> Any:
        return self._compared(_ORDERS, self._sum)

    def _compared(self, signs: tuple[str, ...], part: Callable[[], Any]) -> Any:
        left = part()
        if not (sign := self._take(*signs)):
            return left
        right = part()
        if self._token.text in signs and not self._token.quoted:
            raise Misread(
                "chains comparisons, which compares a truth value: write them with AND, as in 1 < 2 AND 2 < 3"
            )
        return ae.LogicStructure([sign], (left, right))

    def _sum(self) -> Any:
        parts, operators = [self._product()], []
        while sign := self._take("+", "-"):
            operators.append(sign)
            parts.append(self._product())
        return ae.ArithmeticStructure(operators, tuple(parts)) if operators else parts[0]

    def _product(self) -> Any:
        left = self._signed()
        parts: list[Any] = [left]
        operators: list[str] = []
        while sign := self._take("*", "/", "//", "mod"):
            right = self._signed()
            if sign in ("*", "/"):
                operators.append(sign)
                parts.append(right)
                continue
            whole = ae.ArithmeticStructure(operators, tuple(parts)) if operators else parts[0]
            parts = [call("modulo", whole, right) if sign == "mod" else Called(("safediv",), (whole, right))]
            operators = []
        return ae.ArithmeticStructure(operators, tuple(parts)) if operators else parts[0]

    def _signed(self) -> Any:
        if self._take("-"):
            operand = self._signed()
            if isinstance(operand, (int, float)):
                return -operand
            return ae.ArithmeticStructure(["negative"], (operand,))
        if self._take("+"):
            return self._signed()
        if self._take("not"):
            return ae.LogicStructure([":NOT:"], (self._signed(),))
        return self._power()

    def _power(self) -> Any:
        base = self._operand()
        if not self._take("^"):
            return base
        if isinstance(base, (int, float)) and base < 0:  # PySD would write -2**2 for (-2)^2
            base = ae.ArithmeticStructure(["negative"], (-base,))
        return ae.ArithmeticStructure(["^"], (base, self._signed()))

    def _operand(self) -> Any:
        token = self._token
        if token.kind == "number":
            self._next += 1
            # PySD wants the order of a delay as a whole number
            return int(token.text) if token.text.isdigit() and len(token.text) < _LONG else float(token.text)
        if self._take("("):
            inside = self._choice()
            self._need(")")
            return inside
        if token.kind == "name" and (token.quoted or token.text.lower() not in _WORDS or self._calls_mod()):
            return self._named()
        if token.kind == "name" and token.text.lower() == "if":
            return self._choice()
        if token.text == "." and self._tokens[self._next + 1].kind == "name":
            return self._named()
        raise self._misread()

    def _calls_mod(self) -> bool:
        """Whether MOD, an operator between operands, stands where an operand begins: then it is the function."""
        return self._token.text.lower() == "mod" and self._tokens[self._next + 1].text == "("

    def _named(self) -> Any:
        path = [""] if self._token.text == "." else [self._words()]
        while self._token.text == "." and self._tokens[self._next + 1].kind == "name":
            self._next += 1
            path.append(self._words())
        if self._take("("):
            return Called(tuple(path), self._arguments())
        subscripts = self._subscripts() if self._take("[") else ()
        return Reference(tuple(path), subscripts, transposed=self._take("'") is not None)

    def _words(self) -> str:
        """Take a name; several words are one where the model has such a name, or where they are called."""
        first = self._next
        self._next += 1
        end = self._next
        while self._tokens[end].kind == "name" and self._tokens[end].text.lower() not in _WORDS:
            end += 1
        words = [token.text for token in self._tokens[first:end]]
        for n in range(len(words), 1, -1):
            calls = n == len(words) and self._tokens[end].text == "("
            if calls or self._known(" ".join(words[:n])):
                self._next = first + n
                return " ".join(words[:n])
        return words[0]

    def _arguments(self) -> tuple[Any, ...]:
        if self._take(")"):
            return ()
        arguments = [self._choice()]
        while not self._take(")"):
            # PySD lets arguments stand side by side
            self._take(",")
            arguments.append(self._choice())
        return tuple(arguments)

    def _subscripts(self) -> tuple[Any, ...]:
        subscripts = [self._subscript()]
        while self._take(","):
            subscripts.append(self._subscript())
        self._need("]")
        return tuple(subscripts)

    def _subscript(self) -> Any:
        if self._take("*"):
            return Wildcard(self._words() if self._take(":") and self._token.kind == "name" else None)
        first = self._choice()
        return Span(first, self._choice()) if self._take(":") else first
