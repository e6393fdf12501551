"""The coupled pair as a `Simulator`: what calibrates, scores or varies a model file does so with the theory itself.

Many runs are solved together: the states of some hundred of them are one system for an adaptive explicit method. A run
whose rates are so fast that it would hold up all others is solved by itself, by the method for stiff paths.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import solve_ivp

from rcsd.errors import ParameterError, SimulationError
from rcsd.papers.coevolution.equations.flow import ABSOLUTE_TOLERANCE, RELATIVE_TOLERANCE
from rcsd.papers.coevolution.equations.parameters import LARGEST_EXPONENT, CoevolutionParameters
from rcsd.papers.coevolution.equations.trajectory import trajectory
from rcsd.papers.simulator import Columns, EquationSimulator
from rcsd.simulator import broadcast_inputs

VARIABLES = ("x", "alpha")
DEFAULTS: Mapping[str, float] = {**CoevolutionParameters().to_dict(), "x0": -1.0, "alpha_initial": 0.0}
UNITS: Mapping[str, str] = {
    "nu": "1/Year",
    "omega": "1/Year",
    **dict.fromkeys(("beta", "alpha0", "lambda", "x0", "alpha_initial", *VARIABLES), "Dmnl"),
}

_TOGETHER = 128
"""Runs solved as one system. Its error is judged over all of them, so that of one may be larger by the root of that."""

_MARGIN = 0.1
"""By what share of the tolerance a system of runs is solved, so that the error of each run stays below it."""

_FASTEST = 40.0
"""Rates above this many a year make a run stiff."""


class MeanFieldSimulator(EquationSimulator):
    """Eqs 12 and 17 from `start` on; the inputs are nu, beta, omega, alpha0, lambda, x0 and alpha_initial.

    Parameters
    ----------
    times : array_like, shape (time,)
        Years that are saved unless a run asks for others, increasing, two or more.
    start : float, optional
        Year of the initial values; the first of the times when None.
    defaults : mapping of str to float, optional
        Values of inputs in place of `DEFAULTS`.

    Raises
    ------
    ParameterError
        When the times do not increase, begin before the start, or a default is no input.
    """

    name = "mean field of innovation co-evolution"
    variables = VARIABLES
    units = UNITS

    def __init__(
        self, times: ArrayLike, *, start: float | None = None, defaults: Mapping[str, float] | None = None
    ) -> None:
        super().__init__(times, start=start, least=2)
        given, _ = broadcast_inputs(defaults, DEFAULTS)
        self.constants = {**DEFAULTS, **{name: float(row[0]) for name, row in given.items()}}

    def _solved(
        self, columns: Columns, times: NDArray[np.float64], names: tuple[str, ...]
    ) -> tuple[NDArray[np.float64], list[str]]:
        n = columns["nu"].size
        values = np.full((n, times.size, 2), np.nan)
        messages = [_fault({name: float(column[row]) for name, column in columns.items()}) for row in range(n)]
        sound = np.array([not message for message in messages], dtype=np.bool_)
        stiff = sound & (_fastest(columns) > _FASTEST)
        calm = np.flatnonzero(sound & ~stiff)
        for first in range(0, calm.size, _TOGETHER):
            some = calm[first : first + _TOGETHER]
            found = self._together({name: column[some] for name, column in columns.items()}, times)
            if found is None:
                stiff[some] = True
            else:
                values[some] = found
        for row in np.flatnonzero(stiff):
            try:
                values[row] = self._alone({name: float(column[row]) for name, column in columns.items()}, times)
            except SimulationError as failure:
                messages[row] = str(failure)
        return values[:, :, [VARIABLES.index(name) for name in names]], messages

    def _together(self, columns: Columns, times: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """Solve some rows as one system, shape (run, time, 2); None when the solver gives up."""
        initial = np.concatenate([columns["x0"], columns["alpha_initial"]])
        if times[-1] == self._start:
            return initial.reshape(2, 1, -1).transpose(2, 1, 0)
        solved = solve_ivp(
            _drifts(columns),
            (self._start, float(times[-1])),
            initial,
            method="DOP853",
            t_eval=times,
            rtol=_MARGIN * RELATIVE_TOLERANCE,
            atol=_MARGIN * ABSOLUTE_TOLERANCE,
        )
        if solved.status < 0 or not np.isfinite(solved.y).all():
            return None
        paths = solved.y.reshape(2, -1, times.size).transpose(1, 2, 0)
        paths[..., 0] = np.clip(paths[..., 0], -1, 1)
        return np.asarray(paths)

    def _alone(self, row: Mapping[str, float], times: NDArray[np.float64]) -> NDArray[np.float64]:
        """Solve one row, shape (time, 2)."""
        saved = np.unique(np.concatenate([[self._start], times]))
        if saved.size == 1:
            return np.array([[row["x0"], row["alpha_initial"]]])
        path = trajectory(_parameters(row), saved, x0=row["x0"], alpha_initial=row["alpha_initial"])
        return np.column_stack([path.preference, path.alpha])[np.isin(saved, times)]


def _parameters(row: Mapping[str, float]) -> CoevolutionParameters:
    return CoevolutionParameters(
        nu=row["nu"], beta=row["beta"], omega=row["omega"], alpha0=row["alpha0"], lam=row["lambda"]
    )


def _fault(row: Mapping[str, float]) -> str:
    """Say which rule a row breaks; empty when none."""
    try:
        _parameters(row)
    except ParameterError as fault:
        return str(fault)
    if not -1 <= row["x0"] <= 1:
        return f"x0 must lie between -1 and 1; got {row['x0']!r}"
    if not abs(row["alpha_initial"]) <= LARGEST_EXPONENT:
        return f"alpha_initial must lie between -20 and 20; got {row['alpha_initial']!r}"
    return ""


def _fastest(columns: Columns) -> NDArray[np.float64]:
    """Bound the rates of each row, 1/Year: |x| <= 1, and alpha never leaves what alpha0 and its initial value span."""
    reach = np.maximum(np.abs(columns["alpha0"]), np.abs(columns["alpha_initial"]))
    with np.errstate(over="ignore", invalid="ignore"):
        of_x = 2 * columns["nu"] * (1 + columns["beta"]) * np.cosh(reach + columns["beta"])
        of_alpha = 2 * columns["omega"] * (1 + columns["lambda"] * reach) * np.cosh(columns["lambda"])
    return np.asarray(np.maximum(of_x, of_alpha))


def _drifts(
    columns: Columns,
) -> Callable[[float, NDArray[np.float64]], NDArray[np.float64]]:
    """Return the drifts of many rows, whose states are all x and then all alpha."""
    nu, beta, omega = columns["nu"], columns["beta"], columns["omega"]
    alpha0, lam = columns["alpha0"], columns["lambda"]

    def drifts(_: float, state: NDArray[np.float64]) -> NDArray[np.float64]:
        x, alpha = state.reshape(2, -1)
        with np.errstate(over="ignore", invalid="ignore"):  # a trial step too far, which the solver takes back
            up, turn = np.exp(alpha + beta * x), np.exp(lam * x)
            return np.concatenate(
                [
                    nu * ((1 - x) * up - (1 + x) / up),
                    omega * ((alpha0 - alpha) / turn - (alpha0 + alpha) * turn),
                ]
            )

    return drifts
