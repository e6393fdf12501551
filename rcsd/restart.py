"""Runs that can be stopped, changed and continued: what a filter asks of a simulator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.ensemble import Ensemble
from rcsd.errors import ModelError
from rcsd.names import near_matches
from rcsd.simulator import Simulator


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """What some runs carry into the rest of their time.

    Attributes
    ----------
    time : float
        Where they stand.
    stocks : tuple of str
        The levels, those behind delays and smooths among them (``Owner#delay1``).
    levels : NDArray, shape (run, stock)
        Their values.
    others : NDArray, shape (run, other)
        What else lasts: sampled and previous values, and what was settled at the initial time.
    """

    time: float
    stocks: tuple[str, ...]
    levels: NDArray[np.float64]
    others: NDArray[np.float64]

    @property
    def n_runs(self) -> int:
        """How many runs there are."""
        return len(self.levels)

    def of(self, stock: str) -> NDArray[np.float64]:
        """Return the level of a stock, shape (run,).

        Raises
        ------
        ModelError
            When there is no such stock.
        """
        if stock not in self.stocks:
            hint = near_matches(stock, self.stocks) or f"the stocks are {', '.join(self.stocks)}"
            raise ModelError(f"{stock!r} is not a stock of the model; {hint}")
        return np.asarray(self.levels[:, self.stocks.index(stock)])

    def with_levels(self, levels: NDArray[np.float64]) -> State:
        """Return the same runs with other levels, shape (run, stock)."""
        return replace(self, levels=levels)

    def part(self, runs: slice | NDArray[np.intp]) -> State:
        """Return some of the runs, which need not be different ones."""
        return replace(self, levels=self.levels[runs], others=self.others[runs])


@runtime_checkable
class RestartableSimulator(Simulator, Protocol):
    """A simulator whose runs can be stopped, given other levels of their stocks, and continued.

    Runs that are stopped and continued with nothing changed are, bit for bit, those that were never stopped.
    """

    @property
    def stocks(self) -> tuple[str, ...]:
        """Every level, those behind delays and smooths among them.

        Raises
        ------
        ModelError
            For a model whose runs cannot be continued, such as one with a fixed delay.
        """
        ...

    def begin(self, inputs: Mapping[str, ArrayLike] | None = None) -> State:
        """Return the runs at the initial time, with the initial values of the model.

        Parameters
        ----------
        inputs
            As of `Simulator.run`; one run for each row.

        Raises
        ------
        ParameterError
            As of `Simulator.run`.
        ModelError
            As `stocks`.
        """
        ...

    def advance(
        self,
        state: State,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike,
    ) -> tuple[Ensemble, State]:
        """Continue runs to the last of some times.

        Parameters
        ----------
        state
            Of runs of this model, on this time axis.
        inputs
            As of `Simulator.run`: a scalar, or one value for each run of the state. Constants may have other values
            than before; what was settled at the initial time stays.
        outputs
            As of `Simulator.run`.
        times
            Increasing times to save, none before that of the state.

        Returns
        -------
        (ensemble, state)
            What was saved, and the runs at the last of these times.

        Raises
        ------
        ParameterError
            As of `Simulator.run`, and for a time before that of the state.
        """
        ...


def restartable(simulator: Simulator) -> RestartableSimulator:
    """Insist on a simulator whose runs can be continued.

    Raises
    ------
    ModelError
        That says what does not come in question.
    """
    if not isinstance(simulator, RestartableSimulator):
        raise ModelError(
            f"{simulator.name}: its runs cannot be stopped and continued; that takes a model file which the compiler "
            "or the interpreter runs in this process, not PySD, a cluster or the equations of a plug-in"
        )
    return simulator
