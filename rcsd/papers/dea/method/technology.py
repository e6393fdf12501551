"""What is possible: mixes of the observed activities, with free disposal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rcsd.papers.dea.method.data import DeaData, Floats
from rcsd.papers.dea.method.model import Returns
from rcsd.papers.dea.method.programme import Indices


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows of the envelopment form for some units, held against the activities of a technology.

    The order is inputs, outputs, undesirable outputs, and with variable returns one row for the sum of lambda. Rows are
    divided by the unit's own value, or by the mean of the activities where that is zero: a unit of any size then has
    numbers around one, and slacks come as shares of what the unit has.

    Attributes
    ----------
    activities : NDArray, shape (r, n)
        Of the technology.
    values : NDArray, shape (u, r)
        The units' own, scaled: one, or zero.
    scale : NDArray, shape (u, r)
        What each row was divided by.
    slacks : NDArray, shape (r, m + s + k)
        Columns of the slacks: what is left of an input, what is added to an output, what is left of an undesirable one.
    self_index : NDArray of int, shape (u,)
        Which activity each unit is; -1 for none.
    n_inputs, n_outputs, n_undesirable : int
        m, s and k.
    """

    activities: Floats
    values: Floats
    scale: Floats
    slacks: Floats
    self_index: Indices
    n_inputs: int
    n_outputs: int
    n_undesirable: int

    @property
    def inputs(self) -> slice:
        """Rows of the inputs."""
        return slice(0, self.n_inputs)

    @property
    def outputs(self) -> slice:
        """Rows of the outputs."""
        return slice(self.n_inputs, self.n_inputs + self.n_outputs)

    @property
    def n_amounts(self) -> int:
        """Number of rows that are amounts: all but that of the sum of lambda."""
        return self.n_inputs + self.n_outputs + self.n_undesirable

    @property
    def variable(self) -> bool:
        """Whether the last row is the sum of lambda."""
        return bool(self.values.shape[1] > self.n_amounts)

    def pick(self, units: Indices) -> Rows:
        """Keep some units."""
        return Rows(
            activities=self.activities,
            values=self.values[units],
            scale=self.scale[units],
            slacks=self.slacks,
            self_index=self.self_index[units],
            n_inputs=self.n_inputs,
            n_outputs=self.n_outputs,
            n_undesirable=self.n_undesirable,
        )


def amounts(data: DeaData) -> Floats:
    """Put inputs, outputs and undesirable outputs side by side, shape (n, m + s + k)."""
    return np.hstack([data.inputs, data.outputs, data.undesirable])


def rows_for(reference: DeaData, evaluated: DeaData, returns: Returns, *, own: bool = True) -> Rows:
    """Hold units against a technology.

    Parameters
    ----------
    reference
        Whose activities make the technology.
    evaluated
        The units to measure; the same columns.
    returns
        To scale.
    own
        Whether unit k is activity k, as it is when both data are the same.
    """
    activities, theirs = amounts(reference).T, amounts(evaluated)
    means = activities.mean(axis=1)
    scale = np.where(theirs > 0, theirs, np.where(means > 0, means, 1.0))
    values = theirs / scale
    m, s, k = (block.shape[1] for block in (reference.inputs, reference.outputs, reference.undesirable))
    signs = np.concatenate([np.ones(m), -np.ones(s), np.ones(k)])
    slacks = np.diag(signs)
    if returns == "variable":
        ones = np.ones((len(evaluated), 1))
        activities = np.vstack([activities, np.ones(len(reference))])
        values, scale = np.hstack([values, ones]), np.hstack([scale, ones])
        slacks = np.vstack([slacks, np.zeros(m + s + k)])
    n = len(evaluated)
    return Rows(
        activities=activities,
        values=values,
        scale=scale,
        slacks=slacks,
        self_index=np.arange(n) if own else np.full(n, -1),
        n_inputs=m,
        n_outputs=s,
        n_undesirable=k,
    )
