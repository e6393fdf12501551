"""Cells and archives made by hand, without a fit."""

import numpy as np
from scipy.stats import norm

from rcsd.analysis.forecasting import History
from rcsd.analysis.forecasting.levels import LEVELS
from rcsd.study.panel.cities import City
from rcsd.study.panel.origins.archive import Archive
from rcsd.study.panel.scoring.cells import SeriesCells

NORMAL = norm.ppf(LEVELS)


def cells_of_values(observed, change=1.0, origins=(2005, 2006, 2007)):
    """Make the cells of one series from what came, shape (n_cities, n_origins, horizon)."""
    came = np.asarray(observed, dtype=float)
    names = tuple(f"c{k}" for k in range(came.shape[0]))
    return SeriesCells(
        series="gdp",
        cities=names,
        origins=tuple(origins),
        observed=came,
        change=np.full(came.shape[:2], change),
        covered_by_drivers=np.ones(came.shape, dtype=bool),
        histories={origin: {} for origin in origins},
    )


def normal_quantiles(medians, sd=0.1):
    """Lognormal forecasts about medians, shape (..., n_levels)."""
    return (np.asarray(medians)[..., None] * np.exp(sd * NORMAL)).astype(np.float32)


def archive_of(forecasts, origins=(2005, 2006, 2007)):
    """Make an archive of one series from quantiles by structure, each (n_cities, n_origins, horizon, n_levels)."""
    stacked = np.stack(list(forecasts.values()))[:, None]
    n_cities, n_origins, horizon = stacked.shape[2:5]
    cities = tuple(City(f"c{k}", f"City {k}") for k in range(n_cities))
    empty = np.zeros((len(forecasts), n_cities, n_origins, 0))
    return Archive(
        variants=tuple(forecasts),
        series=("gdp",),
        cities=cities,
        origins=tuple(origins),
        horizon=horizon,
        fitted={"forecast": stacked[..., 49]},
        quantiles={"forecast": stacked},
        estimates=empty,
        on_bound=empty.astype(bool),
    )


def growing(n_years=14, rate=0.1, start=2000, level=100.0, reference=None):
    """Make a history of steady growth."""
    years = np.arange(start, start + n_years, dtype=float)
    growth = {int(year): rate if reference is None else reference for year in years}
    return History(years, level * np.exp(rate * (years - start)), growth)
