"""What a reader of a live page may move, and how far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rcsd.bands import SHARES, quantiles
from rcsd.simulation.ir.file.limits import limits_of
from rcsd.simulation.ir.model import Variable
from rcsd.simulation.passes.named import insist
from rcsd.study.file.study import Study

Kind = Literal["lever", "start", "parameter", "constant"]
"""A lever of a policy; the time from which levers act; an estimated parameter; any other constant of the model."""

_MOST_CONSTANTS = 12
"""Further constants that a page has room for."""

_REACH = 1.0
"""How far a slider goes beyond the middle nine tenths of the draws, in widths of these."""


@dataclass(frozen=True, slots=True)
class Control:
    """Something that may be moved.

    Attributes
    ----------
    name
        In the model.
    kind
        What it is.
    unit, documentation, source
        For people; the source says where a parameter's bounds are from.
    lower, upper
        How far.
    value
        Where it stands at first.
    scale
        "linear", or "log" where even distances of a slider are even ratios.
    low, high
        Where nine of ten draws of a parameter lie; NaN without draws.
    group
        The sheet of the model's diagram on which it stands; empty where nothing says so.
    """

    name: str
    kind: Kind
    unit: str
    documentation: str
    source: str
    lower: float
    upper: float
    value: float
    scale: Literal["linear", "log"] = "linear"
    low: float = np.nan
    high: float = np.nan
    group: str = ""


def controls_of(
    study: Study, estimate: Mapping[str, float], draws: Mapping[str, NDArray[np.float64]]
) -> tuple[Control, ...]:
    """List what may be moved: levers, the time of their start, parameters, and constants with a stated range.

    Parameters
    ----------
    study
        Read by `load_study`.
    estimate
        Of the parameters.
    draws
        By parameter; empty without a posterior.
    """
    found = [*_levers(study), *_parameters(study, estimate, draws)]
    if study.scenarios is None:
        taken = {each.name for each in found} | {each.name for each in study.constants}
        found += list(_constants(study, taken))[:_MOST_CONSTANTS]
    return tuple(found)


def _levers(study: Study) -> Iterator[Control]:
    definition = study.scenarios
    if definition is None:
        return
    for name in definition.levers:
        variable = insist(study.model.ir, name)
        settings = [lever.value for each in definition.scenarios for lever in each.levers if lever.constant == name]
        base = study.model.constants[variable.name]
        lower, upper = _range(variable, [base, *settings])
        yield Control(variable.name, "lever", variable.unit, variable.documentation, "", lower, upper, base)
    switch = insist(study.model.ir, definition.switch)
    start = float(study.clock.to_model(definition.scenario(definition.reference).start))
    starts = [float(study.clock.to_model(each.start)) for each in definition.scenarios]
    window = study.file.windows
    first, last = (float(study.clock.to_model(each)) for each in (window.last, window.end))
    yield Control(
        switch.name, "start", switch.unit, switch.documentation, "", min(first, *starts), max(last, *starts), start
    )


def _range(variable: Variable, values: list[float]) -> tuple[float, float]:
    """Return the range that the model states, or one that holds twice what scenarios set; no setting lies outside."""
    stated = limits_of(variable) or (-np.inf, np.inf)
    lower, upper = min(0.0, 2 * min(values)), max(0.0, 2 * max(values))
    if lower == upper:
        upper = 1.0
    return (
        lower if np.isinf(stated[0]) else min(stated[0], *values),
        upper if np.isinf(stated[1]) else max(stated[1], *values),
    )


def _parameters(
    study: Study, estimate: Mapping[str, float], draws: Mapping[str, NDArray[np.float64]]
) -> Iterator[Control]:
    for each in study.space.parameters:
        low, _, high = quantiles(draws[each.name], SHARES).tolist() if each.name in draws else [np.nan] * 3
        variable = study.model.ir.get(each.name)
        lower, upper = _reach(each.lower, each.upper, estimate[each.name], low, high)
        told = each.documentation or ("" if variable is None else variable.documentation)
        yield Control(
            each.name,
            "parameter",
            each.unit,
            told,
            each.source,
            lower,
            upper,
            estimate[each.name],
            "log" if each.scale == "log" else "linear",
            low,
            high,
        )


def _reach(lower: float, upper: float, estimate: float, low: float, high: float) -> tuple[float, float]:
    """Let a slider go somewhat beyond what the draws hold possible, and not beyond the bounds."""
    if not high > low:
        return lower, upper
    beyond = _REACH * (high - low)
    return max(lower, min(low, estimate) - beyond), min(upper, max(high, estimate) + beyond)


def _constants(study: Study, taken: set[str]) -> Iterator[Control]:
    """List constants for which the model states a range."""
    constants = study.model.constants
    for variable in study.model.ir:
        stated = limits_of(variable)
        if variable.name not in constants or variable.name in taken or stated is None or not np.isfinite(stated).all():
            continue
        value = constants[variable.name]
        if stated[0] < stated[1] and stated[0] <= value <= stated[1]:
            yield Control(
                variable.name, "constant", variable.unit, variable.documentation, "", stated[0], stated[1], value
            )
