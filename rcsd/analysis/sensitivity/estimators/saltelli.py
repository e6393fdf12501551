"""Saltelli's sampling scheme: which rows of the unit cube are run.

The base rows come from eight independently scrambled Sobol sequences, dealt in turn: row i is the next one of sequence
i mod 8. One sequence would fill the cube more evenly still, but nothing in it would tell how far its estimates are off;
eight that know nothing of one another do (see `bootstrap`).

Two independent base samples A and B of N rows; AB_j is A with its column j from B, BA_j is B with its column j from A.
First and total order need N (D + 2) runs, second order N (2 D + 2) (Saltelli 2002, theorem 1 and 2).

References
----------
A. Saltelli (2002), Making best use of model evaluations to compute sensitivity indices, Computer Physics Communications
145, 280-297. A. Saltelli et al. (2010), Variance based sensitivity analysis of model output, Computer Physics
Communications 181, 259-270.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import ParameterError

N_REPLICATES = 8
"""Independent scrambles in a sample. More would tell the error better, fewer would make it smaller."""


def n_blocks(n_parameters: int, *, second_order: bool) -> int:
    """How many rows stand in the sample for each row of the base samples."""
    return 2 * n_parameters + 2 if second_order else n_parameters + 2


def n_replicates(n: int) -> int:
    """How many independent scrambles a base sample of n rows has."""
    return min(n, N_REPLICATES)


MOST_BASE = 2**20
"""Base samples beyond which the sample alone would fill a machine."""


def check_base(n: int) -> None:
    """Insist on a size that keeps the balance of Sobol's sequence.

    Raises
    ------
    ParameterError
        For anything but a power of two, naming the nearest.
    """
    if n > MOST_BASE:
        raise ParameterError(f"N = {n:.6g} base samples: the most is {MOST_BASE:,}")
    if n < 2:  # noqa: PLR2004 - one row has no variance
        raise ParameterError(f"N = {n} base samples: N must be a power of two and at least 2, such as 64")
    if n & (n - 1):
        below = 1 << (n.bit_length() - 1)
        raise ParameterError(f"N = {n} base samples: N must be a power of two; take {below} or {2 * below}")


def saltelli_rows(
    n: int, n_parameters: int, *, second_order: bool = True, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Draw the rows of Saltelli's scheme by scrambled Sobol sequences.

    Parameters
    ----------
    n : int
        Rows of the base samples, a power of two.
    n_parameters : int
        D, the dimension of the unit cube.
    second_order : bool
        Whether the rows BA_j, which second order needs, are among them.
    rng : numpy.random.Generator
        Source of the scrambling: the same state gives the same rows.

    Returns
    -------
    NDArray, shape (n * n_blocks, n_parameters)
        In [0, 1), in SALib's order: A, AB_1..AB_D, (BA_1..BA_D), B of the first base row, then those of the second.
        Base row i is of scramble i mod `n_replicates`. From n = 8 on the first rows are those of a smaller sample.

    Raises
    ------
    ParameterError
        When n is not a power of two.
    """
    from SALib.sample import sobol  # noqa: PLC0415 - slow to import, needed here alone

    check_base(n)
    problem = {
        "num_vars": n_parameters,
        "names": [str(index) for index in range(n_parameters)],
        "bounds": [[0.0, 1.0]] * n_parameters,
    }
    replicates = n_replicates(n)
    step = n_blocks(n_parameters, second_order=second_order)
    rows = np.empty((n // replicates, replicates, step, n_parameters))
    for replicate in range(replicates):
        drawn = sobol.sample(problem, n // replicates, calc_second_order=second_order, seed=rng)
        rows[:, replicate] = np.asarray(drawn).reshape(-1, step, n_parameters)
    return rows.reshape(-1, n_parameters)
