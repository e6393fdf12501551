"""The master equation: how the probability of every split of the input moves (eqs 5-9)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csc_array, diags_array
from scipy.sparse.linalg import expm_multiply

from rcsd.errors import ParameterError
from rcsd.papers.coevolution.equations.parameters import CoevolutionParameters
from rcsd.papers.coevolution.equations.rates import unit_rates
from rcsd.papers.rules import increasing, whole, within

_SUM_TOLERANCE = 1e-9


def preference_grid(half_input: int) -> NDArray[np.float64]:
    """Return x = r/R for r = -R..R, shape (2R + 1,).

    Raises
    ------
    ParameterError
        When R = `half_input` is not a whole number of units, one or more.
    """
    units = whole("R", half_input, 1)
    return np.arange(-units, units + 1) / units


def all_rates(
    half_input: int, alpha: float, parameters: CoevolutionParameters
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return K_up(r) = (R - r) p_up(r) and K_down(r) = (R + r) p_down(r) for r = -R..R (eq 8).

    Corrected: the paper prints (R - r) in K_down as well, with which eq 11 does not follow.

    Parameters
    ----------
    half_input
        R, units of input, a whole number; one unit moves at a time.
    alpha
        Interconversion factor, held.
    parameters
        nu and beta are used.

    Returns
    -------
    up, down : NDArray, shape (2R + 1,)
        1/Year; K_up(R) and K_down(-R) are zero.

    Raises
    ------
    ParameterError
        When R is not a whole number, one or more, or alpha lies outside its range.
    """
    x = preference_grid(half_input)
    up, down = unit_rates(x, alpha, parameters)
    return half_input * (1 - x) * up, half_input * (1 + x) * down


def generator(half_input: int, alpha: float, parameters: CoevolutionParameters) -> csc_array:
    """Return the matrix Q of dP/dt = Q P (eq 9), tridiagonal, each column of sum zero.

    Parameters and errors are those of `all_rates`.

    Returns
    -------
    csc_array, shape (2R + 1, 2R + 1)
        1/Year; entry (i, j) is the rate from state j to state i.
    """
    up, down = all_rates(half_input, alpha, parameters)
    return diags_array([up[:-1], -(up + down), down[1:]], offsets=[-1, 0, 1], format="csc")


def concentrated(half_input: int, x0: float) -> NDArray[np.float64]:
    """Return the distribution of mean x0 on the one or two states next to it, shape (2R + 1,).

    Raises
    ------
    ParameterError
        When R is no whole number, one or more, or x0 lies outside [-1, 1].
    """
    position = (within("x0", x0, -1, 1) + 1) * whole("R", half_input, 1)
    below = min(int(position), 2 * int(half_input) - 1)
    probability = np.zeros(2 * int(half_input) + 1)
    probability[below : below + 2] = below + 1 - position, position - below
    return probability


def transient(
    half_input: int, alpha: float, parameters: CoevolutionParameters, initial: ArrayLike, times: ArrayLike
) -> NDArray[np.float64]:
    """Solve the master equation (eq 9) from an initial distribution.

    Parameters
    ----------
    half_input, alpha, parameters
        As in `all_rates`.
    initial
        P at the first time, shape (2R + 1,), zero or more, of sum one (eq 6).
    times
        Years, increasing.

    Returns
    -------
    NDArray, shape (n_times, 2R + 1)
        P(r, t); what is lost of the sum is rounding.

    Raises
    ------
    ParameterError
        When an argument breaks its rule.
    """
    matrix = generator(half_input, alpha, parameters)
    years = increasing("times", times)
    states = [checked_distribution(initial, matrix.shape[0])]
    states += [np.empty(0)] * (years.size - 1)
    for step, length in enumerate(np.diff(years)):
        states[step + 1] = propagated(matrix, states[step], float(length))
    return np.array(states)


def propagated(matrix: csc_array, probability: NDArray[np.float64], years: float) -> NDArray[np.float64]:
    """Return exp(Q t) P for a generator Q, shape of P."""
    moved = matrix * years
    return np.asarray(expm_multiply(moved, probability, traceA=moved.trace()))


def checked_distribution(probability: ArrayLike, n_states: int) -> NDArray[np.float64]:
    """Return `n_states` probabilities.

    Raises
    ------
    ParameterError
        When there are not as many, one is negative or no number, or the sum is not one.
    """
    values = np.asarray(probability, dtype=np.float64)
    if values.shape != (n_states,):
        raise ParameterError(f"the distribution must have one value per state, {n_states}; got shape {values.shape}")
    if not (values >= 0).all() or abs(values.sum() - 1) > _SUM_TOLERANCE:
        raise ParameterError("the distribution must be zero or more everywhere and add up to one (eq 6)")
    return values
