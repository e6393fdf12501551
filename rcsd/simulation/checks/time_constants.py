"""Time constants of a model, measured on its run: how fast its stocks, delays among them, act on themselves.

At some moments of the base run the rates of change are linearised in the stocks, and an eigenvalue L of that matrix
stands for a part of the model that decays (or swings) within 1/abs(L) (Sterman 2000, appendix A). Euler's method
reproduces it where ``abs(1 + hL) <= 1``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rcsd.simulation.engine.interpreter import interpret, rates_of_change
from rcsd.simulation.ir import Model, System
from rcsd.simulation.passes import flatten

_MOMENTS = 6
_MOST_STOCKS = 600
"""Stocks beyond which nothing is measured: it would take long, and halving the step tells as much."""
_SHIFT, _WIDER = 1e-6, 1e-4
"""Of the size of a stock: how far it is moved to see how rates answer. Where the wider answers otherwise, there is a
kink or a root and no rate of its own."""
_ALIKE = 0.1
_OF_THE_STEP = 1.5
"""A rate that answers so many times as strongly to a stock where the step is half as long is made of the step."""


@dataclass(frozen=True, slots=True)
class TimeConstant:
    """How fast a part of a model acts on itself.

    Attributes
    ----------
    value : complex
        The eigenvalue, per time unit.
    stock : str
        The stock with the largest part in it, as engines name it (``Owner#delay1`` behind a delay).
    time : float
        When.
    """

    value: complex
    stock: str
    time: float

    @property
    def length(self) -> float:
        """The time constant, in time units."""
        return 1.0 / abs(self.value)

    @property
    def decays(self) -> bool:
        """Whether it dies away, as whatever a long step makes unstable does."""
        return self.value.real < 0 and abs(self.value.imag) <= abs(self.value.real)

    def growth(self, step: float, method: str) -> float:
        """Return by how much a step of a method multiplies it: more than 1 where the method makes it grow."""
        z = self.value * step
        order = {"euler": 1, "rk2": 2, "rk4": 4}[method]
        terms = [1.0, z, z**2 / 2, z**3 / 6, z**4 / 24]
        return float(abs(sum(terms[: order + 1])))


def time_constants(model: Model, system: System) -> tuple[TimeConstant, ...]:
    """Measure the time constants of a model at some moments of its run, the shortest first.

    A rate that is made of the time step itself, such as an outflow that is limited to what is there divided by TIME
    STEP, has no time constant of its own and is left out.

    Parameters
    ----------
    model : Model
        As read.
    system : System
        The same, ready to run.

    Returns
    -------
    tuple of TimeConstant
        Empty for a model without stocks, or with very many.
    """
    names = [s.name for s in system.stocks] + [m.name for m in system.memories] + [p.name for p in system.pipes]
    n_stocks = len(system.stocks)
    if not 0 < n_stocks <= _MOST_STOCKS:
        return ()
    half = flatten(replace(model, time=replace(model.time, step=model.time.step / 2)))
    count = round((system.time.stop - system.time.start) / system.time.step)
    steps = np.unique(np.linspace(0, count - 1, _MOMENTS).round().astype(np.int64)).tolist()
    states = interpret(system, {}, range(1), names, np.array(steps))[0]
    finite = np.isfinite(states).all(axis=1)
    if not finite.all():
        first = int(np.argmin(finite))
        steps, states = steps[:first], states[:first]
    sizes = np.max(np.abs(states), axis=0, initial=0.0)[:n_stocks]
    scales = np.where(sizes > 0, sizes, 1.0)
    moments = [(step, dict(zip(names, state, strict=True))) for step, state in zip(steps, states, strict=True)]
    narrow = _matrices(system, moments, _SHIFT * scales)
    wide = _matrices(system, moments, _WIDER * scales)
    halved = _matrices(half, [(2 * step, state) for step, state in moments], _SHIFT * scales)
    found: list[TimeConstant] = []
    for step, matrix, wider, half_matrix in zip(steps, narrow, wide, halved, strict=True):
        if not all(np.isfinite(each).all() for each in (matrix, wider, half_matrix)):
            continue
        made_of_step = np.abs(half_matrix) >= _OF_THE_STEP * np.abs(matrix)
        bent = np.abs(wider - matrix) > _ALIKE * np.abs(matrix)
        time = system.time.start + step * system.time.step
        found += _of_matrix(np.where(made_of_step | bent, 0.0, matrix), [stock.name for stock in system.stocks], time)
    return tuple(sorted(found, key=lambda each: each.length))


def _matrices(
    system: System, moments: Sequence[tuple[int, dict[str, float]]], shifts: NDArray[np.float64]
) -> Iterator[NDArray[np.float64]]:
    """Yield, for each moment, the change of each rate (row) per unit of each stock (column)."""
    n = len(system.stocks)

    def lanes() -> Iterator[tuple[int, dict[str, NDArray[np.float64]]]]:
        for step, state in moments:
            values = {name: np.full(2 * n, value) for name, value in state.items()}
            for i, stock in enumerate(system.stocks):
                values[stock.name][i] += shifts[i]
                values[stock.name][i + n] -= shifts[i]
            yield step, values

    for rates in rates_of_change(system, lanes(), 2 * n):
        yield (rates[:, :n] - rates[:, n:]) / (2 * shifts)


def _of_matrix(matrix: NDArray[np.float64], stocks: Sequence[str], time: float) -> Iterator[TimeConstant]:
    """Yield the eigenvalues that are not zero, each with the stock that has the largest part in it."""
    if np.count_nonzero(matrix - np.diag(np.diag(matrix))):
        values, right = np.linalg.eig(matrix)
        try:
            left = np.linalg.inv(right)
        except np.linalg.LinAlgError:  # equal eigenvalues without vectors enough, as of a delay of several stages
            left = right.conj().T
        parts = np.abs(right * left.T)
    else:
        values, parts = np.diag(matrix).astype(complex), np.eye(len(matrix))
    for value, part in zip(values, parts.T, strict=True):
        if abs(value) > np.finfo(np.float64).tiny:
            yield TimeConstant(complex(value), stocks[int(np.argmax(part))], time)
