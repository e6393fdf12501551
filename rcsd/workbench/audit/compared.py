"""The results in a folder against those of a new run: documents, tables, pages, figures and all other files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import numpy as np
import xarray as xr

from rcsd.study.written.crate import FIGURES, described
from rcsd.study.written.inputs import FOLDER
from rcsd.workbench.audit.described import MANIFEST, PAGE, RESULT, read_document
from rcsd.workbench.audit.figures import figures_part
from rcsd.workbench.audit.numbers import Comparison, compared_entries, compared_tables
from rcsd.workbench.audit.outcome import Part
from rcsd.workbench.audit.page import PageContent, read_page
from rcsd.workbench.audit.printed import pieces_part

_OF_STUDY = ("study", "command", "asked", "model", "seeds", "left_out", "starts")
"""Entries of the manifest that do not depend on where and when a study is made."""


def compared(folder: Path, again: Path, tolerance: float) -> Iterator[Part]:
    """Compare results with those of a new run, what both have.

    Parameters
    ----------
    folder, again
        Of the results, and of those of the new run.
    tolerance
        Relative difference up to which numbers count as close.
    """
    kept, new = (read_document(each, RESULT)[0] or {} for each in (folder, again))
    numbers = list(compared_entries(kept, new, tolerance))
    both = [name for name in described(again) if not name.startswith(f"{FOLDER}/") and (folder / name).is_file()]
    for name in (name for name in both if name.endswith(".csv")):
        numbers.append(compared_tables((folder / name).read_bytes(), (again / name).read_bytes(), name, tolerance))
    yield from numbers
    yield _manifests(folder, again, tolerance)
    # where the numbers are the same to the last digit, so must be what is printed and drawn of them
    slack = tolerance if any(part.close or part.faults for part in numbers) else 0.0
    for name in (name for name in both if name.endswith(".html")):
        page, drawn_anew = page_in(folder, name), page_in(again, name)
        if page is not None and drawn_anew is not None:
            yield pieces_part(page, drawn_anew, slack, name)
    reported = (folder / PAGE).is_file()
    if reported or (folder / FIGURES).is_dir():
        yield figures_part(folder, again, slack)
    yield _others(folder, again, both, tolerance)
    missing = [name for name in described(again) if not (folder / name).is_file() and _is_wanted(name, reported)]
    if missing:
        yield Part("other files", "file", 0, faults=tuple(f"{name} is missing" for name in missing))


def _is_wanted(name: str, reported: bool) -> bool:
    """Whether results without a file of a new run lack it: those of no report have no pages; figures are held apart."""
    if name.startswith((f"{FOLDER}/", f"{FIGURES}/")):
        return False
    return reported or not name.endswith(".html")


def page_in(folder: Path, name: str) -> PageContent | None:
    """Read a page; None where there is none."""
    try:
        return read_page((folder / name).read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return None


def _manifests(folder: Path, again: Path, tolerance: float) -> Part:
    """Compare what the manifests say of the study, of the model, of seeds and of starts."""
    kept, new = (read_document(each, MANIFEST)[0] or {} for each in (folder, again))
    found = Comparison(tolerance)
    for key in _OF_STUDY:
        found.documents(kept.get(key), new.get(key), f"/{key}")
    return found.part(MANIFEST)


def _others(folder: Path, again: Path, both: list[str], tolerance: float) -> Part:
    """Compare all other files byte by byte, and runs as netCDF by their values."""
    told = (".csv", ".html", ".json")
    equal, close, faults = 0, 0, []
    for name in both:
        if name.startswith(f"{FIGURES}/") or (PurePosixPath(name).suffix in told and "/" not in name):
            continue
        if (folder / name).read_bytes() == (again / name).read_bytes():
            equal += 1
        elif name.endswith(".nc") and _same_runs(folder / name, again / name, tolerance):
            close += 1
        else:
            faults.append(f"{name} is not the one of the new run")
    return Part("other files", "file", equal, close, tuple(faults))


def _same_runs(kept: Path, again: Path, tolerance: float) -> bool:
    """Whether two netCDF files hold the same variables with close values."""
    try:
        with xr.open_dataset(kept, engine="h5netcdf") as one, xr.open_dataset(again, engine="h5netcdf") as other:
            same = set(one.variables) == set(other.variables) and one.sizes == other.sizes
            return same and all(_are_close(one[name].values, other[name].values, tolerance) for name in one.variables)
    except (OSError, ValueError):
        return False


def _are_close(one: np.ndarray, other: np.ndarray, tolerance: float) -> bool:
    if one.dtype.kind != "f" or other.dtype.kind != "f":
        return bool(np.array_equal(one, other))
    return bool(np.allclose(one, other, rtol=tolerance, atol=0, equal_nan=True))
