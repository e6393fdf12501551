"""CSV, JSON and netCDF as text or bytes."""

from __future__ import annotations

import csv
import io
import json
import math
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rcsd.ensemble import Ensemble


def plain(value: object) -> Any:
    """Plain JSON values of a dataclass, array, mapping, sequence or scalar; what is not finite becomes null."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def json_text(document: object) -> str:
    """JSON of a document for people and programs."""
    return json.dumps(plain(document), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV text; the csv module writes floats by repr, so no digit is lost."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def netcdf(ensemble: Ensemble) -> bytes:
    """Write an ensemble as the bytes of a netCDF 4 file."""
    dataset = ensemble.to_xarray()
    # Names of inputs have spaces, and netCDF separates the names of coordinates by spaces: store them as data.
    dataset = dataset.reset_coords([str(name) for name in dataset.coords if str(name).startswith("input: ")])
    with tempfile.TemporaryDirectory(prefix="rcsd-") as scratch:
        path = Path(scratch) / "ensemble.nc"
        dataset.to_netcdf(path, engine="h5netcdf")
        return path.read_bytes()
