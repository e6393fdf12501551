"""Formulas of parts of equations, for people."""

from __future__ import annotations

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
    Time,
)

_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 4}


def formula(content: Expression | Points) -> str:
    """Write an expression as a formula."""
    if isinstance(content, Points):
        return f"a table of {len(content.x)} points"
    return _text(content, 0)


def _text(node: Expression, outer: int) -> str:  # noqa: PLR0911, PLR0912, C901 - a node a line
    match node:
        case Number(value):
            return f"{value:.12g}"
        case Name(name, subscripts):
            return f"{name}[{','.join(subscripts)}]" if subscripts else name
        case Time():
            return "Time"
        case Arithmetic(operator, left, right):
            own = _STRENGTH[operator]
            text = f"{_text(left, own)} {operator} {_text(right, own + 1)}"
            return f"({text})" if own < outer else text
        case Negative(operand):
            return f"-{_text(operand, 3)}"
        case Comparison(operator, left, right):
            return f"{_text(left, 1)} {operator} {_text(right, 1)}"
        case Logical(operator, left, right):
            return f"({_text(left, 0)} {operator.upper()} {_text(right, 0)})"
        case Not(operand):
            return f"NOT ({_text(operand, 0)})"
        case Conditional(condition, then, otherwise):
            return _call("IF THEN ELSE", condition, then, otherwise)
        case Call(function, arguments):
            return _call(function.upper(), *arguments)
        case Lookup(table, argument):
            return f"{table.name if isinstance(table, Name) else 'table'}({_text(argument, 0)})"
        case Reduction(operator, operand):
            return _call(operator.upper(), operand)
        case Joined(operator, terms):
            return _call(operator.upper(), *terms)
        case Random(distribution, arguments):
            return _call(f"RANDOM {distribution.upper()}", *arguments)
        case _:
            return repr(node)


def _call(function: str, *arguments: Expression) -> str:
    return f"{function}({', '.join(_text(each, 0) for each in arguments)})"
