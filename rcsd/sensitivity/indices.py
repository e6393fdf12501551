"""Sensitivity indices as arrays: what the estimator returns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Indices:
    """Sobol indices of many quantities, with half-widths of their bootstrap intervals.

    The leading axes ``...`` run over the quantities: (time, output) for trajectories, none for a number derived from
    them. An estimate is shown as it came out, negative ones too; NaN stands where there is no index, never zero.

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
