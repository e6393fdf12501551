"""Posteriors of small differential equations with few data; their answer is drawn by importance."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.posteriors.toy import Array, Toy
from rcsd.analysis.calibration.posterior.marginals import Bell, Flat, Marginal

Slope = Callable[[float, Array, Array], Array]


def odes() -> Iterator[Toy]:
    """Yield eight of them."""
    yield _fitted("logistic, early data", _logistic, [(20, 500), (0.05, 1.5), (1, 30)], (200, 0.4, 5), 1, 8, 6)
    yield _fitted("logistic, all of it", _logistic, [(20, 500), (0.05, 1.5), (1, 30)], (200, 0.4, 5), 1, 25, 10)
    yield _fitted("prey and predators", _prey, [(0.1, 2), (0.1, 2), (20, 100), (5, 60)], (0.6, 0.6, 60, 20), 2, 12, 12)
    yield _fitted("epidemic", _epidemic, [(0.5, 4), (0.1, 1.5), (0.5, 20)], (1.7, 0.45, 3), 1, 14, 12)
    yield _fitted("two decays", _decays, [(0.1, 20), (0.01, 5), (0.1, 20), (0.01, 5)], (6, 1.5, 4, 0.2), 2, 10, 10)
    yield _fitted("oscillator, sparse", _oscillator, [(0.2, 8), (0.0, 0.5), (0.5, 4)], (2.1, 0.05, 2), 2, 12, 7)
    yield _fitted("saturating uptake", _uptake, [(0.2, 20), (0.2, 60), (5, 30)], (3, 8, 15), 1, 8, 7)
    yield _fitted("a delay of third order", _delay, [(0.5, 20), (0.2, 15), (0.1, 5)], (6, 4, 1), 3, 20, 10)


def _fitted(
    title: str,
    slope: Slope,
    bounds: list[tuple[float, float]],
    truth: tuple[float, ...],
    n_states: int,
    until: float,
    n_data: int,
) -> Toy:
    """Observe the first state with relative errors whose size is estimated."""
    times = np.linspace(until / n_data, until, n_data)
    rng = np.random.default_rng(len(title))
    true = _run(slope, np.array([truth], dtype=float), n_states, times)[0]
    scale = 0.1 * np.std(true)
    observed = true + scale * rng.standard_normal(n_data)
    marginals: tuple[Marginal, ...] = (*(Flat(*each) for each in bounds), Bell(float(np.log(scale)), 0.7))

    def log_likelihood(x: Array) -> Array:
        with np.errstate(all="ignore"):
            runs = _run(slope, x[:, :-1], n_states, times)
            off = (runs - observed) / np.exp(x[:, -1:])
            return np.asarray(np.sum(-0.5 * off**2, axis=1) - n_data * x[:, -1])

    return Toy(title, "equation", marginals, log_likelihood)


def _run(slope: Slope, constants: Array, n_states: int, times: Array) -> Array:
    """Integrate by Runge and Kutta's method; the first state at the times, shape (n_rows, n_times)."""
    c = constants.T
    state = slope(-1.0, np.empty((n_states, len(constants))), c)
    found, now, step = np.empty((len(constants), times.size)), 0.0, 0.05
    for k, when in enumerate(times):
        n_steps = max(1, round((when - now) / step))
        h = (when - now) / n_steps
        for _ in range(n_steps):
            a = slope(now, state, c)
            b = slope(now + h / 2, state + h / 2 * a, c)
            d = slope(now + h / 2, state + h / 2 * b, c)
            e = slope(now + h, state + h * d, c)
            state = state + h / 6 * (a + 2 * b + 2 * d + e)
            now += h
        found[:, k] = state[0]
    return found


def _logistic(t: float, x: Array, c: Array) -> Array:
    return np.stack([c[2]]) if t < 0 else np.stack([c[1] * x[0] * (1 - x[0] / c[0])])


def _prey(t: float, x: Array, c: Array) -> Array:
    if t < 0:
        return np.stack([c[2], c[3]])
    return np.stack([x[0] * (c[0] - 0.02 * x[1]), x[1] * (0.01 * x[0] - c[1])])


def _epidemic(t: float, x: Array, c: Array) -> Array:
    if t < 0:
        return np.stack([c[2], 763 - c[2]])
    new = c[0] * x[0] * x[1] / 763
    return np.stack([new - c[1] * x[0], -new])


def _decays(t: float, x: Array, c: Array) -> Array:
    if t < 0:
        return np.stack([c[0] + c[2], c[2]])
    return np.stack([-c[1] * (x[0] - x[1]) - c[3] * x[1], -c[3] * x[1]])


def _oscillator(t: float, x: Array, c: Array) -> Array:
    if t < 0:
        return np.stack([c[2], np.zeros_like(c[2])])
    return np.stack([x[1], -(c[0] ** 2) * x[0] - 2 * c[1] * c[0] * x[1]])


def _uptake(t: float, x: Array, c: Array) -> Array:
    return np.stack([c[2]]) if t < 0 else np.stack([-c[0] * x[0] / (c[1] + x[0])])


def _delay(t: float, x: Array, c: Array) -> Array:
    if t < 0:
        return np.zeros_like(x)
    rate = 3 / c[1]
    return np.stack(
        [rate * (x[1] - x[0]), rate * (x[2] - x[1]), rate * (c[0] * np.exp(-((t / 10) ** 2)) * c[2] - x[2])]
    )
