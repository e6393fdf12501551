"""What a run is asked to set, held against the model: a name that cannot be set is answered with those that can."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from rcsd.errors import ParameterError
from rcsd.names import canonical, element_form, near_matches
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.expression import Expression
from rcsd.simulation.ir.literal import literal
from rcsd.simulation.ir.model import Variable
from rcsd.simulation.ir.unsound import Unsound
from rcsd.simulation.passes.settable import Asked, asked, delays_in, initial_of, place_of, points_of

_OPTIONS = {
    "time step": ("--step", "step="),
    "initial time": ("--from", "start="),
    "final time": ("--to", "stop="),
    "saveper": ("--saveper", "save_step="),
}
_MOST_LISTED, _MOST_POINTS = 6, 20


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
        if (fault := _fault(model, asked(name))) is not None:
            raise ParameterError(f"{name!r}{fault}")


def _fault(model: Model, each: Asked) -> str | None:
    """Say why an input cannot be set, where that is plain."""
    variable = model.get(each.base)
    if variable is None:
        return None
    if each.what in _FAULTS:
        return _FAULTS[each.what](model, each, variable)
    if each.what == "initial" and variable.kind != "stock":
        stocks = [each.name for each in model if each.kind == "stock"]
        hint = near_matches(each.variable, stocks) or f"the stocks are {_listed(stocks)}"
        return f": {variable.name!r} is no stock, so it has no initial value; {hint}"
    return _element_fault(model, each, variable) if each.how == "alone" else _whole_fault(each, variable)


def _element_fault(model: Model, each: Asked, variable: Variable) -> str | None:
    """Say why an element cannot be set."""
    if not variable.subscripts or variable.kind != ("constant" if each.what == "element" else "stock"):
        return None
    of_variable = variable.name if each.what == "element" else initial_of(variable.name)
    elements = [f"{of_variable}[{','.join(element)}]" for element in elements_of(model, variable.name)]
    if not elements or element_form(each.name) in map(element_form, elements):
        return None
    return f" names no element of an array; set them one by one: {_listed(elements)}"


def _whole_fault(each: Asked, variable: Variable) -> str | None:
    """Say why no input can set, or multiply, all of a variable."""
    is_table = variable.tabulated or variable.kind == "lookup"
    if each.what == "initial" or (each.how == "factor" and is_table):
        return None if "[" not in each.variable else f": {each.how!r} is of a whole variable; leave the element out"
    if variable.kind != "constant" or not variable.subscripts or "[" in each.variable:
        tables = ", or a factor the points of a table" if each.how == "factor" else ""
        return (
            f": {each.how!r} sets all elements of a constant with subscripts, or all initial values of a stock{tables}"
        )
    return None


def _point_fault(model: Model, each: Asked, variable: Variable) -> str | None:
    """Say why a point of a table cannot be set."""
    points = points_of(model, variable.name) if variable.tabulated or variable.kind == "lookup" else None
    if points is None:
        return f": {variable.name!r} is no table, so it has no points"
    if each.how != "alone":
        return f": give a factor on the whole table, as 'factor: {variable.name}'"
    if place_of(points, each.x) is None:
        return f": the table {variable.name!r} has no point at {each.x:g}; its x are {_listed_numbers(points.x)}"
    return None


def _delay_fault(model: Model, each: Asked, variable: Variable) -> str | None:
    """Say why the time of a delay cannot be set."""
    contents = [own.content for own in model.definitions if canonical(own.name) == canonical(variable.name)]
    found = max((delays_in(content) for content in contents if isinstance(content, Expression)), key=len, default=[])
    if not found:
        return f": the equation of {variable.name!r} has no delay or smooth"
    if (len(found) > 1 and each.number == 0) or each.number > len(found):
        numbered = [f"delay time {i}: {variable.name}" for i in range(1, len(found) + 1)]
        return f": the equation of {variable.name!r} has {len(found)} delays; say which: {_listed(numbered)}"
    if each.how != "alone":
        return f": set the times of an array's delays one by one, as 'delay time: {variable.name}[...]'"
    time = found[max(each.number, 1) - 1].arguments[1]
    if literal(time, {}, set()) is None:
        return f": the time of this delay is no number in the equation of {variable.name!r}; set what it names"
    return None


_FAULTS: Mapping[str, Callable[[Model, Asked, Variable], str | None]] = {
    "point": _point_fault,
    "delay time": _delay_fault,
}


def _listed_numbers(numbers: Sequence[float]) -> str:
    more = f" and {len(numbers) - _MOST_POINTS} more" if len(numbers) > _MOST_POINTS else ""
    return ", ".join(f"{number:g}" for number in numbers[:_MOST_POINTS]) + more


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


def elements_of(model: Model, name: str) -> list[tuple[str, ...]]:
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
