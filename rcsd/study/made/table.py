"""The tables of a study.toml, from the keywords of Python."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rcsd.analysis.clock.simulator import summed_unit
from rcsd.analysis.parameters import Parameter
from rcsd.errors import StudyError
from rcsd.simulation.loading import LoadedModel
from rcsd.simulation.passes.settable import asked
from rcsd.study.made.data import UnitOf
from rcsd.study.made.folder import DATA, model_name
from rcsd.study.made.values import plain
from rcsd.tables import written_rows

SOURCE = "range given by the analyst"
"""Source of a parameter for which none is named."""

_PAIR = 2


def series_table(series: Mapping[str, Any] | Iterable[str]) -> dict[str, Any]:
    """Write `[series]`: by name of a series its variable, or a table with it; or names that are those of variables.

    Examples
    --------
    >>> series_table({"hares": "Hares", "lynx": {"variable": "Lynx", "error": 0.2}})
    {'hares': {'variable': 'Hares'}, 'lynx': {'variable': 'Lynx', 'error': 0.2}}
    """
    named = series if isinstance(series, Mapping) else {each: each for each in series}
    return {
        str(name): {"variable": content} if isinstance(content, str) else plain(content, f"series.{name}")
        for name, content in named.items()
    }


def parameters_table(parameters: Mapping[str, Any] | Sequence[Parameter], model: LoadedModel) -> dict[str, Any]:
    """Write `[parameters]`: by name (lower, upper), a `Parameter` or a table; the unit is the model's if none is given.

    Raises
    ------
    StudyError
        For what is none of these.

    Examples
    --------
    >>> from rcsd.simulation.loading import load
    >>> parameters_table({"Mutation Rate": (0.0, 0.1)}, load("hypercycle"))["Mutation Rate"]["upper"]
    0.1
    """
    named = parameters if isinstance(parameters, Mapping) else {each.name: each for each in parameters}
    return {str(name): _parameter(str(name), content, model) for name, content in named.items()}


def _parameter(name: str, content: Any, model: LoadedModel) -> dict[str, Any]:
    where = f"parameters.{name}"
    table = plain(content, where)
    if isinstance(table, list) and len(table) == _PAIR:
        table = {"lower": table[0], "upper": table[1]}
    if not isinstance(table, dict):
        raise StudyError(f"give (lower, upper), a Parameter or a table, found {content!r}", field=where)
    table.pop("name", None)
    if table.get("documentation") == "":
        del table["documentation"]
    unit = "Dmnl" if table.get("shared") == "factor" else input_unit(model, name)
    return {"unit": unit, "source": SOURCE, **table}


def input_unit(model: LoadedModel, name: str) -> str:
    """Return the unit of what a parameter may be: a constant, the initial value of a stock, the time of a delay...

    Examples
    --------
    >>> from rcsd.simulation.loading import load
    >>> input_unit(load("resource_city"), "initial: Population"), input_unit(load("resource_city"), "factor: GDP")
    ('wan person', 'Dmnl')
    """
    if name.strip() in model.ir:
        return unit_in(model, name)
    each = asked(name)
    if each.how == "factor":
        return "Dmnl"
    return str(model.time.unit) if each.what == "delay time" else unit_in(model, each.variable)


def unit_in(model: LoadedModel, name: str) -> str:
    """Return the unit of a variable, an element or a point of it; empty for one that the model does not have."""
    for whole in (name, name.partition("[")[0], name.partition("(")[0]):
        if whole.strip() in model.ir:
            return str(model.ir[whole.strip()].unit)
    return ""


def study_table(
    model: LoadedModel,
    head: Mapping[str, Any],
    windows: Mapping[str, Any],
    series: Mapping[str, Any] | Iterable[str],
    parameters: Mapping[str, Any] | Sequence[Parameter],
    tables: Mapping[str, Any],
    *,
    extends: str | None = None,
) -> dict[str, Any]:
    """Write what a study.toml would hold.

    Parameters
    ----------
    model
        Of the study.
    head, windows
        Keys of these two tables; None where one is not given.
    series, parameters
        As of `series_table` and `parameters_table`.
    tables
        All others by name; those of `head` and `windows` go before the same keys there.
    extends
        A base file.
    """
    others = {name: plain(each, name) for name, each in tables.items() if each is not None}
    own = {} if extends is not None else {"seed": 0}
    first = {"name": name_of(model), **own, **plain(head), "model": model_name(model), "data": DATA}
    found: dict[str, Any] = {} if extends is None else {"extends": extends}
    found["study"] = {**first, **others.pop("study", {})}
    found["windows"] = {**plain(windows), **others.pop("windows", {})}
    found["series"] = series_table(series)
    found["parameters"] = parameters_table(parameters, model) if parameters else {}
    kept = {name: each for name, each in found.items() if each}  # what is missing is said to be
    return {**kept, **others}


def name_of(model: LoadedModel) -> str:
    """Make the name of a study of that of its model: small letters, digits and hyphens.

    Examples
    --------
    >>> from rcsd.simulation.loading import load
    >>> name_of(load("digital_cluster"))
    'digital_cluster'
    """
    return re.sub(r"[^a-z0-9_]+", "-", model.name.lower()).strip("-_") or "study"


def units_of(table: Mapping[str, Any], model: LoadedModel, given: Mapping[str, str]) -> UnitOf:
    """Return what knows the unit of a series that comes without one: as given, else that of its variable."""
    named = {each["from"]: constant for constant, each in table.get("constants", {}).items() if "from" in each}
    named |= {name: each.get("table", "") for name, each in table.get("drivers", {}).items()}
    series = table.get("series", {})
    variables = {name: each.get("variable", "") for name, each in series.items()}
    # a misspelt variable has none, and what else the series is for says it
    named |= {name: variable for name, variable in variables.items() if unit_in(model, variable) or name not in named}

    def unit_of(name: str) -> str:
        if name in given:
            return given[name]
        unit = unit_in(model, named.get(name, ""))
        is_sum = name in variables and series[name].get("measure") == "sum"
        return summed_unit(unit, model.time.unit) if is_sum else unit

    return unit_of


def with_fit(table: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Fit all observed times of the series, where no window is named and nothing is extended."""
    windows = table.get("windows", {})
    if "fit" in windows or "holdout" in windows or "extends" in table:
        return table
    rows = written_rows(data.decode("utf-8", "replace"))[1:]
    times = {row[1] for row in rows if len(row) > 1 and row[0] in table.get("series", {})}
    if not times:
        return table
    try:
        window: list[Any] = [_number(each) for each in (min(times, key=float), max(times, key=float))]
    except ValueError:
        window = [min(times), max(times)]  # dates in the forms that are written here sort as they are
    return {**table, "windows": {"fit": window, **windows}}


def _number(text: str) -> int | float:
    number = float(text)
    return int(number) if number.is_integer() else number
