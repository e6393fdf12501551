"""The master equation with an interconversion factor that answers to the mean preference."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.papers.coevolution.equations.master_equation import concentrated, generator, preference_grid, propagated
from rcsd.papers.coevolution.equations.parameters import CoevolutionParameters, checked_alpha
from rcsd.papers.rules import increasing, positive

_SHARE = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class DensityPath:
    """The distribution of x over time.

    Attributes
    ----------
    parameters : CoevolutionParameters
        What it was solved with.
    times : NDArray, shape (n_times,)
        Years.
    x : NDArray, shape (2R + 1,)
        The states.
    probability : NDArray, shape (n_times, 2R + 1)
        P(x, t); each row has sum one but for rounding.
    alpha : NDArray, shape (n_times,)
        Interconversion factor.
    """

    parameters: CoevolutionParameters
    times: NDArray[np.float64]
    x: NDArray[np.float64]
    probability: NDArray[np.float64]
    alpha: NDArray[np.float64]

    @property
    def mean(self) -> NDArray[np.float64]:
        """Mean of x, shape (n_times,)."""
        return np.asarray(self.probability @ self.x)


def density_path(
    half_input: int,
    parameters: CoevolutionParameters,
    times: ArrayLike,
    *,
    x0: float = -1.0,
    alpha_initial: float = 0.0,
    step: float | None = None,
) -> DensityPath:
    """Solve eq 9 together with eq 17, in which the mean of x stands for x.

    As R grows it becomes the coupled pair of eqs 12 and 17. Each step moves alpha for half of its time with the mean
    held, the distribution with alpha held, and alpha again, each of them exactly (Strang 1968): probabilities stay
    probabilities, alpha stays in its range, and the error falls with the square of the step.

    Parameters
    ----------
    half_input
        R, units of input, a whole number, one or more.
    parameters
        Of the pair; with omega = 0 alpha stays as it is and the solution is exact.
    times
        Years, increasing; the first is that of the initial values.
    x0, alpha_initial
        Preference, in [-1, 1], and interconversion factor at the first time.
    step
        Largest step, years, above zero; a twentieth of 1/(nu + omega) when None.

    Returns
    -------
    DensityPath
        At `times`.

    Raises
    ------
    ParameterError
        When an argument breaks its rule.
    """
    years = increasing("times", times)
    largest = _SHARE / (parameters.nu + parameters.omega) if step is None else positive("step", step)
    x = preference_grid(half_input)
    probability, alpha = concentrated(half_input, x0), checked_alpha(alpha_initial)
    rows, factors = [probability], [alpha]
    for span in np.diff(years):
        n_steps = max(1, math.ceil(span / largest - 1e-9))
        half = float(span) / n_steps / 2
        for _ in range(n_steps):
            alpha = _turned(alpha, float(probability @ x), parameters, half)
            probability = propagated(generator(half_input, alpha, parameters), probability, 2 * half)
            alpha = _turned(alpha, float(probability @ x), parameters, half)
        rows.append(probability)
        factors.append(alpha)
    return DensityPath(parameters, years, x, np.array(rows), np.array(factors))


def _turned(alpha: float, mean: float, parameters: CoevolutionParameters, years: float) -> float:
    """Solve eq 17 exactly while x is held: alpha nears -alpha0 tanh(lambda x) at the rate 2 omega cosh(lambda x)."""
    turn = parameters.lam * mean
    target = -parameters.alpha0 * math.tanh(turn)
    return alpha - (target - alpha) * math.expm1(-2 * parameters.omega * math.cosh(turn) * years)
