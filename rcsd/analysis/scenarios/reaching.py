"""Which settings of levers bring an outcome down to a target, at least cost.

A constrained optimisation over the levers' ranges: least cost under outcome = target, by sequential quadratic
programming (Kraft 1988; Nocedal and Wright, Numerical Optimization, 2nd ed., ch. 18) from several starts, gradients by
differences whose points are run as one batch. Where the target lies below what the ranges allow, the nearest outcome
that can be reached takes its place: that is a result, not a fault.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import ParameterError, SimulationError

Floats = NDArray[np.float64]
Evaluate = Callable[[Floats], tuple[Floats, Floats]]
"""Settings, shape (n_points, n_levers), to outcome and cost, each of shape (n_points,); NaN for a run that failed."""

_STEP = 1e-4
"""Of a difference quotient, as a share of a lever's range."""
_SAMPLE = 6
"""Logarithm to base 2 of the points that are tried before any descent."""
_CHEAPEST = 3
"""Of these points that reach the target, how many a descent starts from."""
_ITERATIONS = 60
_TIE = 1e-5
"""Weight of the mean square of the levers' shares of their ranges: of equal ways the gentlest is taken."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Settings that reach a target, or come as near to it as can be.

    Attributes
    ----------
    settings
        Of the levers, shape (n_levers,).
    outcome, cost
        With these settings.
    target
        What was aimed at.
    idle
        The outcome with every lever as it is.
    lowest
        The lowest outcome that was found within the ranges.
    reached
        Whether the outcome is at or below the target, within the tolerance.
    n_runs
        Runs spent.
    """

    settings: Floats
    outcome: float
    cost: float
    target: float
    idle: float
    lowest: float
    reached: bool
    n_runs: int


def reach(
    evaluate: Evaluate,
    idle: ArrayLike,
    lower: ArrayLike,
    upper: ArrayLike,
    target: float,
    *,
    tolerance: float = 1e-4,
    seed: int = 0,
) -> Reach:
    """Find the cheapest settings that bring the outcome down to the target.

    Parameters
    ----------
    evaluate
        The model.
    idle
        Settings of levers that are not pulled, shape (n_levers,), within the ranges.
    lower, upper
        The ranges, shape (n_levers,).
    target
        Of the outcome; one that lies at or above the outcome of idle levers needs no lever.
    tolerance
        How far from the target counts as reached, in the outcome's unit.
    seed
        Of the points that are tried first.

    Raises
    ------
    ParameterError
        For a range that is none, or idle settings outside it.
    SimulationError
        When the model does not run with idle levers.

    Examples
    --------
    Two levers pull 0.5 down by their sum; the second costs twice as much:

    >>> found = reach(lambda x: (0.5 - x.sum(axis=1), x @ [1.0, 2.0]), [0, 0], [0, 0], [0.2, 0.2], 0.2)
    >>> found.settings.round(3).tolist(), round(found.cost, 3), found.reached
    ([0.2, 0.1], 0.4, True)
    """
    from scipy.stats import qmc  # noqa: PLC0415 - slow to import, needed here alone

    low, high, rest = (np.asarray(each, dtype=np.float64) for each in (lower, upper, idle))
    if not (np.all(low < high) and np.all((low <= rest) & (rest <= high))):
        raise ParameterError("every lever needs a range, lower below upper, that holds its idle setting")
    search = _Search(evaluate, low, high - low, (rest - low) / (high - low))
    without, cost = search.run(search.idle[np.newaxis])
    if not np.isfinite(without[0]):
        raise SimulationError("the model does not run with every lever as it is: correct it first")
    base, n = float(without[0]), low.size
    if target >= base - tolerance:
        return Reach(rest, base, float(cost[0]), target, base, base, True, search.n_runs)
    tried = np.vstack([_alone(search.idle), np.ones(n), qmc.Sobol(n, rng=seed).random_base2(_SAMPLE)])
    outcomes, costs = search.run(tried)
    if not np.isfinite(outcomes).any():
        raise SimulationError("the model runs with none of the levers' settings that were tried: narrow their ranges")
    search.scale(base - target, costs)
    lowest = search.lowest([tried[i] for i in _order(outcomes)[:_CHEAPEST]])
    least = float(search.run(lowest[np.newaxis])[0][0])
    aim = max(target, least)
    there = np.flatnonzero(outcomes <= aim + tolerance)
    starts = [lowest, *tried[:n], *tried[there[_order(costs[there])[:_CHEAPEST]]]]
    x = search.cheapest(starts, aim, tolerance, lowest)
    outcome, cost = search.run(x[np.newaxis])
    return Reach(
        settings=low + x * (high - low),
        outcome=float(outcome[0]),
        cost=float(cost[0]),
        target=target,
        idle=base,
        lowest=min(least, float(outcome[0])),
        reached=bool(outcome[0] <= target + tolerance),
        n_runs=search.n_runs,
    )


def _alone(idle: Floats) -> Floats:
    """Pull each lever alone to its upper end."""
    points = np.tile(idle, (idle.size, 1))
    np.fill_diagonal(points, 1.0)
    return points


def _order(values: Floats) -> NDArray[np.intp]:
    """Sort, NaN last."""
    return np.argsort(values, kind="stable")


class _Search:
    """The model over shares of the levers' ranges, and what was spent on it."""

    def __init__(self, evaluate: Evaluate, low: Floats, width: Floats, idle: Floats) -> None:
        self._evaluate = evaluate
        self._low, self._width = low, width
        self.idle = idle
        self.n_runs = 0
        self._fall, self._cost = 1.0, 1.0

    def run(self, points: Floats) -> tuple[Floats, Floats]:
        """Outcomes and costs of some points."""
        self.n_runs += len(points)
        return self._evaluate(self._low + points * self._width)

    def scale(self, fall: float, costs: Floats) -> None:
        """Take the wanted fall, and the largest cost that was seen, for units."""
        self._fall = fall
        seen = np.abs(costs[np.isfinite(costs)])
        self._cost = float(seen.max()) or 1.0

    def _with_gradients(self, x: Floats) -> tuple[Floats, Floats]:
        """Scaled outcome and cost at a point, and their gradients: shapes (2,) and (2, n_levers)."""
        steps = np.where(x + _STEP <= 1, _STEP, -_STEP)
        outcome, cost = self.run(np.vstack([x, x + np.diag(steps)]))
        values = np.stack([outcome / self._fall, cost / self._cost])
        # a run that failed is worse than any other, and level
        values = np.where(np.isfinite(values), values, 1 / _STEP)
        return values[:, 0], (values[:, 1:] - values[:, :1]) / steps

    def lowest(self, starts: list[Floats]) -> Floats:
        """Find the settings of the lowest outcome."""
        from scipy.optimize import minimize  # noqa: PLC0415 - slow to import, needed here alone

        def fall(x: Floats) -> tuple[float, Floats]:
            value, gradient = self._with_gradients(np.clip(x, 0, 1))
            return float(value[0]), gradient[0]

        box = [(0.0, 1.0)] * self.idle.size
        found = [minimize(fall, x, jac=True, bounds=box, method="L-BFGS-B") for x in starts]
        return np.asarray(np.clip(min(found, key=lambda each: float(each.fun)).x, 0.0, 1.0))

    def cheapest(self, starts: list[Floats], aim: float, tolerance: float, last: Floats) -> Floats:
        """Find the settings of least cost whose outcome is the one aimed at; `last` where no descent ends there."""
        from scipy.optimize import minimize  # noqa: PLC0415 - likewise

        memory: dict[bytes, tuple[Floats, Floats]] = {}

        def at(x: Floats) -> tuple[Floats, Floats]:
            x = np.clip(x, 0.0, 1.0)
            key = x.tobytes()
            if key not in memory:
                memory[key] = self._with_gradients(x)
            return memory[key]

        def price(x: Floats) -> float:
            return float(at(x)[0][1] + _TIE * np.mean((x - self.idle) ** 2))

        def price_gradient(x: Floats) -> Floats:
            return np.asarray(at(x)[1][1] + 2 * _TIE * (x - self.idle) / x.size)

        level = {
            "type": "eq",
            "fun": lambda x: at(x)[0][0] - aim / self._fall,
            "jac": lambda x: at(x)[1][0],
        }
        box, best, lowest_price = [(0.0, 1.0)] * self.idle.size, last, np.inf
        for start in starts:
            found = minimize(
                price,
                start,
                jac=price_gradient,
                bounds=box,
                constraints=[level],
                method="SLSQP",
                options={"maxiter": _ITERATIONS, "ftol": 1e-9},
            )
            x = np.clip(found.x, 0.0, 1.0)
            if abs(float(at(x)[0][0]) * self._fall - aim) <= tolerance and price(x) < lowest_price:
                best, lowest_price = x, price(x)
        return best
