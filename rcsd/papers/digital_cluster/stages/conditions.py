"""Under which conditions the paper's path arises: one parameter at a time, and all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.papers.digital_cluster.quantities import QUANTITIES
from rcsd.papers.digital_cluster.stages.classifier import classify
from rcsd.papers.digital_cluster.stages.row_rules import READ, RULES, RowRule
from rcsd.papers.digital_cluster.stages.stage_path import FULL_PATH, KINDS, path_kinds
from rcsd.papers.rules import increasing, whole
from rcsd.simulator import Simulator


@dataclass(frozen=True, slots=True, eq=False)
class PathCondition:
    """What becomes of the cluster as one parameter takes the values of its range.

    Attributes
    ----------
    name : str
        The parameter.
    values : NDArray, shape (n_values,)
        Evenly through its range, in its unit.
    kinds : NDArray of int, shape (n_values,)
        Indices of `stage_path.KINDS`; -1 where a run failed.
    """

    name: str
    values: NDArray[np.float64]
    kinds: NDArray[np.int_]

    @property
    def spans(self) -> tuple[tuple[str, float, float], ...]:
        """Neighbouring values with one outcome: its name, the lowest and the highest of them."""
        begins = [0, *(np.flatnonzero(np.diff(self.kinds)) + 1).tolist(), self.kinds.size]
        return tuple(
            (
                KINDS[self.kinds[first]] if self.kinds[first] >= 0 else "failed",
                float(self.values[first]),
                float(self.values[end - 1]),
            )
            for first, end in pairwise(begins)
        )

    @property
    def decisive(self) -> bool:
        """Whether the path is lost somewhere in the range."""
        return bool((self.kinds != FULL_PATH).any())


def path_conditions(
    simulator: Simulator, *, years: ArrayLike, n_values: int = 41, rules: tuple[RowRule, ...] = RULES
) -> tuple[PathCondition, ...]:
    """Vary one parameter at a time through its range, in one ensemble, and name what every run becomes.

    Parameters
    ----------
    simulator
        The theory's or the compiled model's.
    years
        When stages are read, increasing, from the beginning on.
    n_values
        Values of each parameter, two or more.
    rules
        Of the classifier.

    Returns
    -------
    tuple of PathCondition
        One for each parameter, in the order of `quantities.QUANTITIES`.

    Raises
    ------
    ParameterError
        When an argument breaks its rule.
    """
    when, n = increasing("years", years, least=2), whole("n_values", n_values, 2)
    grids = {quantity.name: np.linspace(*quantity.span, n) for quantity in QUANTITIES}
    inputs = {
        name: np.concatenate(
            [grids[name] if other == name else np.full(n, simulator.constants[name]) for other in grids]
        )
        for name in grids
    }
    kinds = _kinds(simulator, inputs, when, rules)
    return tuple(
        PathCondition(name, grid, part)
        for (name, grid), part in zip(grids.items(), np.split(kinds, len(grids)), strict=True)
    )


def outcome_shares(
    simulator: Simulator,
    *,
    years: ArrayLike,
    n_runs: int = 2000,
    rng: np.random.Generator,
    rules: tuple[RowRule, ...] = RULES,
) -> dict[str, float]:
    """Return how often each of `stage_path.KINDS` comes out when all parameters are drawn evenly from their ranges.

    Parameters
    ----------
    simulator
        The theory's or the compiled model's.
    years
        When stages are read, increasing, from the beginning on.
    n_runs
        How many draws, one or more.
    rng
        Source of the draws.
    rules
        Of the classifier.

    Raises
    ------
    ParameterError
        When an argument breaks its rule.
    """
    when, n = increasing("years", years, least=2), whole("n_runs", n_runs, 1)
    inputs = {quantity.name: rng.uniform(*quantity.span, size=n) for quantity in QUANTITIES}
    kinds = _kinds(simulator, inputs, when, rules)
    return {kind: float(np.mean(kinds == index)) for index, kind in enumerate(KINDS)}


def _kinds(
    simulator: Simulator,
    inputs: Mapping[str, NDArray[np.float64]],
    years: NDArray[np.float64],
    rules: tuple[RowRule, ...],
) -> NDArray[np.int_]:
    """Run an ensemble and name its paths, shape (n_runs,); -1 where a run failed."""
    run = simulator.run(inputs, outputs=READ, times=years)
    kinds = np.full(run.n_runs, -1)
    kinds[run.ok] = path_kinds(classify({name: run.of(name)[run.ok] for name in READ}, rules))
    return kinds
