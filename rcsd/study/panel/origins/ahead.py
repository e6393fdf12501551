"""One city, one setting of the model: fitted after each origin to nothing later, and forecast from there."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting.levels import LEVELS, N_LEVELS
from rcsd.bands import complete, quantiles
from rcsd.errors import ClusterError, OutputError, RcsdError
from rcsd.simulator import DrivenSimulator
from rcsd.study import Study
from rcsd.study.findings.rolling import Ahead, forecast_from
from rcsd.study.panel.cities import City
from rcsd.study.panel.origins.plan import Plan
from rcsd.study.panel.origins.variant import Variant
from rcsd.study.panel.panel import Panel

_PACKED = np.dtype("<f4")
"""Single precision tells quantiles apart to a ten-millionth, far below what the draws behind them tell."""


@dataclass(frozen=True, slots=True)
class OriginForecast:
    """What is kept of the forecasts of one city from one origin.

    Attributes
    ----------
    origin
        Last fitted year.
    series, knowledge
        Names, in the order of the arrays: of what is forecast, and of what is known of the drivers.
    horizon
        Years ahead.
    fitted
        Packed; the run of the most probable parameters, shape (n_knowledge, n_series, horizon).
    predicted
        Packed; quantiles at `LEVELS` of the forecasts, shape (n_knowledge, n_series, horizon, n_levels).
    estimate
        Most probable parameters, natural scale, shape (n_parameters,).
    on_bound
        Which lie on a bound, shape (n_parameters,).
    n_runs
        Model runs.
    """

    origin: int
    series: tuple[str, ...]
    knowledge: tuple[str, ...]
    horizon: int
    fitted: str
    predicted: str
    estimate: NDArray[np.float64]
    on_bound: NDArray[np.bool_]
    n_runs: int

    @property
    def runs(self) -> NDArray[np.float32]:
        """`fitted` as an array."""
        return unpacked(self.fitted, (len(self.knowledge), len(self.series), self.horizon))

    @property
    def quantiles(self) -> NDArray[np.float32]:
        """`predicted` as an array."""
        return unpacked(self.predicted, (len(self.knowledge), len(self.series), self.horizon, N_LEVELS))


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is done to each city: which settings there are, and what is forecast."""

    panel: Panel
    variants: tuple[Variant, ...]
    plan: Plan


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of work: a setting, a city, and the origins that are not kept."""

    variant: int
    city: City
    origins: tuple[int, ...]


Outcomes = Mapping[int, OriginForecast | str]
"""By origin the forecast, or the reason why there is none."""


def forecast_origins(assignment: Assignment, piece: Piece) -> Outcomes:
    """Fit one city after each of some origins, and forecast.

    The seed depends on the city's name and the origin alone: a city has the same numbers in any panel, and settings are
    compared with common random numbers.
    """
    variant = assignment.variants[piece.variant]
    try:
        study = variant.study(assignment.panel, piece.city)
        simulator = cast(DrivenSimulator, study.simulator())  # all are but PySD's, and no panel runs on that
    except (ClusterError, OutputError):
        raise
    except RcsdError as error:
        return dict.fromkeys(piece.origins, str(error))
    return {origin: _forecast(study, simulator, origin, assignment.plan) for origin in piece.origins}


def _forecast(study: Study, simulator: DrivenSimulator, origin: int, plan: Plan) -> OriginForecast | str:
    try:
        rng = np.random.default_rng([study.file.study.seed, origin, *study.name.encode()])
        ahead = forecast_from(study, simulator, origin, origin + plan.horizon, rng=rng)
    except (ClusterError, OutputError):
        raise
    except (RcsdError, np.linalg.LinAlgError) as error:
        return str(error)
    return _kept(study, ahead, origin, plan.horizon)


def _kept(study: Study, ahead: Ahead, origin: int, horizon: int) -> OriginForecast:
    """Keep the quantiles of the draws; a series that has not begun by the origin has none."""
    knowledge = tuple(dict.fromkeys(state for states in ahead.series.values() for state in states))
    names = tuple(target.series.name for target in study.targets)
    fitted = np.full((len(knowledge), len(names), horizon), np.nan)
    predicted = np.full((len(knowledge), len(names), horizon, N_LEVELS), np.nan)
    for j, name in enumerate(names):
        for i, state in enumerate(knowledge):
            if state in ahead.series.get(name, {}):
                run, draws = ahead.series[name][state]
                fitted[i, j] = run
                predicted[i, j] = quantiles(draws[complete(draws)], tuple(LEVELS.tolist())).T
    space = ahead.mode.problem.space
    return OriginForecast(
        origin=origin,
        series=names,
        knowledge=knowledge,
        horizon=horizon,
        fitted=packed(fitted),
        predicted=packed(predicted),
        estimate=ahead.mode.estimate,
        on_bound=space.on_bound(ahead.mode.estimate),
        n_runs=ahead.n_runs,
    )


def packed(values: NDArray[np.float64]) -> str:
    """Write an array as a text, in single precision."""
    return base64.b64encode(values.astype(_PACKED).tobytes()).decode("ascii")


def unpacked(text: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Read what `packed` wrote."""
    return np.frombuffer(base64.b64decode(text), dtype=_PACKED).reshape(shape)
