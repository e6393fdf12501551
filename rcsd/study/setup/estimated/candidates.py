"""Everything of a model that could be estimated, with its bounds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rcsd.names import canonical
from rcsd.simulation.loading import LoadedModel
from rcsd.simulation.passes.settable import initial_of
from rcsd.study.setup.estimated.arrays import of_arrays
from rcsd.study.setup.estimated.bounds import Bounded, of_constant, of_first
from rcsd.study.setup.estimated.roles import Roles
from rcsd.study.setup.matching.units import UnitsOf
from rcsd.study.setup.proposal import ProposedSeries
from rcsd.study.setup.timing import StudyTime

_NEAR = 1e-6
_NOTHING = 0.01
"""Share of the spread of a series below which its first value is none."""
_MOST = 400
"""Constants and initial values that are tried."""


def could_be_estimated(
    model: LoadedModel, series: Sequence[ProposedSeries], time: StudyTime, roles: Roles
) -> list[Bounded]:
    """List initial values of stocks and constants that could be estimated, with or without subscripts.

    Parameters
    ----------
    model
        Of the study.
    series
        What is observed: a stock that is observed from the model's first time on begins near its first value.
    time
        The study's clock.
    roles
        Of the constants.
    """
    seen = _first_seen(model, series, time)
    settable = _settable(model)
    found: list[Bounded] = []
    for stock in roles.own_start:
        variable, value = model.ir[stock], settable.get(stock)
        if value is not None:
            bounded = of_first(initial_of(stock), variable, value, seen=seen.get(canonical(stock)), limits=variable)
            found += [] if bounded is None else [bounded]
    for name, value in model.constants.items():
        stock = roles.initial_of.get(name, "")
        first = seen.get(canonical(stock)) if stock else None
        if first is not None:
            bounded = of_first(name, model.ir[name], value, seen=first, limits=model.ir[stock])
        elif name in roles.left_out:
            continue
        else:
            bounded = of_constant(model.ir, model.ir[name])
        found += [] if bounded is None else [bounded]
    found += of_arrays(model, seen, roles)
    return found[:_MOST]


def _first_seen(model: LoadedModel, observed: Sequence[ProposedSeries], time: StudyTime) -> dict[str, float]:
    """By observed stock: its value in the data where the model begins, if they begin with it, in the model's unit."""
    found, units = {}, UnitsOf.of(model.ir)
    for series in observed:
        at = float(time.to_model(series.periods[:1])[0])
        if abs(series.values[0]) < _NOTHING * np.ptp(series.values):
            continue  # a stock that begins empty, but for an error of measurement
        if series.match.candidate.variable.kind == "stock" and abs(at - model.time.start) < _NEAR + model.time.step:
            found[canonical(series.match.candidate.name)] = float(
                units.converted(series.values[:1], series.unit, series.match.candidate.variable.unit)[0]
            )
    return found


def _settable(model: LoadedModel) -> dict[str, float]:
    """Values with which the stocks begin that have a number of their own in their equation."""
    stocks = [each.name for each in model.ir if each.kind == "stock" and not each.subscripts]
    if not stocks:
        return {}
    run = model.run(outputs=stocks, times=[model.time.start])
    return {name: float(run.of(name)[0, 0]) for name in stocks if np.isfinite(run.of(name)[0, 0])}
