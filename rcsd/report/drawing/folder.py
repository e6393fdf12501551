"""Figures as files for papers and slides."""

from collections.abc import Iterable
from pathlib import Path

from rcsd.errors import OutputError
from rcsd.files import together, write_bytes_atomic, write_or_remove
from rcsd.report.drawing.save import Picture


@together()
def write_drawings(folder: Path, drawings: Iterable[Picture], *, alone: bool = False) -> None:
    """Write every figure as SVG and PNG into `folder`, which is made if need be.

    Parameters
    ----------
    folder
        Where.
    drawings
        The figures.
    alone
        Whether the folder holds these alone: figures that an earlier run left would pass for some of this one, and go.

    Raises
    ------
    OutputError
        When the folder cannot be written, or the name of a figure leads out of it.
    """
    written = set()
    for drawing in drawings:
        if (folder / f"{drawing.name}.svg").parent != folder:
            raise OutputError(
                f"the figure name {drawing.name!r} leads out of the folder: name series without slashes",
                path=folder,
            )
        write_bytes_atomic(folder / f"{drawing.name}.svg", drawing.svg)
        write_bytes_atomic(folder / f"{drawing.name}.png", drawing.png)
        written |= {f"{drawing.name}.svg", f"{drawing.name}.png"}
    if alone and folder.is_dir():
        left = [path for path in folder.iterdir() if path.suffix in {".svg", ".png"} and path.name not in written]
        for path in sorted(left):
            write_or_remove(path, None)
