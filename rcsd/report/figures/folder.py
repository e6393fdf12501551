"""Figures as files for papers and slides."""

from collections.abc import Iterable
from pathlib import Path

from rcsd.files import write_bytes_atomic
from rcsd.report.figures.save import Drawing


def write_drawings(folder: Path, drawings: Iterable[Drawing]) -> None:
    """Write every figure as SVG and PNG into `folder`, which is made if need be.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    for drawing in drawings:
        write_bytes_atomic(folder / f"{drawing.name}.svg", drawing.svg)
        write_bytes_atomic(folder / f"{drawing.name}.png", drawing.png)
