"""The indices as plain values for JSON: the `sobol` part of a result."""

from __future__ import annotations

from typing import Any

import numpy as np

from rcsd.analysis.sensitivity.absolute import Sizes
from rcsd.analysis.sensitivity.estimators.indices import Indices
from rcsd.analysis.sensitivity.result import SobolResult


def sobol_document(result: SobolResult) -> dict[str, Any]:
    """Arrange the indices by output.

    Returns
    -------
    dict
        ``{output: {"times", "S1", "ST", "S1_conf", "ST_conf", "S2", "S2_conf", "mean", "sd", "spread", "effect",
        "measure"}}``: a list over the times for each parameter; S2 and S2_conf have the second parameter of the pair
        below the first, each pair once, and are None without second order. NaN where there is no index. Spread and
        effect are one standard deviation, of the output and of what each parameter does to it, in "percent of the mean"
        or in the unit that "measure" names.
    """
    return {output: _output(result, index) for index, output in enumerate(result.outputs)}


def outcomes_document(result: SobolResult) -> dict[str, Any]:
    """Arrange the indices of what was derived from trajectories, a number for each parameter; times are the model's."""
    return {
        outcome.name: {
            "mean": mean,
            "sd": sd,
            "n_never": outcome.n_never,
            "never": never,
            **_orders(result.parameters, outcome.indices, ()),
        }
        for outcome in result.outcomes
        for mean, sd, never in (outcome.told(result.clock),)
    }


def _output(result: SobolResult, output: int) -> dict[str, Any]:
    return {
        "times": np.asarray(result.clock.shown(result.times)).tolist(),
        **_orders(result.parameters, result.indices, (slice(None), output)),
        "mean": result.mean[:, output].tolist(),
        "sd": result.sd[:, output].tolist(),
        **sizes_document(result.parameters, result.sizes(output), result.units.get(result.outputs[output], "")),
    }


def sizes_document(names: tuple[str, ...], found: Sizes, unit: str) -> dict[str, Any]:
    """Give the sizes of the effects on one output, by parameter a list over the times."""
    return {
        "spread": found.spread.tolist(),
        "effect": {name: found.effects[:, j].tolist() for j, name in enumerate(names)},
        "measure": found.measure(unit),
    }


def _orders(names: tuple[str, ...], indices: Indices, at: tuple[slice | int, ...]) -> dict[str, Any]:
    """Give all orders of one quantity, or of one output over the times."""
    plain = {"S1": indices.first, "ST": indices.total, "S1_conf": indices.first_conf, "ST_conf": indices.total_conf}
    document: dict[str, Any] = {
        key: {name: array[(*at, j)].tolist() for j, name in enumerate(names)} for key, array in plain.items()
    }
    for key, pairs in (("S2", indices.second), ("S2_conf", indices.second_conf)):
        document[key] = None
        if pairs is not None:
            document[key] = {
                name: {other: pairs[(*at, j, k)].tolist() for k, other in enumerate(names) if k > j}
                for j, name in enumerate(names[:-1])
            }
    return document
