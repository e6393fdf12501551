"""The master equation with an interconversion factor that answers to the mean preference."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.theory.coevolution.master_equation import all_rates, concentrated, generator, preference_grid, propagated
from rcsd.theory.coevolution.mean_field import preference_drift
from rcsd.theory.coevolution.parameters import CoevolutionParameters, checked_alpha
from rcsd.theory.rules import increasing, positive


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
    step: float = 0.25,
) -> DensityPath:
    """Solve eq 9 together with eq 17, in which the mean of x stands for x.

    As R grows it becomes the coupled pair of eqs 12 and 17. Within a step alpha is held at its value in the middle of
    the step, so that the error falls with the square of the step.

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
        Largest step, years, above zero.

    Returns
    -------
    DensityPath
        At `times`.

    Raises
    ------
    ParameterError
        When an argument breaks its rule.
    """
    years, largest = increasing("times", times), positive("step", step)
    x = preference_grid(half_input)
    probability, alpha = concentrated(half_input, x0), checked_alpha(alpha_initial)
    rows, factors = [probability], [alpha]
    for span in np.diff(years):
        n_steps = max(1, math.ceil(span / largest - 1e-9))
        for _ in range(n_steps):
            probability, alpha = _moved(half_input, parameters, x, probability, alpha, float(span) / n_steps)
        rows.append(probability)
        factors.append(alpha)
    return DensityPath(parameters, years, x, np.array(rows), np.array(factors))


def _moved(
    half_input: int,
    parameters: CoevolutionParameters,
    x: NDArray[np.float64],
    probability: NDArray[np.float64],
    alpha: float,
    step: float,
) -> tuple[NDArray[np.float64], float]:
    """Take one step of the midpoint rule, the distribution by the exponential of its generator."""
    up, down = all_rates(half_input, alpha, parameters)
    mean = float(probability @ x)
    middle_mean = mean + step / 2 * float(probability @ (up - down)) / half_input
    middle = alpha + step / 2 * _drift(mean, alpha, parameters)
    after = alpha + step * _drift(middle_mean, middle, parameters)
    return propagated(generator(half_input, middle, parameters), probability, step), after


def _drift(mean: float, alpha: float, parameters: CoevolutionParameters) -> float:
    return float(preference_drift(min(max(mean, -1.0), 1.0), alpha, parameters))
