"""What functions of the expression tree are called in Vensim and in XMILE, and in which order their arguments stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rcsd.simulation.functions import FUNCTIONS, Function
from rcsd.simulation.ir.expression import Call, Expression, Number
from rcsd.simulation.ir.file.script import MACRO
from rcsd.simulation.writer.names import Language

Said = tuple[str, tuple[Expression, ...]]
"""A name, and the arguments in the order of the file."""
_Way = Callable[[tuple[Expression, ...]], Said | None]
_ZERO = Number(0.0)


def said(call: Call, language: Language) -> Said | None:
    """Return how a language calls a function; None where it has no such function."""
    if call.function.startswith(MACRO):
        return call.function.removeprefix(MACRO), call.arguments
    way = _WAYS[language].get(call.function)
    if way is not None:
        return way(call.arguments)
    function = FUNCTIONS.get(call.function)
    return None if function is None else _listed(function, call.arguments, language)


def native(call: Call) -> Said:
    """Return how the one language that has a function calls it, or what the tree calls it: for people to read."""
    found = said(call, "vensim") or said(call, "xmile")
    return (call.function.upper(), call.arguments) if found is None else found


def _listed(function: Function, arguments: tuple[Expression, ...], language: Language) -> Said | None:
    """Take the first signature that fits, and put the arguments into its order."""
    for signature in function.signatures(language):
        if not signature.takes(len(arguments)):
            continue
        order = function.arguments
        if set(order) == set(signature.arguments) and len(order) == len(arguments):
            given = dict(zip(order, arguments, strict=True))
            arguments = tuple(given[name] for name in signature.arguments)
        return signature.name, arguments
    return None


def _graded(names: Mapping[float, tuple[str, str]]) -> _Way:
    """Return how a smooth or delay of an order is called: with an initial value where it is not the input."""

    def way(arguments: tuple[Expression, ...]) -> Said | None:
        entering, time, initial, order = arguments
        known = names.get(order.value) if isinstance(order, Number) else None
        if known is None:
            return None
        plain, started = known
        return (plain, (entering, time)) if initial == entering else (started, (entering, time, initial))

    return way


def _of_order(name: str) -> _Way:
    """Return how XMILE calls a smooth or delay of any order: the initial value comes last and may be left out."""

    def way(arguments: tuple[Expression, ...]) -> Said:
        entering, time, initial, order = arguments
        return name, (entering, time, order) if initial == entering else (entering, time, order, initial)

    return way


def _without(name: str, last: Callable[[tuple[Expression, ...]], Expression]) -> _Way:
    """Return a call whose last argument is left out where it is what `last` gives."""

    def way(arguments: tuple[Expression, ...]) -> Said:
        return name, arguments[:-1] if arguments[-1] == last(arguments) else arguments

    return way


def _zero(_: tuple[Expression, ...]) -> Expression:
    return _ZERO


def _stock(arguments: tuple[Expression, ...]) -> Said:
    return "INTEG", arguments[:2]


def _forecast(arguments: tuple[Expression, ...]) -> Said | None:
    return ("FORECAST", arguments[:3]) if arguments[-1] == _ZERO else None


_WAYS: dict[Language, dict[str, _Way]] = {
    "vensim": {
        "integ": _stock,
        "smooth": _graded({1.0: ("SMOOTH", "SMOOTHI"), 3.0: ("SMOOTH3", "SMOOTH3I")}),
        "delay1": _graded({1.0: ("DELAY1", "DELAY1I"), 3.0: ("DELAY3", "DELAY3I")}),
        "forecast": _forecast,
    },
    "xmile": {
        "integ": _stock,
        "smooth": _graded({1.0: ("SMTH1", "SMTH1"), 3.0: ("SMTH3", "SMTH3")}),
        "delay1": _graded({1.0: ("DELAY1", "DELAY1"), 3.0: ("DELAY3", "DELAY3")}),
        "random uniform": lambda arguments: ("UNIFORM", arguments),
        "smooth n": _of_order("SMTHN"),
        "delay n": _of_order("DELAYN"),
        "delay fixed": _without("DELAY", lambda arguments: arguments[0]),
        "trend": _without("TREND", _zero),
        "forecast": _without("FORCST", _zero),
    },
}
