"""Times of delays and smooths that stand as numbers in an equation."""

from __future__ import annotations

from collections.abc import Iterable

from rcsd.names import element_form
from rcsd.simulation.functions import FUNCTIONS
from rcsd.simulation.functions.ways import Stateful
from rcsd.simulation.ir.expression import Call, Expression, Name, walk, with_children
from rcsd.simulation.ir.literal import literal
from rcsd.simulation.passes.settable.naming import Asked, asked

_TIMES = ("delay time", "smooth time", "average time")


class Delays:
    """What runs may set about delays.

    Parameters
    ----------
    wanted
        Names of inputs; those that are no times of delays are left to others.
    constants
        Of the system; gets the inputs, each with the number of the model.
    known
        Constants that functions with memory know; gets the same.
    """

    def __init__(self, wanted: Iterable[str], constants: dict[str, float], known: dict[str, float]) -> None:
        self._constants, self._known = constants, known
        self._wanted: dict[str, list[Asked]] = {}
        for each in map(asked, wanted):
            if each.what == "delay time" and each.how == "alone":
                self._wanted.setdefault(element_form(each.variable), []).append(each)

    def within(self, owner: str, expression: Expression) -> Expression:
        """Return the equation of a variable with inputs in the place of the numbers of its delays."""
        wanted = self._wanted.get(element_form(owner), [])
        for each in wanted:
            found = delays_in(expression)
            chosen = found[max(each.number, 1) - 1] if max(each.number, 1) <= len(found) else None
            value = None if chosen is None else literal(chosen.arguments[1], {}, set())
            if chosen is None or value is None:
                continue
            name = each.input_of(owner)
            self._constants[name] = self._known[name] = value
            input_name = Name(name)

            def put(part: Expression, chosen: Call = chosen, input_name: Name = input_name) -> Expression:
                if part is chosen:
                    return Call(chosen.function, (chosen.arguments[0], input_name, *chosen.arguments[2:]))
                return with_children(part, put)

            expression = put(expression)
        return expression


def delays_in(expression: Expression) -> list[Call]:
    """List the delays, smooths, trends and forecasts of an equation, from left to right."""
    return [node for node in walk(expression) if isinstance(node, Call) and _has_time(node)]


def _has_time(call: Call) -> bool:
    function = FUNCTIONS.get(call.function)
    return (
        function is not None
        and isinstance(function.how, Stateful)
        and len(function.arguments) > 1
        and function.arguments[1] in _TIMES
        and len(call.arguments) > 1
    )
