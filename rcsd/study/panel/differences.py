"""Which parameters differ between the classes of cities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.study.panel.cities import ordered_classes

LEVEL = 0.05
_FEWEST = 3  # cities of a class that enters the test


@dataclass(frozen=True, slots=True)
class Difference:
    """One parameter across classes.

    Attributes
    ----------
    parameter
        Which.
    medians
        Of the estimates by class, natural scale.
    p_value
        Of Kruskal and Wallis's test that all classes have one distribution; NaN with fewer than two classes of
        three cities.
    adjusted
        After Holm's correction for testing every parameter.
    """

    parameter: str
    medians: Mapping[str, float]
    p_value: float
    adjusted: float

    @property
    def found(self) -> bool:
        """Whether the classes differ beyond what chance gives among so many tests."""
        return self.adjusted < LEVEL


def class_differences(
    parameters: Sequence[str], estimates: NDArray[np.float64], kinds: Sequence[str]
) -> tuple[Difference, ...]:
    """Test every parameter for a difference between classes.

    Parameters
    ----------
    parameters
        Names.
    estimates
        Natural scale, shape (n_cities, n_parameters).
    kinds
        Class of each city.

    References
    ----------
    Kruskal & Wallis, J. Am. Stat. Assoc. 47, 1952; Holm, Scand. J. Stat. 6, 1979.
    """
    labels = np.array(kinds)
    members = {kind: estimates[labels == kind] for kind in ordered_classes(kinds)}
    tested = [rows for rows in members.values() if len(rows) >= _FEWEST]
    p_values = np.array([_p_value([rows[:, i] for rows in tested]) for i in range(len(parameters))])
    adjusted = holm(p_values)
    return tuple(
        Difference(
            parameter=name,
            medians={kind: float(np.median(rows[:, i])) for kind, rows in members.items()},
            p_value=float(p_values[i]),
            adjusted=float(adjusted[i]),
        )
        for i, name in enumerate(parameters)
    )


def holm(p_values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Correct p-values for their number.

    Examples
    --------
    >>> holm(np.array([0.01, 0.04, 0.03])).round(2).tolist()
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p_values)
    factors = np.arange(len(p_values), 0, -1)
    adjusted = np.empty(len(p_values))
    adjusted[order] = np.minimum(np.maximum.accumulate(factors * p_values[order]), 1.0)
    return adjusted


def _p_value(groups: Sequence[NDArray[np.float64]]) -> float:
    if len(groups) <= 1 or np.ptp(np.concatenate(groups)) == 0:
        return float("nan")
    from scipy.stats import kruskal  # noqa: PLC0415 - slow to import, needed here alone

    return float(kruskal(*groups).pvalue)
