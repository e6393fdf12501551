"""Members of an ensemble: runs of a model, and the matrix in which they are disturbed and corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.parameters import Parameter
from rcsd.analysis.state.process import Process
from rcsd.restart import State

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """Runs that have come to one time.

    Attributes
    ----------
    state
        Of their stocks.
    inputs
        Constants by name, shape (member,).
    origins
        Walking parameters as the members began with them, on the search scale, shape (member, walk).
    gaps
        Of the series that have one, shape (member, gap).
    """

    state: State
    inputs: Mapping[str, NDArray[np.float64]]
    origins: Matrix
    gaps: Matrix

    @property
    def n(self) -> int:
        """How many there are."""
        return self.state.n_runs

    def part(self, rows: NDArray[np.intp]) -> Members:
        """Return some of them."""
        return Members(
            self.state.part(rows),
            {name: row[rows] for name, row in self.inputs.items()},
            self.origins[rows],
            self.gaps[rows],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Matrices:
    """Takes members to a matrix, a row per member, and back: columns are stocks, corrected parameters, then gaps.

    A stock with a relative disturbance is there as its logarithm, one with an absolute one as it is. Any other is there
    as its logarithm where all members have a positive level at the time.

    Parameters
    ----------
    stocks
        Of the model.
    process
        What is assumed.
    """

    stocks: tuple[str, ...]
    process: Process

    @property
    def names(self) -> tuple[str, ...]:
        """Of the columns."""
        return (*self.stocks, *self.process.corrected, *(gap.name for gap in self.process.gaps))

    @property
    def may_change(self) -> NDArray[np.bool_]:
        """Which columns the data may correct."""
        named = {each.stock for each in self.process.disturbances}
        stocks = [self.process.update == "all" or stock in named for stock in self.stocks]
        return np.array([*stocks, *(True for _ in self.names[len(self.stocks) :])], dtype=np.bool_)

    def logs(self, state: State) -> NDArray[np.bool_]:
        """Say which stocks stand as logarithms, shape (stock,)."""
        kinds = {each.stock: each.kind == "relative" for each in self.process.disturbances}
        positive = np.all(state.levels > 0, axis=0)
        return np.array([kinds.get(stock, bool(positive[i])) for i, stock in enumerate(self.stocks)], dtype=np.bool_)

    def matrix(self, members: Members, logs: NDArray[np.bool_]) -> Matrix:
        """Return the members as a matrix; NaN where a level has no logarithm."""
        levels = members.state.levels.copy()
        levels[:, logs] = logarithm(levels[:, logs])
        parameters = [self._parameter(name).to_search(members.inputs[name]) for name in self.process.corrected]
        return np.column_stack([levels, *parameters, members.gaps])

    def members(self, before: Members, matrix: Matrix, logs: NDArray[np.bool_]) -> Members:
        """Return the members with what a matrix holds; parameters are cut at their bounds."""
        levels = matrix[:, : len(self.stocks)].copy()
        levels[:, logs] = np.exp(levels[:, logs])
        inputs = dict(before.inputs)
        first_gap = len(self.stocks) + len(self.process.corrected)
        for name, z in zip(self.process.corrected, matrix[:, len(self.stocks) : first_gap].T, strict=True):
            inputs[name] = self.natural(name, z)
        return Members(before.state.with_levels(levels), inputs, before.origins, matrix[:, first_gap:])

    def begun(self, state: State, inputs: Mapping[str, NDArray[np.float64]]) -> Members:
        """Return members that stand at their first time."""
        origins = [self._parameter(w.parameter).to_search(inputs[w.parameter]) for w in self.process.walks]
        return Members(
            state,
            inputs,
            np.column_stack(origins) if origins else np.empty((state.n_runs, 0)),
            np.zeros((state.n_runs, len(self.process.gaps))),
        )

    def spread_at_first(self, members: Members, rng: np.random.Generator) -> Members:
        """Give each stock, and each gap, its uncertainty at the first time."""
        spread = self._disturbed(members, [each.initial for each in self.process.disturbances], rng)
        return replace(spread, gaps=self._noise(members, [gap.initial for gap in self.process.gaps], rng))

    def disturbed(self, members: Members, interval: float, rng: np.random.Generator) -> Members:
        """Give members what disturbs them over an interval: stocks, walking parameters, then gaps."""
        sds = [each.sd * np.sqrt(interval) for each in self.process.disturbances]
        moved = self._disturbed(members, sds, rng)
        inputs = dict(moved.inputs)
        for walk, origin in zip(self.process.walks, members.origins.T, strict=True):
            parameter = self._parameter(walk.parameter)
            z = parameter.to_search(inputs[walk.parameter])
            z = origin + walk.memory**interval * (z - origin) + walk.spread(interval) * rng.standard_normal(members.n)
            inputs[walk.parameter] = self.natural(walk.parameter, z)
        kept = np.array([gap.memory**interval for gap in self.process.gaps])
        added = self._noise(members, [gap.spread(interval) for gap in self.process.gaps], rng)
        return replace(moved, inputs=inputs, gaps=kept * moved.gaps + added)

    def _noise(self, members: Members, sds: Sequence[float], rng: np.random.Generator) -> Matrix:
        return np.asarray(rng.standard_normal((members.n, len(sds))) * np.array(sds))

    def _disturbed(self, members: Members, sds: Sequence[float], rng: np.random.Generator) -> Members:
        levels = members.state.levels.copy()
        for each, sd in zip(self.process.disturbances, sds, strict=True):
            i, noise = self.stocks.index(each.stock), sd * rng.standard_normal(members.n)
            levels[:, i] = levels[:, i] * np.exp(noise) if each.kind == "relative" else levels[:, i] + noise
        return replace(members, state=members.state.with_levels(levels))

    def gap(self, members: Members, series: str) -> Matrix | float:
        """Return what a series keeps differing by, shape (member,); 0 where it has no gap."""
        names = [gap.series for gap in self.process.gaps]
        return np.asarray(members.gaps[:, names.index(series)]) if series in names else 0.0

    def natural(self, name: str, z: Matrix) -> Matrix:
        """Take a parameter from its search scale, cut at its bounds."""
        parameter = self._parameter(name)
        return np.clip(parameter.from_search(z), parameter.lower, parameter.upper)

    def _parameter(self, name: str) -> Parameter:
        return self.process.space.parameters[self.process.space.names.index(name)]


def logarithm(values: Matrix) -> Matrix:
    """Take logarithms; NaN of what has none."""
    return np.log(np.where(values > 0, values, np.nan))
