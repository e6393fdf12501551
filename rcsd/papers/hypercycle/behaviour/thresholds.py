"""Exact lines of the planes of `phase_diagram`: where the long run changes, however long it takes to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from rcsd.papers.hypercycle.families import CycleFamily, ModeFamily, NetworkFamily
from rcsd.papers.hypercycle.modes import ModeParameters


@dataclass(frozen=True, slots=True, eq=False)
class Threshold:
    """Above it, with a replicase above zero, the long run differs from that below.

    Attributes
    ----------
    name : str
        What is equal on it.
    says : str
        What holds above it.
    y : NDArray, shape (n,)
        The second number on it, at each value of the first, 1/Year.
    """

    name: str
    says: str
    y: NDArray[np.float64]


def intercity_threshold(parameters: ModeParameters) -> float:
    """Return the inter-city link above which a domain of cities lasts and beats one city's cluster, 1/Year.

    With L the mean link within a city, equal shares give (L + (m - 1) g)/m over m cities, above L exactly when g > L;
    and between whole cities of shares y_c the growth L y_c + g (1 - y_c) falls with the share, so that all last,
    exactly then.
    """
    return parameters.local


def plane_threshold(
    family: NetworkFamily, axes: tuple[str, str], x: NDArray[np.float64], values: Mapping[str, float]
) -> Threshold | None:
    """Return the exact line of a family's plane; None for a plane of which none is known.

    Parameters
    ----------
    family
        A mode or a pure cycle.
    axes
        Names of the two numbers.
    x
        Values of the first.
    values
        All numbers, those of the axes included.
    """
    if isinstance(family, CycleFamily) and axes == ("lead", "strength"):
        return _cycle(x, family.n, values["preference"])
    if not isinstance(family, ModeFamily):
        return None
    return _mode(family.mode, axes, x, values)


def _mode(mode: str, axes: tuple[str, str], x: NDArray[np.float64], values: Mapping[str, float]) -> Threshold | None:
    if (mode, axes) == ("form", ("preference", "innovation")):
        return Threshold("innovation = 0", "one industry lasts", np.zeros_like(x))
    if (mode, axes) == ("structure", ("own", "chain")):
        return Threshold("chain = own", "both industries last", x.copy())
    if (mode, axes) == ("organisation", ("own", "chain")):
        spillover = values["spillover"]
        return Threshold(f"chain + spillover ({spillover:g}) = own", "all three last", x - spillover)
    if (mode, axes) == ("regional", ("chain", "intercity")):
        others = {field.name: values[field.name] for field in fields(ModeParameters)}
        y = np.array([intercity_threshold(ModeParameters(**(others | {"chain": float(chain)}))) for chain in x])
        # where a city's own cluster falls apart, no link between cities keeps all of its industries
        clusters = x + others["spillover"] > others["own"]
        return Threshold("intercity = mean local link", "all cities last", np.where(clusters, y, np.nan))
    return None


def _cycle(x: NDArray[np.float64], n: int, preference: float) -> Threshold | None:
    """With a lead l of unit 1 and r k the catalysis, x_n = (1 - (n - 1) l/(r k))/n, the others (1 + l/(r k))/n.

    A hypercycle is permanent exactly when such an interior point exists (Hofbauer and Sigmund 1998, theorem 12.3.1).
    """
    level = (1 - preference) * (1 + preference)
    if level <= 0:
        return None
    return Threshold(f"replicase × catalysis = {n - 1} × lead", "all units last", np.maximum((n - 1) * x, -x) / level)
