"""What a run may set beside the constants of a model: initial values of its stocks, and single elements of constants.

They are inputs on demand: a model without them is the same system, and has the same machine code, as ever.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from rcsd.names import canonical, element_form
from rcsd.simulation.ir.expansion import Expansion
from rcsd.simulation.ir.expression import Comparison, Conditional, Name

INITIAL = "initial"


def stock_named(name: str) -> str | None:
    """Return the stock whose initial value is meant by a name, such as "initial: Population"; None for another name.

    Examples
    --------
    >>> stock_named("Initial: Population[north]")
    'Population[north]'
    >>> stock_named("Initial Population")
    """
    first, colon, stock = name.partition(":")
    return stock.strip() if colon and canonical(first) == INITIAL and stock.strip() else None


def initial_of(stock: str) -> str:
    """Return the name of the input that sets the initial value of a stock."""
    return f"{INITIAL}: {stock}"


def make_settable(
    wanted: Iterable[str], constants: dict[str, float], fixed: dict[str, float], expansion: Expansion
) -> None:
    """Turn elements of constants, and initial values of stocks, into constants that a run may set.

    What is neither stays unknown, and is refused as any unknown input is. An initial value that no run sets, NaN by
    default, is that of the model.

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
    for name in wanted:
        stock = stock_named(name)
        if stock is None:
            element = elements.get(element_form(name))
            if element is not None:
                constants[element] = fixed.pop(element, constants.get(element, math.nan))
        elif element_form(stock) in stocks:
            own = stocks[element_form(stock)]
            given = Name(initial_of(own))
            if given.name not in constants:
                constants[given.name] = math.nan
                # only a number equals itself
                expansion.first[own] = Conditional(Comparison("=", given, given), given, expansion.first[own])
