"""Sensitivity indices as arrays: what the estimator returns."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

_WIDEST = 0.5
"""Half-width from which on an interval of a share says nothing: it is as wide as all that a share can be."""

_LIGHT = 256
"""From this N on an output without a heavy tail has narrower intervals; below it they may be wider as 1/sqrt(N) is."""


@dataclass(frozen=True, slots=True, eq=False)
class Indices:
    """Sobol indices of many quantities, with half-widths of their bootstrap intervals.

    The leading axes ``...`` run over the quantities: (time, output) for trajectories, none for a number derived from
    them. An estimate is shown as it came out, negative ones too; NaN stands where there is no index, never zero. The
    arrays, and the tables made of them, also keep the numbers of a quantity that the sample does not determine, with
    intervals that show it: `undetermined` marks it, and `shown`, which words and figures take, leaves it out.

    Attributes
    ----------
    n_base : int
        N, rows of the base samples that they were estimated from.
    first, first_conf : NDArray, shape (..., parameter)
        First order: the share of the variance that a parameter explains alone.
    total, total_conf : NDArray, shape (..., parameter)
        Total order: the share that it takes part in, alone or together with others.
    second, second_conf : NDArray, shape (..., parameter, parameter), or None
        Second order: the share that a pair explains beyond its two members; NaN but above the diagonal.
    constant : NDArray of bool, shape (...)
        Which quantities do not vary over the sample and therefore have no indices.
    """

    n_base: int
    first: NDArray[np.float64]
    first_conf: NDArray[np.float64]
    total: NDArray[np.float64]
    total_conf: NDArray[np.float64]
    second: NDArray[np.float64] | None
    second_conf: NDArray[np.float64] | None
    constant: NDArray[np.bool_]

    @property
    def n_parameters(self) -> int:
        """How many parameters there are."""
        return int(self.first.shape[-1])

    @property
    def undetermined(self) -> NDArray[np.bool_]:
        """Which quantities vary, but have a tail too heavy for this sample to give their indices, shape (...).

        Their variance depends on a few rows. So some interval of first or total order is wider than 1, or an estimate
        lies as far outside [0, 1] (below N = 256 both by a factor sqrt(256/N) more); the indices of all parameters
        share that variance, and go together.
        """
        limit = _WIDEST * max(1.0, math.sqrt(_LIGHT / self.n_base))
        wide = ~(self.first_conf <= limit) | ~(self.total_conf <= limit)
        outside = (np.abs(self.first - 0.5) > 0.5 + limit) | (self.total > 1 + limit)
        return np.asarray((wide | outside).any(axis=-1) & ~self.constant)

    @property
    def shown(self) -> Indices:
        """The same with NaN for what is not determined."""
        hidden = self.undetermined[..., None]

        def pairs(array: NDArray[np.float64] | None) -> NDArray[np.float64] | None:
            return None if array is None else np.where(hidden[..., None], np.nan, array)

        return replace(
            self,
            first=np.where(hidden, np.nan, self.first),
            first_conf=np.where(hidden, np.nan, self.first_conf),
            total=np.where(hidden, np.nan, self.total),
            total_conf=np.where(hidden, np.nan, self.total_conf),
            second=pairs(self.second),
            second_conf=pairs(self.second_conf),
        )

    def reshaped(self, *shape: int) -> Indices:
        """Arrange the quantities, one axis of them, in another shape."""
        d = self.n_parameters

        def pairs(array: NDArray[np.float64] | None) -> NDArray[np.float64] | None:
            return None if array is None else array.reshape(*shape, d, d)

        return Indices(
            self.n_base,
            self.first.reshape(*shape, d),
            self.first_conf.reshape(*shape, d),
            self.total.reshape(*shape, d),
            self.total_conf.reshape(*shape, d),
            pairs(self.second),
            pairs(self.second_conf),
            self.constant.reshape(shape),
        )
