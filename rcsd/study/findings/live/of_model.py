"""Makes a model without a study ready for a page that runs it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from rcsd.errors import ModelError
from rcsd.names import canonical, element_form, near_matches
from rcsd.simulation.engine.begun import steps_of
from rcsd.simulation.engine.simulator import SystemSimulator
from rcsd.simulation.inputs import elements_of
from rcsd.simulation.ir.file.limits import limits_of
from rcsd.simulation.loading import DataFiles, LoadedModel
from rcsd.simulation.views import NAMED
from rcsd.study.findings.live.controls import Control
from rcsd.study.findings.live.making import script_of
from rcsd.study.findings.live.result import Live, LiveOutput
from rcsd.study.findings.live.times import LiveTimes, thinned

_MOST_CONTROLS: Final = 200
_MOST_UNSTATED: Final = 20
_MOST_OUTPUTS: Final = 8


def live_of_model(model: LoadedModel, *, show: Sequence[str] = (), data: DataFiles = ()) -> Live:
    """Make a model that a page can run: its constants are moved, within the ranges that it states for them.

    Parameters
    ----------
    model
        As read.
    show
        Variables that are drawn; the first stocks when empty.
    data
        Files with the series of data variables.

    Raises
    ------
    ModelError
        When the model cannot be run by rcsd itself, or has no such variable.
    """
    movable = candidates(model)
    most = room(model)
    elements = tuple(name for name in movable[:most] if name not in model.constants)
    simulator = model.simulator("interpreted", data=data, settable=elements)
    assert isinstance(simulator, SystemSimulator)  # any other backend has not been asked for
    names = _chosen(simulator, show) if show else _stocks(model, simulator)
    fault, script = script_of(simulator.system)
    saved = thinned(model.time.saved_times())
    return Live(
        fault,
        script,
        _grouped(model, tuple(_controls(model, simulator, movable[:most]))),
        (),
        tuple(LiveOutput(name, simulator.units.get(name, ""), "percent", None) for name in names),
        "the model as it is",
        LiveTimes(saved, steps_of(model.time, saved), {}),
        {},
        None,
        None,
    )


def states_ranges(model: LoadedModel) -> bool:
    """Say whether a model states a range for any of its constants."""
    return any(_range(model, each.name) is not None for each in model.ir if each.kind == "constant")


def room(model: LoadedModel) -> int:
    """Say how many sliders a page has room for: fewer where nobody has said what is worth moving."""
    return _MOST_CONTROLS if states_ranges(model) else _MOST_UNSTATED


def candidates(model: LoadedModel) -> tuple[str, ...]:
    """List the constants and elements of constants that a page could move, as many as there are.

    Those with a stated range where the model states any; else all of them. An array with a range for all has it for
    each element.
    """
    arrays = [each for each in model.ir if each.kind == "constant" and each.name not in model.constants]
    elements = [f"{each.name}[{','.join(one)}]" for each in arrays for one in elements_of(model.ir, each.name) if one]
    every = (*model.constants, *elements)
    return tuple(name for name in every if _range(model, name) is not None) if states_ranges(model) else every


def _chosen(simulator: SystemSimulator, show: Sequence[str]) -> tuple[str, ...]:
    known = {element_form(name): name for name in simulator.variables}
    for name in show:
        if element_form(name) not in known:
            elements = [each for each in simulator.variables if canonical(each.partition("[")[0]) == canonical(name)]
            hint = near_matches(name, list(simulator.variables)) or "see `rcsd docs` for the names"
            raise ModelError(
                f"{name!r} is not a variable that the page could draw; "
                + (f"name an element, such as {elements[0]!r}" if elements else hint)
            )
    return tuple(dict.fromkeys(known[element_form(name)] for name in show))


def _stocks(model: LoadedModel, simulator: SystemSimulator) -> tuple[str, ...]:
    """Return the first stocks; where there is none, the last variables that are worked out."""
    stocks = {canonical(each.name) for each in model.ir if each.kind == "stock"}
    found = [name for name in simulator.variables if canonical(name.partition("[")[0]) in stocks]
    return tuple(found[:_MOST_OUTPUTS]) or simulator.variables[-_MOST_OUTPUTS:]


def _range(model: LoadedModel, name: str) -> tuple[float, float] | None:
    variable = model.ir.get(name.partition("[")[0])
    stated = None if variable is None else limits_of(variable)
    if stated is None or not np.isfinite(stated).all() or not stated[0] < stated[1]:
        return None
    return stated


def _controls(model: LoadedModel, simulator: SystemSimulator, names: Sequence[str]) -> Iterator[Control]:
    """Move constants within the ranges that are stated; from zero to twice their value where none is."""
    for name in names:
        value = simulator.constants.get(name, np.nan)
        if np.isfinite(value):
            stated = _range(model, name)
            low, high = stated or (sorted((0.0, 2 * value)) if value else (0.0, 1.0))
            yield _control(model, name, min(low, value), max(high, value), value)


def _grouped(model: LoadedModel, controls: tuple[Control, ...]) -> tuple[Control, ...]:
    """Sort controls by the sheet that shows each first; a model of one sheet is not parted."""
    views = model.views()
    if len(views) < 2:  # noqa: PLR2004 - one
        return controls
    places: dict[str, int] = {}
    for place, view in enumerate(views):
        for each in view.elements:
            if each.kind in NAMED and each.name:
                places.setdefault(canonical(each.name), place)
    found = [(places.get(canonical(each.name.partition("[")[0]), len(views)), each) for each in controls]
    return tuple(
        replace(each, group=views[place].name if place < len(views) else "Others")
        for place, each in sorted(found, key=lambda pair: pair[0])
    )


def _control(model: LoadedModel, name: str, low: float, high: float, value: float) -> Control:
    variable = model.ir.get(name.partition("[")[0])
    unit, told = ("", "") if variable is None else (variable.unit, variable.documentation)
    return Control(name, "constant", unit, told, "", low, high, value)
