"""Exact stochastic simulation of the master equation."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.papers.coevolution.equations.master_equation import all_rates, concentrated
from rcsd.papers.coevolution.equations.parameters import CoevolutionParameters
from rcsd.papers.rules import increasing, whole


def simulate_jumps(
    half_input: int,
    alpha: float,
    parameters: CoevolutionParameters,
    times: ArrayLike,
    *,
    n_runs: int,
    x0: float = -1.0,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Draw paths of x whose probabilities at every time are those of eq 9.

    Parameters
    ----------
    half_input, alpha, parameters
        As in `rcsd.papers.coevolution.all_rates`.
    times
        Years at which x is noted, increasing; the first is that of the start.
    n_runs
        How many paths, one or more.
    x0
        Preference at the first time, in [-1, 1]; between two states each path takes one of them, with mean x0.
    rng
        Source of randomness; equal generators give equal paths.

    Returns
    -------
    NDArray, shape (n_runs, n_times)
        x, in [-1, 1].

    Raises
    ------
    ParameterError
        When an argument breaks its rule.
    """
    from rcsd.papers.coevolution.equations.jump_kernel import jump_paths  # noqa: PLC0415 - compiling takes seconds, only if used

    up, down = all_rates(half_input, alpha, parameters)
    years, runs = increasing("times", times), whole("n_runs", n_runs, 1)
    starts = rng.choice(up.size, size=runs, p=concentrated(half_input, x0))
    states = jump_paths(up, down, starts.astype(np.int64), years, rng)
    return np.asarray(states, dtype=np.float64) / int(half_input) - 1
