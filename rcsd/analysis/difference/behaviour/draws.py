"""Draws over the ranges that models state, the same for both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.difference.structure.difference import StructureDifference
from rcsd.analysis.parameters import Parameter, ParameterSpace
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.file.limits import Limits, limits_of
from rcsd.simulator import Simulator

_EVERYWHERE: Limits = (-np.inf, np.inf)


@dataclass(frozen=True, slots=True)
class SharedDraws:
    """Values of constants that both models have.

    Attributes
    ----------
    space : ParameterSpace
        What is drawn, by the names of the new model; the range is what both models allow.
    old, new : mapping of str to NDArray, shape (draw,)
        The same values under the names of either.
    """

    space: ParameterSpace
    old: Mapping[str, NDArray[np.float64]]
    new: Mapping[str, NDArray[np.float64]]


def shared_draws(
    structure: StructureDifference, old: Simulator, new: Simulator, n: int, *, rng: np.random.Generator
) -> SharedDraws:
    """Draw the constants for which a finite range is stated and that runs of both models can set.

    Parameters
    ----------
    structure : StructureDifference
        Of the two models.
    old, new : Simulator
        Of either.
    n : int
        How many draws.
    rng : numpy.random.Generator
        Source of the Latin hypercube.
    """
    if structure.old is None or structure.new is None:
        return SharedDraws(ParameterSpace(()), {}, {})
    names: list[str] = []
    parameters: list[Parameter] = []
    for name, counterpart in structure.counterparts.items():
        limits = _common(structure.old, name, structure.new, counterpart)
        if name in old.constants and counterpart in new.constants and limits is not None:
            names.append(name)
            parameters.append(Parameter(counterpart, *limits, unit=structure.new[counterpart].unit, source="the model"))
    space = ParameterSpace(tuple(parameters))
    rows = space.sample(n, rng=rng, method="latin-hypercube")
    columns = rows.T
    return SharedDraws(space, dict(zip(names, columns, strict=True)), dict(zip(space.names, columns, strict=True)))


def _common(old: Model, name: str, new: Model, counterpart: str) -> Limits | None:
    """Return the values that both models allow a constant; None where they leave it open or to one value."""
    stated = (limits_of(old[name]) or _EVERYWHERE, limits_of(new[counterpart]) or _EVERYWHERE)
    low, high = max(each[0] for each in stated), min(each[1] for each in stated)
    return (low, high) if np.isfinite((low, high)).all() and low < high else None
