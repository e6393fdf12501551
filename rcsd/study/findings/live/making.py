"""Makes a fitted model ready for a page that runs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration import Draws
from rcsd.files import sha256
from rcsd.simulation.engine.exchange import replaced_points
from rcsd.simulation.engine.javascript import model_script, runtime_script
from rcsd.simulation.engine.simulator import SystemSimulator
from rcsd.simulation.ir.system import System
from rcsd.simulator import Simulator, SimulatorAround
from rcsd.study.file.study import Study
from rcsd.study.findings.drivers.beyond import Beyond, middle_tables
from rcsd.study.findings.drivers.later import Table, drawn
from rcsd.study.findings.live.controls import controls_of
from rcsd.study.findings.live.result import Live, LiveDraws, LiveOutput, Preset
from rcsd.study.findings.live.times import times_of

MOST_DRAWS: Final = 200
"""So many runs make a band in less time than a reader notices."""

_DIGITS: Final = 6
"""Significant digits of a draw on a page; a band of 200 draws has fewer."""

_MOST_SCRIPT: Final = 1_000_000
"""Letters of a model's script that a page has room for."""


def live(
    study: Study, simulator: Simulator, estimate: Mapping[str, float], draws: Draws | None, last: int | None
) -> Live:
    """Make a model that a page can run.

    Parameters
    ----------
    study
        Read by `load_study`.
    simulator
        Of the study.
    estimate
        The most probable parameters.
    draws
        Of the posterior of the years to `last`; None without one.
    last
        Last year of a posterior from which the study forecasts: drivers are unknown after it. None for the fit window
        and drivers as they were.
    """
    times, estimate = times_of(study), {name: _rounded(value) for name, value in estimate.items()}
    system = system_of(simulator).system
    courses: dict[str, Table] = {}
    if last is not None and study.drivers:
        n = 1 if draws is None else draws.n
        middle = _in_time(study, middle_tables(study, last, study.file.windows.end, n))
        system = replace(system, tables={**system.tables, **replaced_points(system, middle)})
        courses = {} if draws is None else _in_time(study, _drawn(study, last, n))
    kept = None if draws is None else _thinned(study, draws, system, courses, last)
    controls = controls_of(study, estimate, {} if kept is None else dict(zip(kept.names, kept.values.T, strict=True)))
    fault, script = script_of(system)
    beyond: Beyond | None = None if last is None or not study.drivers else "drawn" if courses else "frozen"
    reference = "" if study.scenarios is None else study.scenarios.scenario(study.scenarios.reference).title
    return Live(fault, script, controls, _presets(study), _outputs(study), reference, times, estimate, kept, beyond)


def runtime_identity(_study: Study, _request: object) -> str:
    """Identify the runtime, which is no Python code: what is kept was written for it."""
    return sha256(runtime_script().encode())


def system_of(simulator: Simulator) -> SystemSimulator:
    """Return the engine within a simulator."""
    while isinstance(simulator, SimulatorAround):
        simulator = simulator.inner
    assert isinstance(simulator, SystemSimulator)  # PySD's have been left out
    return simulator


def script_of(system: System) -> tuple[str, str]:
    """Return why a page cannot run a system, or an empty text, and the system as a script."""
    try:
        script = model_script(system)
    except NotImplementedError as error:
        return f"the model has no form as a script: {error}", ""
    if len(script) > _MOST_SCRIPT:
        return f"the model is too large for a page: {len(script) / 1e6:.1f} MB as a script", ""
    return "", script


def _outputs(study: Study) -> tuple[LiveOutput, ...]:
    """List the outcomes of the scenarios, then the series, then what else the study draws."""
    scenarios = study.scenarios
    found = {each.variable: each for each in (() if scenarios is None else scenarios.outcomes)}
    units = {each.variable: each.series.unit for each in study.targets}
    names = dict.fromkeys((*(each.variable for each in study.targets), *found, *study.outputs))
    return tuple(
        LiveOutput(
            name,
            units.get(name) or (found[name].unit if name in found else study.model.units.get(name, "")),
            found[name].measure if name in found else "percent",
            found[name].better if name in found else None,
        )
        for name in names
    )


def _presets(study: Study) -> tuple[Preset, ...]:
    definition = study.scenarios
    if definition is None:
        return ()
    return tuple(
        Preset(
            each.name,
            each.title,
            each.documentation,
            {definition.switch: float(study.clock.to_model(each.start))}
            | {lever.constant: lever.value for lever in each.levers},
        )
        for each in definition.scenarios
    )


def _drawn(study: Study, last: int, n: int) -> dict[str, Table]:
    """Courses of the drivers that a forecast draws, the same as its own."""
    found = drawn(study, last, study.file.windows.end, n)
    return {each.table: found[each.name][0] for each in study.drivers if each.name in found}


def _in_time(study: Study, tables: Mapping[str, Table]) -> dict[str, Table]:
    """Write the points of tables in the model's time."""
    return {name: (study.clock.to_model(x), y) for name, (x, y) in tables.items()}


def _thinned(study: Study, draws: Draws, system: System, courses: Mapping[str, Table], last: int | None) -> LiveDraws:
    """Keep draws that lie evenly among all."""
    kept = np.unique(np.linspace(0, draws.n - 1, min(draws.n, MOST_DRAWS)).round().astype(int))
    window = study.fit_window
    return LiveDraws(
        draws.names,
        _round(draws.values[kept]),
        _points(system, {name: (x, _round_varied(y[kept])) for name, (x, y) in courses.items()}, kept.size),
        window[0],
        window[1] if last is None else last,
    )


def _points(system: System, courses: Mapping[str, Table], n: int) -> dict[str, Table]:
    """Return the points of every table that a course changes, what the model derives from one among them."""
    if not courses:
        return {}
    each = [replaced_points(system, {name: (x, y[i]) for name, (x, y) in courses.items()}) for i in range(n)]
    return {name: (np.array(points.x), np.array([found[name].y for found in each])) for name, points in each[0].items()}


def _round_varied(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round the columns that differ from row to row; what is known stays as it is."""
    return np.where(np.ptp(values, axis=0) > 0, _round(values), values)


def _round(values: NDArray[np.float64]) -> NDArray[np.float64]:
    flat = [_rounded(value) for value in values.reshape(-1).tolist()]
    return np.array(flat, dtype=np.float64).reshape(values.shape)


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
