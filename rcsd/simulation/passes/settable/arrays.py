"""Initial values of stocks, and elements of constants: one alone, or all of an array by one input."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from rcsd.names import canonical, element_form
from rcsd.simulation.ir.expansion import Expansion
from rcsd.simulation.ir.expression import Arithmetic, Comparison, Conditional, Expression, Name, Number
from rcsd.simulation.ir.system import Equation
from rcsd.simulation.passes.settable.naming import Asked, asked, initial_of

Change = Callable[[Expression], Expression]


def make_settable(
    wanted: Iterable[str], constants: dict[str, float], fixed: dict[str, float], expansion: Expansion
) -> None:
    """Turn elements of constants, and initial values of stocks, into constants that a run may set.

    What is neither stays unknown, and is refused as any unknown input is. An initial value, or a value of all elements,
    that no run sets, NaN by default, is that of the model; a factor is 1. An element that is set alone as well does not
    follow what all are set to.

    Parameters
    ----------
    wanted
        Names, in any spelling.
    constants, fixed
        Of the system; elements move from the second to the first.
    expansion
        With the stocks, and the first value of each.
    """
    elements = {element_form(name): name for name in fixed if name not in expansion.structural}
    stocks = {element_form(stock.name): stock.name for stock in expansion.stocks if "#" not in stock.name}
    every = [each for each in map(asked, wanted) if each.what in ("element", "initial")]
    for each in sorted(every, key=lambda each: each.how != "alone"):
        among = elements if each.what == "element" else stocks
        if each.how != "alone":
            own = [name for form, name in among.items() if form.partition("[")[0] == canonical(each.variable)]
            _set_all(each, own, constants, fixed, expansion)
        elif (name := among.get(element_form(each.variable))) is None:
            continue
        elif each.what == "element":
            constants[name] = fixed.pop(name, constants.get(name, math.nan))
        else:
            _begin(name, initial_of(name), constants, expansion)


def _begin(stock: str, given: str, constants: dict[str, float], expansion: Expansion) -> None:
    if given not in constants:
        constants[given] = math.nan
        expansion.first[stock] = _unless_given(Name(given))(expansion.first[stock])


def _set_all(
    each: Asked, own: list[str], constants: dict[str, float], fixed: dict[str, float], expansion: Expansion
) -> None:
    """Let one input set, or multiply, all elements of a constant or all initial values of a stock."""
    if each.what == "element":
        own = [name for name in own if name in fixed]
    if not own or (input_name := Name(each.input_of(own[0].partition("[")[0]))).name in constants:
        return
    values = [fixed[name] for name in own] if each.what == "element" else [math.nan]
    one = values[0] if len(set(values)) == 1 else math.nan
    constants[input_name.name] = 1.0 if each.how == "factor" else one
    change = _multiplied(input_name) if each.how == "factor" else _unless_given(input_name)
    for name in own:
        if each.what == "element":
            expansion.hidden.append(Equation(name, change(Number(fixed.pop(name)))))
        else:
            expansion.first[name] = change(expansion.first[name])


def _unless_given(given: Name) -> Change:
    # only a number equals itself
    return lambda expression: Conditional(Comparison("=", given, given), given, expression)


def _multiplied(factor: Name) -> Change:
    return lambda expression: Arithmetic("*", factor, expression)
