"""Check `method`: whether the way of integrating suits the equations."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.simulation.checks.finding import Finder, Finding
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.expression import Call, Expression, walk

_JUMPS = frozenset(
    {
        "pulse",
        "pulse train",
        "pulse of an amount",
        "pulse in every step",
        "pulse train of an amount",
        "delay fixed",
        "sample if true",
        "step",
    }
)
"""Functions whose value changes at once."""
_MOST_NAMED = 3


def method_findings(model: Model) -> Iterator[Finding]:
    """Note a Runge-Kutta method in a model of jumps or of random draws: its order is lost, and draws are averaged."""
    if model.time.method == "euler":
        return
    finder = Finder("method", model)
    jumping = list(dict.fromkeys(each.name for each in model.definitions if _jumps(each.content)))
    why = [
        (jumping, "changes at once, which a Runge-Kutta method smooths over the step"),
        (list(model.random), "draws random numbers, which a Runge-Kutta method has no order for"),
    ]
    for names, what in why:
        if names:
            more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
            listed = ", ".join(map(repr, names[:_MOST_NAMED]))
            yield finder.at(
                names[0],
                "note",
                f"{listed}{more} {what} (method {model.time.method})",
                "take Euler's method with a short step, or see to it that the jumps fall on a step",
            )


def _jumps(content: object) -> bool:
    return isinstance(content, Expression) and any(
        isinstance(node, Call) and node.function in _JUMPS for node in walk(content)
    )
