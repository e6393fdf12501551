"""Documents as JSON or netCDF."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rcsd.files.leftovers import scratch_folder
from rcsd.files.writing import write_text_atomic

if TYPE_CHECKING:
    import xarray as xr


def write_json(path: str | Path, document: object) -> None:
    """Write a document as JSON; parameters are those of `json_text`, errors those of `write_bytes_atomic`."""
    write_text_atomic(path, json_text(document))


def json_text(document: object, *, indent: int = 1) -> str:
    """Write a document as JSON, with a line feed at the end and every letter as it is.

    Parameters
    ----------
    document
        Whatever `plain` takes.
    indent
        Blanks a level.

    Examples
    --------
    >>> import numpy as np
    >>> print(json_text({"人口": np.array([1.5, np.nan])}), end="")
    {
     "人口": [
      1.5,
      null
     ]
    }
    """
    return json.dumps(plain(document), indent=indent, ensure_ascii=False, allow_nan=False) + "\n"


def plain(value: object) -> Any:
    """Turn a value into what JSON knows.

    A dataclass becomes an object of its fields, a mapping one with its keys as text, an array nested lists. A number
    keeps all its digits; what is not a finite number, for which JSON has no word, becomes null.

    Examples
    --------
    >>> import numpy as np
    >>> plain({"shares": (0.25, float("inf")), 2030: np.float64(1)})
    {'shares': [0.25, None], '2030': 1.0}
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if _is_of_numpy(value):
        return plain(value.tolist())  # type: ignore[attr-defined]
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _is_of_numpy(value: object) -> bool:
    """Whether a value is an array or a number of NumPy, which is not imported to find out."""
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, numpy.ndarray | numpy.generic)


def netcdf_bytes(dataset: xr.Dataset) -> bytes:
    """Write a dataset as the content of a netCDF 4 file."""
    with scratch_folder() as scratch:
        path = scratch / "dataset.nc"
        dataset.to_netcdf(path, engine="h5netcdf")
        return path.read_bytes()
