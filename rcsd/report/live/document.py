"""What a live page holds, as plain values for JSON."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rcsd.report.spoken import periods, when
from rcsd.study.findings.live.controls import Control
from rcsd.study.findings.live.result import Live, LiveDraws, LiveOutput
from rcsd.study.findings.target import TargetResult

Document = dict[str, Any]


def document_of(
    live: Live, *, targets: Sequence[TargetResult] = (), windows: Sequence[tuple[int, int]] = ()
) -> Document:
    """Arrange a live model.

    Parameters
    ----------
    live
        That can be run.
    targets
        Observed series, whose cells are drawn.
    windows
        First and last period of what was fitted, shaded.
    """
    observed = {each.variable: _cells(each) for each in targets}
    return {
        "controls": [_control(each) for each in live.controls],
        "presets": [
            {"title": each.title, "about": each.documentation, "values": dict(each.values)} for each in live.presets
        ],
        "outputs": [_output(each, live, observed.get(each.variable, [])) for each in live.outputs],
        "x": _numbers(live.times.times),
        "labels": [when(time) for time in live.times.times.tolist()],
        "steps": live.times.steps.tolist(),
        "estimate": dict(live.estimate),
        "draws": None if live.draws is None else _draws(live.draws),
        "reference": live.reference or "as fitted",
        "windows": [list(each) for each in windows],
        "periods": periods(),
        "seed": "0",  # a text, for the digits of large ones
    }


def _control(each: Control) -> Document:
    return {
        "name": each.name,
        "kind": each.kind,
        "group": each.group,
        "unit": each.unit,
        "about": each.documentation,
        "source": each.source,
        "lower": each.lower,
        "upper": each.upper,
        "value": each.value,
        "scale": each.scale,
        "low": _finite(each.low),
        "high": _finite(each.high),
    }


def _output(each: LiveOutput, live: Live, cells: list[list[float]]) -> Document:
    weights = live.times.weights.get(each.variable)
    return {
        "name": each.variable,
        "unit": each.unit,
        "measure": each.measure,
        "weights": None if weights is None else [_sparse(row) for row in weights],
        "observed": cells,
    }


def _sparse(row: NDArray[np.float64]) -> list[list[float]] | None:
    """Write which steps count, and what each does; nothing where a stretch begins before the model does."""
    if np.isnan(row).any():
        return None
    return [[int(step), float(row[step])] for step in np.flatnonzero(row)]


def _cells(target: TargetResult) -> list[list[float]]:
    pairs = zip(target.years.tolist(), target.observed.tolist(), strict=True)
    return [[float(year), float(value)] for year, value in pairs if math.isfinite(value)]


def _draws(draws: LiveDraws) -> Document:
    return {
        "n": len(draws.values),
        "inputs": {name: _numbers(column) for name, column in zip(draws.names, draws.values.T, strict=True)},
        "tables": {name: {"x": _numbers(x), "y": _columns(y)} for name, (x, y) in draws.tables.items()},
    }


def _columns(values: NDArray[np.float64]) -> list[float | list[float]]:
    """Write each point once where all draws have the same."""
    return [float(column[0]) if np.ptp(column) == 0 else _numbers(column) for column in values.T]


def _numbers(values: Iterable[float]) -> list[float]:
    return [float(value) for value in values]


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
