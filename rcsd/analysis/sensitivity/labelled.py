"""The labelled forms of a result: long tables and a dataset."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import xarray as xr

from rcsd.analysis.sensitivity.estimators.indices import Indices
from rcsd.analysis.sensitivity.failures import RULES

if TYPE_CHECKING:
    from rcsd.analysis.sensitivity.result import SobolResult


def orders_frame(result: SobolResult, indices: Indices) -> pd.DataFrame:
    """Arrange first and total order as a long table, output by output."""
    index = pd.MultiIndex.from_product(
        [result.outputs, result.clock.shown(result.times), result.parameters], names=["output", "time", "parameter"]
    )
    columns = {
        "S1": indices.first,
        "S1_conf": indices.first_conf,
        "ST": indices.total,
        "ST_conf": indices.total_conf,
    }
    return pd.DataFrame(
        {name: array.swapaxes(0, 1).ravel() for name, array in columns.items()}, index=index
    ).reset_index()


def pairs_frame(result: SobolResult) -> pd.DataFrame:
    """Return a row per output, time and pair of parameters, with S2 and its half-width; empty without them."""
    pairs = list(combinations(range(len(result.parameters)), 2))
    names = ["output", "time", "parameter", "other", "S2", "S2_conf"]
    second, conf = result.indices.second, result.indices.second_conf
    if second is None or conf is None or not pairs:
        return pd.DataFrame(columns=names)
    j, k = np.array(pairs).T
    parts = [
        pd.DataFrame(
            {
                "output": output,
                "time": np.repeat(result.clock.shown(result.times), len(pairs)),
                "parameter": np.tile(np.array(result.parameters, dtype=object)[j], result.times.size),
                "other": np.tile(np.array(result.parameters, dtype=object)[k], result.times.size),
                "S2": second[:, index][:, j, k].ravel(),
                "S2_conf": conf[:, index][:, j, k].ravel(),
            }
        )
        for index, output in enumerate(result.outputs)
    ]
    return pd.concat(parts, ignore_index=True)[names]


def outcomes_frame(result: SobolResult) -> pd.DataFrame:
    """Return a row per outcome and parameter; times are the model's."""
    rows = [
        (outcome.name, *outcome.told(result.clock)[:2], outcome.n_never, parameter, *numbers)
        for outcome in result.outcomes
        for parameter, *numbers in zip(
            result.parameters,
            outcome.indices.first,
            outcome.indices.first_conf,
            outcome.indices.total,
            outcome.indices.total_conf,
            strict=True,
        )
    ]
    return pd.DataFrame(
        rows, columns=["outcome", "mean", "sd", "n_never", "parameter", "S1", "S1_conf", "ST", "ST_conf"]
    )


def convergence_frame(result: SobolResult) -> pd.DataFrame:
    """Return `orders_frame` for every part of the sample, with its N in the first column."""
    parts = []
    for level in result.levels:
        frame = orders_frame(result, level)
        frame.insert(0, "N", level.n_base)
        parts.append(frame)
    return pd.concat(parts, ignore_index=True)


def pawn_frame(result: SobolResult) -> pd.DataFrame:
    """Return a row per second opinion and parameter."""
    rows = [
        (each.output, result.clock.shown(each.time), parameter, median, maximum, each.dummy, each.n_rows)
        for each in result.pawn
        for parameter, median, maximum in zip(result.parameters, each.median, each.maximum, strict=True)
    ]
    return pd.DataFrame(rows, columns=["output", "time", "parameter", "median", "maximum", "dummy", "n_rows"])


def dataset(result: SobolResult) -> xr.Dataset:
    """Return all indices as a dataset; see `SobolResult.to_xarray`."""
    names = {"S1": "first", "S1_conf": "first_conf", "ST": "total", "ST_conf": "total_conf"}
    axes = ("N", "output", "time", "parameter")
    data: dict[str, object] = {
        key: (axes, np.stack([getattr(level, name).swapaxes(0, 1) for level in result.levels]), {"units": "1"})
        for key, name in names.items()
    }
    for key, array in (("S2", result.indices.second), ("S2_conf", result.indices.second_conf)):
        if array is not None:
            data[key] = (("output", "time", "parameter", "other"), array.swapaxes(0, 1), {"units": "1"})
    data["mean"] = (("output", "time"), result.mean.T)
    data["sd"] = (("output", "time"), result.sd.T)
    data["constant"] = (("output", "time"), result.indices.constant.T.astype(np.int8))
    data["undetermined"] = (("output", "time"), result.indices.undetermined.T.astype(np.int8))
    coords: dict[str, object] = {
        "N": [level.n_base for level in result.levels],
        "output": list(result.outputs),
        "time": result.times if result.clock.identity else result.clock.to_model(result.times),
        "parameter": list(result.parameters),
        "unit": ("output", [result.units.get(name, "") for name in result.outputs]),
        "distribution": ("parameter", list(result.distributions)),
    }
    if result.indices.second is not None:
        coords["other"] = list(result.parameters)
    return xr.Dataset(
        data,
        coords=coords,
        attrs={
            "confidence": result.confidence,
            "n_resamples": result.n_resamples,
            "n_runs": result.n_runs,
            "n_failed": result.failures.n,
            "on_failure": RULES[result.failures.rule],
        },
    )
