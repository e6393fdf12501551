"""What all results of a study have in common: a table, figures, labelled arrays, a line that says what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from rcsd.errors import StudyError
from rcsd.files import netcdf_bytes, write_bytes_atomic
from rcsd.shown import as_html, in_one_line
from rcsd.study.file.study import Study
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.step import Step
from rcsd.tables import written_rows

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from rcsd.report.drawing.several import Drawings

_TRUTH = {"True": True, "False": False}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Found:
    """What some steps of a study have found.

    Attributes
    ----------
    study : Study
        The study.
    result : StudyResult
        What its steps have found: ``result[CALIBRATE]`` is what the step CALIBRATE returned.
    """

    study: Study
    result: StudyResult

    table: ClassVar[tuple[Step[Any], str]]
    """The step, and its file, that `to_frame` reads."""
    labels: ClassVar[tuple[str, ...]]
    """Columns that tell the rows of this table apart: dimensions of `to_xarray`."""
    parts: ClassVar[dict[str, tuple[str, ...]]]
    """Topics of the report whose figures `plot` shows, and which of their parts; all where none is named."""

    def to_frame(self) -> pd.DataFrame:
        """Return the result as a table: the one that the study writes.

        Raises
        ------
        StudyError
            When there is no such table; it says why.
        """
        step, name = self.table
        content = step.files[name](self.result)
        if not isinstance(content, str):
            raise StudyError(f"there is no {name}: {self._why_empty()}", path=self.study.path)
        return frame_of(content)

    def _why_empty(self) -> str:
        return "nothing was found to write"

    def to_xarray(self) -> xr.Dataset:
        """Return the table as labelled arrays."""
        return self.to_frame().set_index(list(self.labels)).to_xarray()

    def to_netcdf(self, path: str | Path) -> None:
        """Write the labelled arrays into a netCDF 4 file.

        Raises
        ------
        OutputError
            When it cannot be written.
        """
        write_bytes_atomic(Path(path), netcdf_bytes(self.to_xarray()))

    def plot(self, *names: str) -> Drawings:
        """Draw the result as the report does.

        Parameters
        ----------
        *names : str
            Figures whose names have one of these words in them, such as the name of a series; all when left out.

        Returns
        -------
        Drawings
            Which a notebook shows.

        Raises
        ------
        StudyError
            When there is no such figure; those that there are are listed.
        """
        from rcsd.report.drawing.several import Drawings  # noqa: PLC0415 - much to import, for this alone
        from rcsd.report.section import all_sections  # noqa: PLC0415
        from rcsd.report.spoken import speaking_of  # noqa: PLC0415

        with speaking_of([self.result]):
            topics = [topic for topic in all_sections() if topic.name in self.parts]
            drawn = [drawing for topic in topics for drawing in topic.first(self.result)] + [
                drawing
                for topic in topics
                for part in topic.study(self.result)
                if not self.parts[topic.name] or part.anchor in self.parts[topic.name]
                for drawing in part.drawings
            ]
        chosen = [each for each in drawn if not names or any(name in each.name for name in names)]
        if not chosen:
            known = ", ".join(each.name for each in drawn)
            raise StudyError(
                f"there is no figure to draw: {f'those there are: {known}' if known else self._why_empty()}"
            )
        return Drawings(tuple(chosen))

    def __repr__(self) -> str:
        return in_one_line(type(self).__name__, self.study.name, *self._facts())

    def _facts(self) -> tuple[str, ...]:
        return ()

    def _repr_html_(self) -> str:
        try:
            frame = self.to_frame()
        except StudyError as why:
            return as_html(f"{repr(self).strip('<>')}: {why}", (), ())
        rows = (tuple(map(_cell, row)) for row in frame.itertuples(index=False))
        return as_html(repr(self).strip("<>"), tuple(map(str, frame.columns)), rows)


def frame_of(content: str) -> pd.DataFrame:
    """Read a table that a step has written, to the last digit; an empty cell among numbers is not a number."""
    import pandas as pd  # noqa: PLC0415 - takes long to import

    names, *rows = written_rows(content)
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return pd.DataFrame({name: _values(column) for name, column in zip(names, columns, strict=True)})


def _values(column: Sequence[str]) -> list[Any]:
    """Take a column as what all of its cells are: whole numbers, numbers, yes or no, else text."""
    if column and set(column) <= _TRUTH.keys():
        return [_TRUTH[each] for each in column]
    for kind in (int, float):
        try:
            return [kind(each or "nan") for each in column]
        except ValueError:
            continue
    return list(column)


def _cell(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
