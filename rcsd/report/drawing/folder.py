"""Figures as files for papers and slides."""

from collections.abc import Iterable
from pathlib import Path

from rcsd.errors import OutputError
from rcsd.files import together, write_bytes_atomic
from rcsd.report.drawing.save import Picture


@together()
def write_drawings(folder: Path, drawings: Iterable[Picture]) -> None:
    """Write every figure as SVG and PNG into `folder`, which is made if need be.

    Raises
    ------
    OutputError
        When the folder cannot be written, or the name of a figure leads out of it.
    """
    for drawing in drawings:
        if (folder / f"{drawing.name}.svg").parent != folder:
            raise OutputError(
                f"the figure name {drawing.name!r} leads out of the folder: name series without slashes",
                path=folder,
            )
        write_bytes_atomic(folder / f"{drawing.name}.svg", drawing.svg)
        write_bytes_atomic(folder / f"{drawing.name}.png", drawing.png)
