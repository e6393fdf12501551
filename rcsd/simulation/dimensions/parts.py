"""The parts of an expression that must have one unit, and what an argument is called."""

from __future__ import annotations

from collections.abc import Sequence

from rcsd.simulation.dimensions.conflict import Kind
from rcsd.simulation.functions import Function
from rcsd.simulation.ir.expression import Arithmetic, Call, Conditional, Expression, Joined, Negative, Random

EXTREMES = ("min", "max")


def alike(expression: Expression) -> tuple[Sequence[Expression], Kind] | None:
    """Return the parts of a sum, a choice, a least or greatest, a draw, and what each is there; None for others."""
    match expression:
        case Arithmetic("+" | "-"):
            return terms(expression), "term"
        case Joined(operator, joined) if operator != "prod":
            return joined, "term" if operator == "sum" else "branch"
        case Conditional(_, then, otherwise):
            return (then, otherwise), "branch"
        case Call(function, arguments) if function in EXTREMES:
            return _flat(function, arguments), "branch"
        case Random(_, arguments):
            return arguments, "branch"
        case _:
            return None


def terms(expression: Expression) -> list[Expression]:
    """Return the terms of a sum, without their signs, in order."""
    found: list[Expression] = []
    waiting = [expression]
    while waiting:
        match node := waiting.pop():
            case Arithmetic("+" | "-", left, right):
                waiting += [right, left]
            case Negative(operand):
                waiting.append(operand)
            case _:
                found.append(node)
    return found


def role(entry: Function, i: int) -> str:
    """Say which argument of which function one is."""
    known = entry.every_signature
    called = known[0].name if known else entry.key.upper()
    longest = max((each.arguments for each in known), key=len, default=())
    names = entry.arguments if entry.pysd and len(entry.arguments) >= len(longest) else longest
    return f"{names[i]} of {called}" if i < len(names) else f"argument {i + 1} of {called}"


def _flat(function: str, arguments: Sequence[Expression]) -> list[Expression]:
    """Return what the least or greatest is taken of: calls within calls take more than two."""
    found: list[Expression] = []
    waiting = list(reversed(arguments))
    while waiting:
        match node := waiting.pop():
            case Call(inner, parts) if inner == function:
                waiting += reversed(parts)
            case _:
                found.append(node)
    return found
