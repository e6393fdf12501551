"""Trips of a model from one format to the other and back, and how other engines run what is written."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rcsd.names import element_form
from rcsd.simulation.conversion import convert

Values = dict[str, NDArray[np.float64]]


def trips(path: Path, folder: Path, n: int = 4) -> list[Path]:
    """Convert a file to the other format, that one back, and so on."""
    found = []
    for i in range(n):
        suffix = ".xmile" if path.suffix == ".mdl" else ".mdl"
        target = folder / str(i) / f"{path.stem}{suffix}"
        convert(path, target)
        found.append(target)
        path = target
    return found


def run_in_simlin(path: Path) -> Values:
    """Run a file in pysimlin; values by the form of their names."""
    import simlin  # noqa: PLC0415 - not on every system

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = simlin.load(str(path)).run(analyze_loops=False).results
    return {element_form(str(name)): np.asarray(table[name], dtype=np.float64) for name in table.columns}


def largest_difference(one: Values, other: Values, least: int) -> tuple[str, float]:
    """Return the variable that two runs differ in most, relative to its largest value; `least` must be common."""
    common = sorted(one.keys() & other.keys())
    assert len(common) >= least, f"only {len(common)} variables are common"
    gaps = {}
    for name in common:
        scale = float(np.max(np.abs(one[name]))) or 1.0
        gaps[name] = float(np.max(np.abs(one[name] - other[name]))) / scale
    worst = max(gaps, key=lambda name: gaps[name])
    return worst, gaps[worst]
