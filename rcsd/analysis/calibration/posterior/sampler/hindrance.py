"""What makes a posterior hard to sample, in words: told from its draws where they do not meet the criteria."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from rcsd.analysis.calibration.posterior.marginals import Marginal
from rcsd.analysis.calibration.posterior.sampler.diagnostics import Diagnostics
from rcsd.analysis.calibration.posterior.sampler.rounds import Sample
from rcsd.bands import QUARTILES, quantiles

_NEAR, _CROWDED = 0.01, 0.2  # share of an interval next to a bound, and of the draws that lie there
_RIDGE = 0.95  # correlation of two coordinates
_VALLEY, _PEAK = 0.5, 0.05  # of the lower of two peaks, and share of the draws that a peak holds
_RARE = 0.05  # acceptance
_FAILING = 0.1  # share of failed runs
_BINS = 200
_LISTED = 3
_SHORT = 128  # steps of chains from which nothing can be told
SPENT = "the budget of model runs, which ended soon after the warm-up: allow more, under [posterior]"
NOTHING = "nothing that is looked for: more runs, under [posterior], may do"


def hindrances(sample: Sample, marginals: tuple[Marginal, ...], failing: float) -> tuple[str, ...]:
    """Say what hinders a sampler.

    Parameters
    ----------
    sample
        Its draws and diagnostics.
    marginals
        Prior of each coordinate.
    failing
        Share of the model runs that failed.

    Returns
    -------
    tuple of str
        Two modes, ridges, bounds, failing runs, moves that are refused; `SPENT` where there is too little to tell,
        `NOTHING` where none of them is found.
    """
    if 0 < sample.diagnostics.steps < _SHORT:
        return (SPENT,)
    points, names = sample.points.reshape(-1, len(marginals)), sample.diagnostics.names
    found = [*_modes(points, names), *_ridges(points, names), *_bounds(points, names, marginals)]
    if failing > _FAILING:
        found.append(f"{100 * failing:.0f} % of the runs failed: bounds reach where the model does not run")
    if not found and 0 <= sample.diagnostics.acceptance < _RARE:
        found.append("a shape that no move fits: few proposals are accepted")
    return tuple(found) or (NOTHING,)


def with_hindrances(sample: Sample, marginals: tuple[Marginal, ...], failing: float) -> Diagnostics:
    """Return the diagnostics of a sample, with what hinders where criteria are not met."""
    if sample.diagnostics.converged:
        return sample.diagnostics
    return replace(sample.diagnostics, hindrances=hindrances(sample, marginals, failing))


def _modes(points: NDArray[np.float64], names: tuple[str, ...]) -> list[str]:
    """Name coordinates along which the draws have two peaks with a valley between."""
    apart = [name for i, name in enumerate(names) if two_peaks(points[:, i])]
    return [f"two modes, along {_listed(apart)}"] if apart else []


def two_peaks(values: NDArray[np.float64]) -> bool:
    """Whether a smoothed histogram of values (n,) falls to half of the lower of two peaks between them."""
    low, high = quantiles(values, (0.001, 0.999))
    if not high > low:
        return False
    counts, edges = np.histogram(values, bins=_BINS, range=(low, high))
    first, _, third = quantiles(values, QUARTILES)
    # a bell's own width (Silverman 1986, eq. 3.31) by the lesser of two spreads, since two peaks widen the standard one
    spread = min(float(np.std(values)), (third - first) / 1.34)
    width = 0.9 * spread * min(values.size, 2000) ** -0.2 / (edges[1] - edges[0])
    smooth = gaussian_filter1d(counts.astype(float), max(width, 1.0), mode="constant")
    share = np.cumsum(counts) / counts.sum()
    rising, falling = np.maximum.accumulate(smooth), np.maximum.accumulate(smooth[::-1])[::-1]
    inside = (share > _PEAK) & (share < 1 - _PEAK)
    return bool(np.any(inside & (smooth < _VALLEY * np.minimum(rising, falling))))


def _ridges(points: NDArray[np.float64], names: tuple[str, ...]) -> list[str]:
    """Name pairs of coordinates that the draws know together only."""
    if points.shape[1] == 1:
        return []
    ranks = np.argsort(np.argsort(points, axis=0), axis=0)
    size = np.abs(np.tril(np.nan_to_num(np.corrcoef(ranks, rowvar=False)), -1))
    pairs = [(int(i), int(j)) for i, j in np.argwhere(size > _RIDGE)]
    pairs.sort(key=lambda pair: -size[pair])
    return [f"a ridge: {names[j]} and {names[i]} are known together only" for i, j in pairs[:_LISTED]]


def _bounds(points: NDArray[np.float64], names: tuple[str, ...], marginals: tuple[Marginal, ...]) -> list[str]:
    """Name coordinates whose draws crowd at a bound."""
    crowded = []
    for i, each in enumerate(marginals):
        width = each.upper - each.lower
        if not np.isfinite(width):
            continue
        for bound, off in (("lower", points[:, i] - each.lower), ("upper", each.upper - points[:, i])):
            if np.mean(off < _NEAR * width) > _CROWDED:
                crowded.append(f"{names[i]} ({bound})")
    return [f"a bound: the draws crowd at that of {_listed(crowded)}"] if crowded else []


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more
