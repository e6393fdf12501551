"""A second opinion that does not rest on the variance: PAWN.

PAWN compares the distribution of an output with its distribution where one parameter is held within a slice of its
range, by the Kolmogorov-Smirnov distance: 0 for a parameter without influence, at most 1. A small sample has a distance
above 0 of its own; an extra parameter that the model does not know, the dummy, says how large it is.

References
----------
F. Pianosi and T. Wagener (2015), A simple and efficient method for global sensitivity analysis based on cumulative
distribution functions, Environmental Modelling & Software 67, 1-11; (2018), Distribution-based sensitivity analysis
from a generic input-output sample, 108, 197-207. F. Khorashadi Zadeh et al. (2017), Comparison of variance-based and
moment-independent global sensitivity analysis approaches by application to the SWAT model, 91, 210-222 (the dummy).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

N_SLICES = 10
_MOST_ROWS = 2048
"""More rows change little and cost time."""


@dataclass(frozen=True, slots=True, eq=False)
class PawnIndices:
    """PAWN of one output at one time.

    Attributes
    ----------
    output : str
        The output.
    time : float
        The time.
    n_rows : int
        Independent rows that it was estimated from.
    median, maximum : NDArray, shape (parameter,)
        Kolmogorov-Smirnov distance over the slices of each parameter; NaN for a constant output.
    dummy : float
        The median for a parameter that does nothing: what is not above it is noise.
    """

    output: str
    time: float
    n_rows: int
    median: NDArray[np.float64]
    maximum: NDArray[np.float64]
    dummy: float


def pawn_indices(
    shares: NDArray[np.float64], values: NDArray[np.float64], output: str, time: float, *, rng: np.random.Generator
) -> PawnIndices:
    """Estimate PAWN from independent rows.

    Parameters
    ----------
    shares : NDArray, shape (run, parameter)
        Rows of the unit cube: A and B of a Saltelli sample, since the other rows repeat their columns.
    values : NDArray, shape (run,)
        The output in these runs, all finite.
    output, time : str, float
        What and when, for the result.
    rng : numpy.random.Generator
        Source of the dummy.
    """
    from SALib.analyze import pawn  # noqa: PLC0415 - slow to import, needed here alone

    shares, values = shares[:_MOST_ROWS], values[:_MOST_ROWS]
    n, d = shares.shape
    if np.ptp(values) <= np.finfo(np.float64).eps * np.abs(values).max():
        nothing = np.full(d, np.nan)
        return PawnIndices(output, time, n, nothing, nothing, float("nan"))
    with_dummy = np.column_stack([shares, rng.random(n)])
    problem = {"num_vars": d + 1, "names": [str(i) for i in range(d + 1)], "bounds": [[0.0, 1.0]] * (d + 1)}
    found = pawn.analyze(problem, with_dummy, values, S=N_SLICES)
    median = np.asarray(found["median"], dtype=np.float64)
    maximum = np.asarray(found["maximum"], dtype=np.float64)
    return PawnIndices(output, time, n, median[:d], maximum[:d], float(median[d]))
