"""Periodic orbits of a network: found along a path, then closed by Newton's method."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import solve_ivp

from rcsd.papers.hypercycle.behaviour.equilibria import RestPoint, interior_equilibrium
from rcsd.papers.hypercycle.growth import checked_shares
from rcsd.papers.hypercycle.network import CatalyticNetwork
from rcsd.papers.hypercycle.trajectory import softmax
from rcsd.papers.rules import positive

_TURNS = 16
"""So many turns of the linear motion at the interior point are followed at a time."""
_ROUNDS = 24
_NEARLY_CLOSED = 0.02
"""Two turns that differ by less, in ln x, are close enough for Newton's method."""
_GONE = 500.0
"""A path with ln x this far apart has left for the boundary."""
_SMALLEST = 1e-2
"""An orbit whose ln x range over less is the interior point."""
_ISOLATED = 1e-5
"""Where a multiplier is as near to one as this, neighbouring paths close as well, or nearly: no orbit of its own."""
_NEWTON_STEPS = 25
_N_DRAWN = 400
_FEWEST_UNITS = 3
_TURN = 1e-7
"""Imaginary parts of less than this share of the largest eigenvalue are rounding: nothing turns."""


@dataclass(frozen=True, slots=True, eq=False)
class PeriodicOrbit:
    """A closed path of the shares.

    Attributes
    ----------
    period : float
        Years.
    amplitude : NDArray, shape (unit,)
        Half of what each share ranges over.
    multipliers : NDArray of complex, shape (unit - 2,)
        What becomes of small distances to the orbit in one turn (Floquet), by falling size.
    residual : float
        By how much ln x misses itself after one turn.
    times : NDArray, shape (time,)
        One turn, years.
    shares : NDArray, shape (time, unit)
        x along it.
    """

    period: float
    amplitude: NDArray[np.float64]
    multipliers: NDArray[np.complex128]
    residual: float
    times: NDArray[np.float64]
    shares: NDArray[np.float64]

    @property
    def stable(self) -> bool:
        """Whether paths nearby come to it."""
        return bool((np.abs(self.multipliers) < 1).all())

    @property
    def mean(self) -> NDArray[np.float64]:
        """Time average of the shares, shape (unit,)."""
        return np.asarray(np.trapezoid(self.shares, self.times, axis=0) / self.period)


def periodic_orbit(
    network: CatalyticNetwork, *, shares: ArrayLike | None = None, tolerance: float = 1e-10
) -> PeriodicOrbit | None:
    """Find the orbit that a path comes to; None where it comes to rest, or leaves for the boundary.

    Parameters
    ----------
    network
        Three units or more can have one.
    shares
        Where the path begins, all above zero; near the interior point when None.
    tolerance
        Relative error of a step, in ln x.

    Raises
    ------
    ParameterError
        When the shares or the tolerance break a rule.
    """
    centre = interior_equilibrium(network)
    positive("tolerance", tolerance)
    if centre is None or network.size < _FEWEST_UNITS or not _turns(centre.eigenvalues):
        return None
    flow = _Flow(network, tolerance)
    w = _displaced(centre) if shares is None else np.log(checked_shares(shares, network.size))
    w = w[:-1] - w[-1]
    guess = _first_guess(flow, centre, np.asarray(w))
    return None if guess is None else _closed(flow, *guess)


def _turns(eigenvalues: NDArray[np.complex128]) -> bool:
    return bool(np.abs(eigenvalues.imag).max() > _TURN * np.abs(eigenvalues).max())


class _Flow:
    """The equation in w_i = ln x_i - ln x_n, i < n, which has no redundant direction."""

    def __init__(self, network: CatalyticNetwork, tolerance: float) -> None:
        self.tolerance = tolerance
        self._baseline = network.baseline[:-1] - network.baseline[-1]
        self._catalysis = network.catalysis[:-1] - network.catalysis[-1]

    @staticmethod
    def shares(w: NDArray[np.float64]) -> NDArray[np.float64]:
        return softmax(np.append(w, np.zeros((*w.shape[:-1], 1)), axis=-1))

    def velocity(self, _: float, w: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(self._baseline + self._catalysis @ self.shares(w))

    def with_spread(self, _: float, state: NDArray[np.float64]) -> NDArray[np.float64]:
        """Velocity of w and of the matrix of small distances."""
        n = self._baseline.size
        x = self.shares(state[:n])
        gains = self._catalysis @ x
        jacobian = (self._catalysis - gains[:, None])[:, :-1] * x[:-1]
        return np.concatenate([self._baseline + gains, (jacobian @ state[n:].reshape(n, n)).ravel()])

    def turn(self, w: NDArray[np.float64], years: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return w after some years, and its derivative by where it began."""
        n = w.size
        state = self._solved(self.with_spread, np.concatenate([w, np.eye(n).ravel()]), years)
        return state[:n], state[n:].reshape(n, n)

    def _solved(self, velocity: object, start: NDArray[np.float64], years: float) -> NDArray[np.float64]:
        solved = solve_ivp(velocity, (0.0, years), start, "DOP853", rtol=self.tolerance, atol=self.tolerance / 10)
        return np.asarray(solved.y[:, -1])


def _displaced(centre: RestPoint) -> NDArray[np.float64]:
    """Return ln x at a point off the interior one, in a direction without symmetry."""
    shift = np.cos(1.0 + 2.4 * np.arange(centre.shares.size))
    return np.asarray(np.log(centre.shares) + 0.3 * shift)


def _first_guess(
    flow: _Flow, centre: RestPoint, w: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float, NDArray[np.float64]] | None:
    """Follow a path until it nearly closes: a point of the orbit, its period, and where its section lies."""
    middle = np.log(centre.shares[:-1] / centre.shares[-1])
    span = _TURNS * 2 * np.pi / float(np.abs(centre.eigenvalues.imag).max())

    def section(_: float, state: NDArray[np.float64]) -> float:
        return float(state[0] - middle[0])

    section.direction = 1.0  # type: ignore[attr-defined]
    for _ in range(_ROUNDS):
        solved = solve_ivp(flow.velocity, (0.0, span), w, "DOP853", events=section, rtol=1e-8, atol=1e-9)
        w = np.asarray(solved.y[:, -1])
        if np.abs(w).max() > _GONE:
            return None
        if solved.t_events[0].size <= 1:
            if np.ptp(solved.y, axis=1).max() < _SMALLEST:
                return None
            span *= 2  # turns near the boundary are long
            continue
        at = solved.y_events[0]
        if np.ptp(solved.y[:, solved.t >= solved.t_events[0][-2]], axis=1).max() < _SMALLEST:
            return None
        if np.abs(at[-1] - at[-2]).max() < _NEARLY_CLOSED:
            return np.asarray(at[-1]), float(solved.t_events[0][-1] - solved.t_events[0][-2]), middle
    return None


def _closed(flow: _Flow, w: NDArray[np.float64], period: float, middle: NDArray[np.float64]) -> PeriodicOrbit | None:
    """Solve turn(w, T) = w with w on the section, by Newton's method; None when it finds no orbit."""
    n = w.size
    for _ in range(_NEWTON_STEPS):
        after, spread = flow.turn(w, period)
        miss = np.append(after - w, w[0] - middle[0])
        if np.abs(miss).max() < 100 * flow.tolerance:
            break
        matrix = np.zeros((n + 1, n + 1))
        matrix[:n, :n] = spread - np.eye(n)
        matrix[:n, n] = flow.velocity(0.0, after)
        matrix[n, 0] = 1.0
        step = np.linalg.lstsq(matrix, -miss, rcond=None)[0]
        # far steps are cut: the orbit is near
        step *= min(1.0, 0.5 / max(np.abs(step[:n]).max(), abs(step[n]) / period, 1e-300))
        w, period = w + step[:n], period + float(step[n])
    else:
        return None
    return _orbit(flow, w, period, spread, float(np.abs(miss[:n]).max()))


def _orbit(
    flow: _Flow, w: NDArray[np.float64], period: float, spread: NDArray[np.float64], residual: float
) -> PeriodicOrbit | None:
    times = np.linspace(0.0, period, _N_DRAWN + 1)
    path = solve_ivp(
        flow.velocity, (0.0, period), w, "DOP853", t_eval=times, rtol=flow.tolerance, atol=flow.tolerance / 10
    ).y.T
    if np.ptp(path, axis=0).max() < _SMALLEST:
        return None
    shares = flow.shares(path)
    multipliers = np.linalg.eigvals(spread)
    # the one along the orbit is 1
    multipliers = np.delete(multipliers, np.argmin(np.abs(multipliers - 1)))
    if (np.abs(np.abs(multipliers) - 1) < _ISOLATED).any():
        return None
    return PeriodicOrbit(
        period=period,
        amplitude=_half_ranges(times, shares),
        multipliers=np.asarray(multipliers[np.argsort(-np.abs(multipliers))], dtype=np.complex128),
        residual=residual,
        times=times,
        shares=shares,
    )


def _half_ranges(times: NDArray[np.float64], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return half of each share's range, the extremes from parabolas through three samples of the closed path."""
    ends = np.empty((2, shares.shape[1]))
    ring = shares[:-1]
    for column in range(shares.shape[1]):
        for row, sign in enumerate((1.0, -1.0)):
            values = sign * ring[:, column]
            at = int(np.argmax(values))
            before, here, after = (values[(at + shift) % values.size] for shift in (-1, 0, 1))
            bend = before - 2 * here + after
            ends[row, column] = sign * (here - (after - before) ** 2 / (8 * bend) if bend < 0 else here)
    return np.asarray((ends[0] - ends[1]) / 2)
