"""Many runs of a model over the ranges that its file documents."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.parameters import Parameter, ParameterSpace
from rcsd.errors import ParameterError
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.file.limits import limits_of

_LEAST = 2


def documented_rows(model: Model, n: int, *, rng: np.random.Generator) -> dict[str, NDArray[np.float64]]:
    """Draw constants over their documented ranges, each evenly (a Latin hypercube).

    Parameters
    ----------
    model : Model
        As read.
    n : int
        Rows, at least 2.
    rng : Generator
        Of the draws.

    Returns
    -------
    mapping of str to NDArray, shape (row,)
        Constants whose file states a least and a greatest value.

    Raises
    ------
    ParameterError
        When no constant has a range.
    """
    if n < _LEAST:
        raise ParameterError(f"an ensemble of {n} says nothing of a share of runs; ask for at least {_LEAST}")
    parameters = []
    for variable in model:
        limits = limits_of(variable) if variable.value is not None and variable.name not in model.clock else None
        if limits is not None and np.isfinite(limits).all() and limits[0] < limits[1]:
            parameters.append(Parameter(variable.name, *limits, unit=variable.unit, source="the model's file"))
    if not parameters:
        raise ParameterError(
            f"no constant of {model.name!r} has a range in its file: write one beside the unit, as in [0,1], or in the "
            "documentation, as in `Range 0 to 1`"
        )
    space = ParameterSpace(tuple(parameters))
    rows = space.sample(n, rng=rng, method="latin-hypercube")
    return {name: rows[:, i] for i, name in enumerate(space.names)}
