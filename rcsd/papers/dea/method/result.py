"""What an analysis has found, unit by unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from scipy.sparse import csr_array

from rcsd.papers.dea.method.data import DeaData, Floats, Period
from rcsd.papers.dea.method.model import DeaModel
from rcsd.papers.dea.method.radial import Weights

if TYPE_CHECKING:
    import pandas as pd

Standing: TypeAlias = Literal["efficient", "weakly efficient", "inefficient", "infeasible"]
"""Weakly efficient: a score of one, and slack all the same. Infeasible: no mix of the others reaches the unit."""

TOLERANCE = 1e-6
"""Shares below which a slack, a distance of the score from one or a peer's part counts for nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class DeaResult:
    """Scores and what stands behind them; row k is row k of the data.

    Attributes
    ----------
    data : DeaData
        What was compared.
    model : DeaModel
        How.
    frontier : Period or None
        None for one frontier of all rows, "own period" where each row is held against those of its own period.
    scores : NDArray, shape (n,)
        In (0, 1], 1 on the frontier; output-oriented one over the factor by which outputs could grow. With
        super-efficiency above 1 for efficient units, and NaN where there is no solution.
    standing : tuple of str, length n
        "efficient", "weakly efficient", "inefficient" or "infeasible".
    input_slacks, output_slacks, undesirable_slacks : NDArray, shapes (n, m), (n, s), (n, k)
        What is left after the factor, in the columns' units; a surplus of inputs and undesirable outputs, a shortfall
        of outputs.
    lambdas : csr_array, shape (n, n)
        Row k: the mix of units that unit k is held against.
    weights : Weights or None
        Multipliers of the dual form, of radial models.
    targets : NDArray, shape (n, m + s + k)
        Inputs, outputs and undesirable outputs on the frontier.
    gap : float
        Worst difference between the envelopment form's and the multiplier form's value of a score.
    """

    data: DeaData
    model: DeaModel
    frontier: Literal["own period"] | None
    scores: Floats
    standing: tuple[Standing, ...]
    input_slacks: Floats
    output_slacks: Floats
    undesirable_slacks: Floats
    lambdas: csr_array
    weights: Weights | None
    targets: Floats
    gap: float

    @property
    def efficient(self) -> tuple[int, ...]:
        """Rows on the frontier without slack."""
        return tuple(k for k, each in enumerate(self.standing) if each == "efficient")

    @property
    def peers(self) -> tuple[tuple[int, ...], ...]:
        """Rows that each row is held against, the one that gives most of the target first.

        A unit is a peer when its part of some input, output or undesirable output of the target is more than a
        millionth of it: a tolerance on what it gives, so that neither size nor unit of measurement matters.
        """
        columns = np.hstack([self.data.inputs, self.data.outputs, self.data.undesirable])
        mixed = self.lambdas @ columns
        found = []
        for k in range(len(self.data)):
            span = slice(self.lambdas.indptr[k], self.lambdas.indptr[k + 1])
            who, much = self.lambdas.indices[span], self.lambdas.data[span]
            with np.errstate(invalid="ignore", divide="ignore"):
                share = np.nan_to_num(much[:, None] * columns[who] / mixed[k]).max(axis=1, initial=0.0)
            order = np.lexsort((who, -share))
            found.append(tuple(int(who[i]) for i in order if share[i] > TOLERANCE))
        return tuple(found)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per unit: score, standing, slacks, targets and peers."""
        import pandas as pd  # noqa: PLC0415 - at the edge alone

        data = self.data
        labels = data.labels
        frame = _index(data)
        frame["score"] = self.scores
        frame["standing"] = list(self.standing)
        names = (*data.input_names, *data.output_names, *data.undesirable_names)
        slacks = np.hstack([self.input_slacks, self.output_slacks, self.undesirable_slacks])
        for j, name in enumerate(names):
            frame[f"slack {name}"] = slacks[:, j]
        for j, name in enumerate(names):
            frame[f"target {name}"] = self.targets[:, j]
        frame["peers"] = ["; ".join(labels[i] for i in row) for row in self.peers]
        return pd.DataFrame(frame)

    def lambdas_frame(self) -> pd.DataFrame:
        """Return one row for each pair of a unit and a peer: unit, peer, lambda."""
        import pandas as pd  # noqa: PLC0415 - at the edge alone

        labels = self.data.labels
        pairs = [(k, i) for k, row in enumerate(self.peers) for i in row]
        return pd.DataFrame(
            {
                "unit": [labels[k] for k, _ in pairs],
                "peer": [labels[i] for _, i in pairs],
                "lambda": [float(self.lambdas[k, i]) for k, i in pairs],
            }
        )


def _index(data: DeaData) -> dict[str, object]:
    """First columns of a frame: unit, and period where there is one."""
    periods: tuple[Period, ...] = data.periods
    return {"unit": list(data.units)} | ({"period": list(periods)} if periods else {})
