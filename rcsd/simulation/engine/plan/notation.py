"""An expression as one line of text, for the comments of generated code."""

from __future__ import annotations

from rcsd.simulation.ir.expression import (
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    Expression,
    Logical,
    Lookup,
    Name,
    Negative,
    Not,
    Number,
    Random,
    Repeated,
    Time,
)

_LONGEST = 400
_DEEPEST = 40


def notation(expression: Expression) -> str:
    """Write an expression in the words of a model file.

    Returns
    -------
    str
        One line of printable ASCII, whatever the names hold; shortened when it is very long.
    """
    return one_line(_text(expression, 0))


def one_line(text: str) -> str:
    """Make any text fit to stand in a comment."""
    plain = " ".join(text.encode("ascii", "backslashreplace").decode().split())
    plain = "".join(character if character.isprintable() else "?" for character in plain)
    return plain if len(plain) <= _LONGEST else plain[:_LONGEST] + "..."


def _text(expression: Expression, depth: int) -> str:  # noqa: C901, PLR0911, PLR0912 - one line per node
    if depth > _DEEPEST:
        return "..."

    def of(part: Expression) -> str:
        return _text(part, depth + 1)

    match expression:
        case Number(value):
            return f"{value:.17g}"
        case Name(name):
            return name
        case Time(of_step):
            return "Time of the step" if of_step else "Time"
        case Arithmetic(operator, left, right):
            return f"({of(left)} {operator} {of(right)})"
        case Comparison(operator, left, right):
            return f"{of(left)} {operator} {of(right)}"
        case Logical(operator, left, right):
            return f"({of(left)} :{operator.upper()}: {of(right)})"
        case Negative(operand):
            return f"-{of(operand)}"
        case Not(operand):
            return f":NOT: ({of(operand)})"
        case Conditional(condition, then, otherwise):
            return f"IF THEN ELSE({of(condition)}, {of(then)}, {of(otherwise)})"
        case Lookup(Name(table), argument):
            return f"{table}({of(argument)})"
        case Call(function, arguments):
            return f"{function.upper()}({', '.join(map(of, arguments))})"
        case Repeated(operator, term, count):
            return f"{operator.upper()} OF {count}({of(term)})"
        case Random(distribution, arguments, stream):
            return f"RANDOM {distribution.upper()}({', '.join(map(of, arguments))}, stream {stream})"
    raise NotImplementedError(f"{type(expression).__name__} does not stand in a system")
