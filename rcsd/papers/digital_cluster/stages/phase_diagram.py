"""Where in the space of imitation, ceiling and transaction saving the path of the paper arises, and where not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.papers.digital_cluster.quantities import QUANTITIES
from rcsd.papers.digital_cluster.stages.classifier import classify
from rcsd.papers.digital_cluster.stages.row_rules import READ, RULES, RowRule
from rcsd.papers.digital_cluster.stages.stage_path import first_years, path_kinds
from rcsd.papers.digital_cluster.steady import steady_values
from rcsd.papers.rules import all_within, increasing
from rcsd.simulator import Simulator

IMITATION, CEILING, SAVING = "Digital Imitation", "Digital Ceiling", "Maximum Transaction Saving"

_TOGETHER = 2048
"""Runs classified at once: what bounds the memory."""


@dataclass(frozen=True, slots=True, eq=False)
class PhaseDiagram:
    """What became of the cluster at every point of a grid; axes are (saving, ceiling, imitation).

    Attributes
    ----------
    savings, ceilings, imitations : NDArray
        The grid.
    kinds : NDArray of int, shape (n_savings, n_ceilings, n_imitations)
        Indices of `stage_path.KINDS`; -1 where a run failed.
    digital_years, ecosystem_years : NDArray, of that shape
        First year as a digital cluster and as an ecosystem, NaN where never.
    horizon : float
        Years that the runs last.
    long_run : NDArray of int, shape (n_savings, n_ceilings)
        Stage in which the cluster comes to rest, which imitation has no part in; -1 where the ceiling forbids a run.
    """

    savings: NDArray[np.float64]
    ceilings: NDArray[np.float64]
    imitations: NDArray[np.float64]
    kinds: NDArray[np.int_]
    digital_years: NDArray[np.float64]
    ecosystem_years: NDArray[np.float64]
    horizon: float
    long_run: NDArray[np.int_]


def phase_diagram(
    simulator: Simulator,
    *,
    imitations: ArrayLike,
    ceilings: ArrayLike,
    savings: ArrayLike,
    years: ArrayLike,
    rules: tuple[RowRule, ...] = RULES,
    note: Callable[[int, int], None] | None = None,
) -> PhaseDiagram:
    """Run an ensemble over a grid of imitation, ceiling and transaction saving, and name what every run becomes.

    Parameters
    ----------
    simulator
        The theory's or the compiled model's: what takes the model's constants and gives its variables.
    imitations, ceilings, savings
        Values of the three, increasing; the last two within [0, 1].
    years
        When stages are read, increasing, from the beginning on.
    rules
        Of the classifier.
    note
        Called with the runs done and the runs in all, now and then.

    Raises
    ------
    ParameterError
        When a grid breaks its rule.
    """
    when = increasing("years", years, least=2)
    axes = (_grid(SAVING, savings, 0.95), _grid(CEILING, ceilings, 1.0), _grid(IMITATION, imitations, 2.0))
    points = dict(
        zip((SAVING, CEILING, IMITATION), (axis.ravel() for axis in np.meshgrid(*axes, indexing="ij")), strict=True)
    )
    n = points[SAVING].size
    kinds, digital, ecosystem = np.full(n, -1), np.full(n, np.nan), np.full(n, np.nan)
    for first in range(0, n, _TOGETHER):
        part = slice(first, first + _TOGETHER)
        run = simulator.run({name: values[part] for name, values in points.items()}, outputs=READ, times=when)
        stages = classify({name: run.of(name)[run.ok] for name in READ}, rules)
        rows = np.arange(n)[part][run.ok]
        kinds[rows] = path_kinds(stages)
        if note is not None:
            note(min(first + _TOGETHER, n), n)
        digital[rows], ecosystem[rows] = first_years(when, stages, 1), first_years(when, stages, 2)
    shape = tuple(axis.size for axis in axes)
    return PhaseDiagram(
        *axes,
        kinds=kinds.reshape(shape),
        digital_years=digital.reshape(shape),
        ecosystem_years=ecosystem.reshape(shape),
        horizon=float(when[-1] - when[0]),
        long_run=_long_run(simulator, axes[0], axes[1], rules),
    )


def _grid(name: str, values: ArrayLike, highest: float) -> NDArray[np.float64]:
    return all_within(name, increasing(name, values), 0, highest)


def _long_run(
    simulator: Simulator, savings: NDArray[np.float64], ceilings: NDArray[np.float64], rules: tuple[RowRule, ...]
) -> NDArray[np.int_]:
    """Return the stage at rest for each saving and ceiling, with the simulator's other constants."""
    c = {q.field: np.asarray(float(simulator.constants[q.name])) for q in QUANTITIES}
    c["maximum_transaction_saving"], c["digital_ceiling"] = (
        axis.astype(np.float64) for axis in np.meshgrid(savings, ceilings, indexing="ij")
    )
    return np.where(c["digital_ceiling"] < c["initial_digitalisation"], -1, classify(steady_values(c), rules))
