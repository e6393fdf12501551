"""A path of the coupled pair (x, alpha) through time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.papers.coevolution.equations.flow import integrate
from rcsd.papers.coevolution.equations.parameters import CoevolutionParameters, checked_alpha
from rcsd.papers.rules import increasing, within


@dataclass(frozen=True, slots=True, eq=False)
class Trajectory:
    """A solution of eqs 12 and 17.

    Attributes
    ----------
    parameters : CoevolutionParameters
        What it was solved with.
    times : NDArray, shape (n_times,)
        Years, increasing.
    preference : NDArray, shape (n_times,)
        x, in [-1, 1].
    alpha : NDArray, shape (n_times,)
        Interconversion factor.
    """

    parameters: CoevolutionParameters
    times: NDArray[np.float64]
    preference: NDArray[np.float64]
    alpha: NDArray[np.float64]


def trajectory(
    parameters: CoevolutionParameters, times: ArrayLike, *, x0: float = -1.0, alpha_initial: float = 0.0
) -> Trajectory:
    """Solve the coupled pair, eqs 12 and 17, with an adaptive solver.

    Parameters
    ----------
    parameters
        Of the pair.
    times
        Years at which the solution is wanted, increasing, two or more; the first is that of the initial values.
    x0
        Preference at the first time, in [-1, 1]; the paper's growth period begins at -1.
    alpha_initial
        Interconversion factor at the first time, in [-20, 20].

    Returns
    -------
    Trajectory
        Accurate to about 1e-8.

    Raises
    ------
    ParameterError
        When an initial value or the times break a rule.
    SimulationError
        When the solver gives up.
    """
    years = increasing("times", times, least=2)
    start = within("x0", x0, -1, 1), checked_alpha(alpha_initial)
    solved = integrate(parameters, start, (float(years[0]), float(years[-1])), times=years)
    return Trajectory(parameters, years, np.clip(solved.y[0], -1, 1), solved.y[1])
