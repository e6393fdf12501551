"""All forecasts of a panel as arrays: by setting, knowledge of the drivers, series, city, origin and horizon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting.levels import N_LEVELS
from rcsd.study.panel.cities import City
from rcsd.study.panel.origins.ahead import Assignment, OriginForecast

Single = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Missing:
    """A forecast that could not be made, and why."""

    variant: str
    city: City
    origin: int
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Archive:
    """Forecasts of all settings.

    Attributes
    ----------
    variants, series, cities, origins
        Names and years, in the order of the arrays' axes.
    horizon
        Years ahead.
    fitted, quantiles
        By what is known of the drivers: runs of the most probable parameters, shape (n_variants, n_series, n_cities,
        n_origins, horizon), and quantiles of the forecasts with `LEVELS` as a last axis. NaN where there is none.
    estimates, on_bound
        By variant, city and origin: most probable parameters, shape (n_variants, n_cities, n_origins, n_parameters).
    missing
        Forecasts that could not be made.
    n_reused
        Those that were kept from an earlier run.
    """

    variants: tuple[str, ...]
    series: tuple[str, ...]
    cities: tuple[City, ...]
    origins: tuple[int, ...]
    horizon: int
    fitted: dict[str, Single]
    quantiles: dict[str, Single]
    estimates: NDArray[np.float64]
    on_bound: NDArray[np.bool_]
    missing: tuple[Missing, ...] = ()
    n_reused: int = 0
    _places: dict[str, int] = field(default_factory=dict)

    @classmethod
    def empty(cls, assignment: Assignment) -> Archive:
        """Return arrays of NaN."""
        panel, plan = assignment.panel, assignment.plan
        shape = (len(assignment.variants), len(panel.cities), len(plan.origins), len(panel.file.parameters))
        return cls(
            variants=tuple(variant.name for variant in assignment.variants),
            series=tuple(panel.file.series),
            cities=panel.cities,
            origins=plan.origins,
            horizon=plan.horizon,
            fitted={},
            quantiles={},
            estimates=np.full(shape, np.nan),
            on_bound=np.zeros(shape, dtype=np.bool_),
            _places={city.city: place for place, city in enumerate(panel.cities)},
        )

    def put(self, variant: int, city: City, forecast: OriginForecast) -> None:
        """Put a forecast in its place."""
        c, o = self._places[city.city], self.origins.index(forecast.origin)
        self.estimates[variant, c, o], self.on_bound[variant, c, o] = forecast.estimate, forecast.on_bound
        runs, found = forecast.runs, forecast.quantiles
        for i, state in enumerate(forecast.knowledge):
            if state not in self.quantiles:
                axes = (len(self.variants), len(self.series), len(self.cities), len(self.origins), self.horizon)
                self.fitted[state] = np.full(axes, np.nan, dtype=np.float32)
                self.quantiles[state] = np.full((*axes, N_LEVELS), np.nan, dtype=np.float32)
            for j, name in enumerate(forecast.series):
                s = self.series.index(name)
                self.fitted[state][variant, s, c, o] = runs[i, j]
                self.quantiles[state][variant, s, c, o] = found[i, j]

    @property
    def is_empty(self) -> bool:
        """Whether no forecast has been put in."""
        return not self.quantiles

    def finished(self, missing: Sequence[Missing], n_reused: int) -> Archive:
        """Return the same with what is missing."""
        return replace(self, missing=tuple(missing), n_reused=n_reused)
