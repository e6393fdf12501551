"""A figure of runs as a file: a picture, or a page with a table below it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from rcsd.ensemble import Ensemble
from rcsd.errors import ParameterError
from rcsd.files import write_bytes_atomic, write_text_atomic
from rcsd.report.drawing.save import Drawing
from rcsd.report.page import Section, render_page
from rcsd.report.runs.drawing import draw_runs
from rcsd.report.table import Cell, Column, Table, words
from rcsd.report.wording import number

SUFFIXES = (".png", ".svg", ".html", ".htm")


def require_suffix(path: Path) -> None:
    """Refuse a file whose name does not say what it is to hold.

    Raises
    ------
    ParameterError
        That names those that do.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise ParameterError(f"-o {path}: a figure is a .png, an .svg or a page, .html; name the file so")


def write_runs(path: Path, ensemble: Ensemble, *, title: str) -> Drawing:
    """Draw every variable of an ensemble into a file, and return the drawing.

    Parameters
    ----------
    path : Path
        A name that ends in .png, .svg or .html.
    ensemble : Ensemble
        With at least one run that ended OK.
    title : str
        Of a page.

    Raises
    ------
    ParameterError
        For another suffix, or too many variables.
    """
    require_suffix(path)
    drawing = draw_runs(ensemble)
    match path.suffix.lower():
        case ".png":
            write_bytes_atomic(path, drawing.png)
        case ".svg":
            write_bytes_atomic(path, drawing.svg)
        case _:
            write_text_atomic(path, _page(ensemble, drawing, title))
    return drawing


def _page(ensemble: Ensemble, drawing: Drawing, title: str) -> str:
    lead = f"{ensemble.n_runs} run{'s' * (ensemble.n_runs != 1)}, {ensemble.times[0]:g} to {ensemble.times[-1]:g}."
    first, last = f"{ensemble.times[0]:g}", f"{ensemble.times[-1]:g}"
    middle = np.median(ensemble.values[ensemble.ok], axis=0)
    rows = tuple(
        (Cell(name), Cell(ensemble.units.get(name, "")), Cell(number(middle[0, i])), Cell(number(middle[-1, i])))
        for i, name in enumerate(ensemble.variables)
    )
    what = "Values" if ensemble.n_runs == 1 else "Medians of the runs"
    table = Table(f"{what} at both ends", (*words("Variable", "Unit"), Column(first), Column(last)), rows)
    inputs = ", ".join(f"{name} = {values[0]:g}" for name, values in ensemble.inputs.items() if len(values) == 1)
    paragraphs = (f"Set for this run: {inputs}.",) if inputs else ()
    return render_page(title, lead, [Section("run", "Over time", paragraphs, drawings=(drawing,), tables=(table,))])
