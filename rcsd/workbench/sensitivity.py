"""Which parameter moves an output, as Python users have it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rcsd.files import netcdf_bytes, write_bytes_atomic
from rcsd.shown import as_html, in_one_line
from rcsd.study.sobol.result import SobolStudy

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from rcsd.report.drawing.several import Drawings


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SobolIndices:
    """Sobol indices of the outputs of a study.

    Attributes
    ----------
    analysis : SobolStudy
        Settings, what varied, what was held, and the indices.
    """

    analysis: SobolStudy

    def to_frame(self) -> pd.DataFrame:
        """Return a row an output, time and parameter, with half-widths of the bootstrap intervals."""
        return self.analysis.result.to_frame()

    def to_xarray(self) -> xr.Dataset:
        """Return the indices as labelled arrays."""
        return self.analysis.result.to_xarray()

    def to_netcdf(self, path: str | Path) -> None:
        """Write the labelled arrays into a netCDF 4 file."""
        write_bytes_atomic(Path(path), netcdf_bytes(self.to_xarray()))

    def reading(self) -> tuple[str, ...]:
        """Say in words which parameters lead, and what the sample leaves open."""
        from rcsd.report.sections.sobol.words import reading  # noqa: PLC0415 - much to import, for this alone

        return reading(self.analysis)

    def plot(self, *names: str) -> Drawings:
        """Draw the indices; `names` are words in the names of figures, such as "heat"."""
        from rcsd.report.drawing.several import Drawings  # noqa: PLC0415 - much to import, for this alone
        from rcsd.report.sections.sobol.files import sobol_drawings  # noqa: PLC0415

        drawn = sobol_drawings(self.analysis)
        return Drawings(tuple(each for each in drawn if not names or any(name in each.name for name in names)))

    def __repr__(self) -> str:
        found = self.analysis.result
        size = f"{len(found.parameters)} parameters, {len(found.outputs)} outputs, {found.n_runs:,} runs"
        return in_one_line("SobolIndices", self.analysis.name, self.analysis.group, size)

    def _repr_html_(self) -> str:
        return as_html(repr(self).strip("<>"), ("",), ((line,) for line in self.reading()))
