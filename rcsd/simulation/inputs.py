"""What a run is asked to set, held against the model: a name that cannot be set is answered with those that can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rcsd.errors import ParameterError
from rcsd.names import canonical, element_form, near_matches
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.unsound import Unsound
from rcsd.simulation.passes.settable import initial_of, stock_named

_OPTIONS = {
    "time step": ("--step", "step="),
    "initial time": ("--from", "start="),
    "final time": ("--to", "stop="),
    "saveper": ("--saveper", "save_step="),
}
_MOST_LISTED = 6


def as_mapping(inputs: Any) -> Mapping[str, Any]:
    """Return inputs as a mapping; a DataFrame is one of its columns.

    Raises
    ------
    ParameterError
        For anything that has no names.
    """
    if inputs is None:
        return {}
    if not hasattr(inputs, "items"):
        raise ParameterError(f"inputs are values by name, as in {{'Birth Rate': 0.01}}; got {inputs!r}")
    return dict(inputs.items())


def require_settable(model: Model, names: Iterable[str]) -> None:
    """Refuse names of which it is plain that no run can set them; what else is unknown is left to the simulator.

    Raises
    ------
    ParameterError
        With what can be set in their place.
    """
    for name in names:
        if not isinstance(name, str):
            raise ParameterError(f"an input is named by its text; got {name!r}")
        if (option := _OPTIONS.get(canonical(name))) is not None:
            line, python = option
            raise ParameterError(
                f"{name!r} is part of the time axis: give it with {line} on the command line, or with_time({python}...)"
                " in Python"
            )
        stock = stock_named(name)
        variable = model.get((name if stock is None else stock).partition("[")[0])
        if variable is None:
            continue
        if stock is not None and variable.kind != "stock":
            stocks = [each.name for each in model if each.kind == "stock"]
            hint = near_matches(stock, stocks) or f"the stocks are {_listed(stocks)}"
            raise ParameterError(f"{name!r}: {variable.name!r} is no stock, so it has no initial value; {hint}")
        if variable.subscripts and variable.kind == ("constant" if stock is None else "stock"):
            of_variable = variable.name if stock is None else initial_of(variable.name)
            elements = [f"{of_variable}[{','.join(each)}]" for each in _elements(model, variable.name)]
            if elements and element_form(name) not in map(element_form, elements):
                raise ParameterError(f"{name!r} names no element of an array; set them one by one: {_listed(elements)}")


def require_tables(model: Model, names: Iterable[str]) -> None:
    """Refuse series for what the model does not have.

    Raises
    ------
    ParameterError
        With the nearest names.
    """
    tables = [each.name for each in model if each.is_table or each.kind in ("lookup", "data")]
    for name in names:
        if model.get(name.partition("[")[0]) is None:
            hint = near_matches(name, tables) or f"the model has {_listed(tables)}"
            raise ParameterError(f"{name!r} is not a table or data variable of {model.path.name}; {hint}")


def _elements(model: Model, name: str) -> list[tuple[str, ...]]:
    """List the elements that a variable is defined for, in their order."""
    form = canonical(name)
    try:
        found = [model.ranges.covered(each.subscripts) for each in model.definitions if canonical(each.name) == form]
    except Unsound:  # whoever runs the model says so
        return []
    return list(dict.fromkeys(element for some in found for element in some))


def _listed(names: list[str]) -> str:
    if not names:
        return "none"
    more = f" and {len(names) - _MOST_LISTED} more" if len(names) > _MOST_LISTED else ""
    return ", ".join(map(repr, names[:_MOST_LISTED])) + more
