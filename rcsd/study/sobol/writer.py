"""Writes the tables of a sensitivity analysis: each whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rcsd.analysis.sensitivity import Failures, SobolResult
from rcsd.files import netcdf_bytes, together, write_bytes_atomic, write_json, write_text_atomic
from rcsd.tables import frame_text

if TYPE_CHECKING:
    import pandas as pd


@together()
def write_indices(result: SobolResult, document: Mapping[str, object], folder: Path) -> None:
    """Write the indices as CSV, netCDF and JSON, and the list of failed runs.

    Names say what is in a file: indices.csv, pairs.csv, outcomes.csv, convergence.csv, pawn.csv, failed_runs.csv,
    indices.nc, sobol.json.

    Raises
    ------
    OutputError
        When a file cannot be written.
    """
    from rcsd.analysis.sensitivity.labelled import (  # noqa: PLC0415 - imports pandas and xarray
        convergence_frame,
        outcomes_frame,
        pairs_frame,
        pawn_frame,
    )

    frames = {
        "indices": result.to_frame(),
        "pairs": pairs_frame(result),
        "outcomes": outcomes_frame(result),
        "convergence": convergence_frame(result),
        "pawn": pawn_frame(result),
    }
    for name, frame in frames.items():
        _write(frame, folder / f"{name}.csv")
    write_failures(result.failures, folder)
    write_bytes_atomic(folder / "indices.nc", netcdf_bytes(result.to_xarray()))
    write_json(folder / "sobol.json", document)


def write_failures(failures: Failures, folder: Path) -> Path:
    """List failed runs with their parameters in failed_runs.csv; only its heading is written when none failed."""
    path = folder / "failed_runs.csv"
    _write(failures.to_frame(), path)
    return path


def _write(frame: pd.DataFrame, path: Path) -> None:
    write_text_atomic(path, frame_text(frame))
