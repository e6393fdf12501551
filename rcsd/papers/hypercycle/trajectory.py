"""Paths of the shares, solved in logarithms.

With u_i = ln x_i + c the equation reads du_i/dt = f_i(x), x = softmax(u). The shares stay above zero and sum to one
whatever the solver does, and near the boundary, where a share creeps for a long time at 1e-30 or 1e-3000, u runs
straight at a bounded speed: the step need not shrink there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import DOP853

from rcsd.errors import SimulationError
from rcsd.papers.hypercycle.growth import checked_shares, equal_shares
from rcsd.papers.hypercycle.network import CatalyticNetwork
from rcsd.papers.hypercycle.replicase import ReplicasePath
from rcsd.papers.rules import finite, increasing

RELATIVE_TOLERANCE = 1e-10
ABSOLUTE_TOLERANCE = 1e-11
MOST_STEPS = 200_000

Velocity = Callable[[float, NDArray[np.float64]], NDArray[np.float64]]


@dataclass(frozen=True, slots=True, eq=False)
class SharePath:
    """A solution of the catalytic network equation.

    Attributes
    ----------
    network : CatalyticNetwork
        What it was solved with, under a replicase of one.
    times : NDArray, shape (time,)
        Years, increasing.
    shares : NDArray, shape (time, unit)
        x, of sum one.
    log_shares : NDArray, shape (time, unit)
        ln x, which tells what is too small for x; minus infinity for a unit that is not there.
    replicase : NDArray, shape (time,)
        What scaled the catalysis.
    """

    network: CatalyticNetwork
    times: NDArray[np.float64]
    shares: NDArray[np.float64]
    log_shares: NDArray[np.float64]
    replicase: NDArray[np.float64]

    @property
    def advantage(self) -> NDArray[np.float64]:
        """Industrial advantage along the path, 1/Year, shape (time,)."""
        network = self.network
        innovation = network.support.sum(axis=1) + self.shares @ network.catalysis.T
        rates = network.replication + self.replicase[:, None] * innovation
        return np.asarray((self.shares * rates).sum(axis=1) - network.replication.max())

    @property
    def final(self) -> NDArray[np.float64]:
        """Shares at the end, shape (unit,)."""
        return np.asarray(self.shares[-1])


def share_path(
    network: CatalyticNetwork,
    times: ArrayLike,
    *,
    shares: ArrayLike | None = None,
    replicase: float | ReplicasePath = 1.0,
    tolerance: float = RELATIVE_TOLERANCE,
) -> SharePath:
    """Solve dx_i/dt = x_i (f_i - phi) from given shares.

    Parameters
    ----------
    network
        Units and links.
    times
        Years at which the solution is wanted, increasing, two or more; the first is that of the initial shares.
    shares
        x at the first time, zero or more, of sum one; equal ones when None. A share of zero stays zero.
    replicase
        Scales support and catalysis; a number, or a path over the years.
    tolerance
        Relative error of a step, in ln x.

    Returns
    -------
    SharePath
        The sum of the shares is one to rounding at every time.

    Raises
    ------
    ParameterError
        When the shares, the times or the replicase break a rule.
    SimulationError
        When the path needs too many steps.
    """
    years = increasing("times", times, least=2)
    x = equal_shares(network) if shares is None else checked_shares(shares, network.size)
    here = np.flatnonzero(x > 0)
    level = replicase.curve() if isinstance(replicase, ReplicasePath) else _constant(network, replicase)
    baseline, support = network.replication[here], network.support[here].sum(axis=1)
    catalysis = network.catalysis[np.ix_(here, here)]

    def velocity(year: float, u: NDArray[np.float64]) -> NDArray[np.float64]:
        now = softmax(u)
        rates = baseline + level(year) * (support + catalysis @ now)
        return np.asarray(rates - now @ rates)

    logs = solve_logs(velocity, np.log(x[here]), years, tolerance=tolerance)
    logs -= _log_sum(logs)[:, None]
    all_logs = np.full((years.size, network.size), -np.inf)
    all_logs[:, here] = logs
    # dividing once more takes the rounding of the exponentials out of the sum
    values = np.exp(all_logs)
    values /= values.sum(axis=1, keepdims=True)
    return SharePath(network, years, values, all_logs, np.array([level(float(year)) for year in years]))


def solve_logs(
    velocity: Velocity, start: NDArray[np.float64], times: NDArray[np.float64], *, tolerance: float
) -> NDArray[np.float64]:
    """Solve du/dt = velocity(t, u) by Dormand and Prince's method of order 8, shape (time, state).

    Raises
    ------
    SimulationError
        When the solver gives up, or after 200,000 steps.
    """
    absolute = min(ABSOLUTE_TOLERANCE, tolerance)
    solver = DOP853(velocity, float(times[0]), start, float(times[-1]), rtol=tolerance, atol=absolute)
    values = np.empty((times.size, start.size))
    values[0], done = start, 1
    for _ in range(MOST_STEPS):
        message = solver.step()
        if solver.status == "failed":
            raise SimulationError(f"the network equation could not be solved: {message}; take weaker links")
        reached = int(np.searchsorted(times, solver.t, side="right"))
        if reached > done:
            values[done:reached] = solver.dense_output()(times[done:reached]).T
            done = reached
        if solver.status == "finished":
            values[-1] = solver.y
            return values
    raise SimulationError(
        f"the network equation needs more than {MOST_STEPS} steps to year {times[-1]:g}: ask for fewer years or take "
        "weaker links"
    )


def softmax(u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return exp(u)/sum exp(u) over the last axis, without overflow."""
    values = np.exp(u - u.max(axis=-1, keepdims=True))
    return np.asarray(values / values.sum(axis=-1, keepdims=True))


def _log_sum(u: NDArray[np.float64]) -> NDArray[np.float64]:
    top = u.max(axis=-1)
    return np.asarray(top + np.log(np.exp(u - top[..., None]).sum(axis=-1)))


def _constant(network: CatalyticNetwork, replicase: float) -> Callable[[float], float]:
    network.with_replicase(replicase)  # raises for a level that is none
    level = finite("replicase", replicase)
    return lambda _: level
