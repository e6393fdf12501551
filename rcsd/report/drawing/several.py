"""Figures that belong together, as a notebook shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rcsd.report.drawing.folder import write_drawings
from rcsd.report.drawing.save import Picture
from rcsd.shown import in_one_line

_SHOWN = 12


@dataclass(frozen=True, slots=True, repr=False)
class Drawings(Sequence[Picture]):
    """Figures in the order of the report; a notebook shows them one below the other.

    Attributes
    ----------
    each : tuple of Drawing
        The figures.
    """

    each: tuple[Picture, ...]

    def __repr__(self) -> str:
        return in_one_line("Drawings", "", str(len(self)), *(drawing.name for drawing in self.each[:_SHOWN]))

    def _ipython_display_(self) -> None:
        from IPython.display import display  # noqa: PLC0415 - whoever calls this has it

        for drawing in self.each:
            display(drawing)  # type: ignore[no-untyped-call]

    def __len__(self) -> int:
        return len(self.each)

    def __iter__(self) -> Iterator[Picture]:
        return iter(self.each)

    def __getitem__(self, index: int | slice | str) -> Picture | Drawings:  # type: ignore[override]
        """Return a figure by its place or its name, or several by a slice."""
        if isinstance(index, str):
            return next(drawing for drawing in self.each if drawing.name == index)
        return Drawings(self.each[index]) if isinstance(index, slice) else self.each[index]

    def save(self, folder: str | Path) -> None:
        """Write each as SVG and PNG into a folder.

        Raises
        ------
        OutputError
            When the folder cannot be written.
        """
        write_drawings(Path(folder), self.each)
