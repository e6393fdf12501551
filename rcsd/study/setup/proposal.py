"""What `rcsd init` proposes: everything that goes into a study file, each part with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rcsd.study.setup.estimated.bounds import Bounded
from rcsd.study.setup.matching.match import Match
from rcsd.study.setup.noise import Scatter
from rcsd.study.setup.timing import StudyTime


@dataclass(frozen=True, slots=True, eq=False)
class ProposedSeries:
    """A series that the model should reproduce, or that fills a table of it.

    Attributes
    ----------
    key : str
        Its name in the study.
    match : Match
        Of which column, and what of the model.
    unit : str
        That stands in the data file.
    times : tuple of str
        As the data file has them, n.
    periods : NDArray, shape (n,)
        The same by the study's clock.
    values : NDArray, shape (n,)
        As the table has them, in `unit`.
    scatter : Scatter or None
        Of the errors; None for a driver.
    complete : bool
        Whether no period of the fit window is without a value.
    measure : str
        "end", "mean" or "sum".
    remarks : tuple of str
        What somebody should look at, for the study file.
    """

    key: str
    match: Match
    unit: str
    times: tuple[str, ...]
    periods: NDArray[np.int_]
    values: NDArray[np.float64]
    scatter: Scatter | None = None
    complete: bool = True
    measure: str = "end"
    remarks: tuple[str, ...] = ()

    def fitted(self, windows: Windows) -> NDArray[np.float64]:
        """Return the values of the fit window, shape (n_fit,): all that a proposal may rest on."""
        first, last = windows.fit
        return self.values[(self.periods >= first) & (self.periods <= last)]


@dataclass(frozen=True, slots=True)
class Windows:
    """First and last period fitted and held out, and the last one forecast."""

    fit: tuple[int, int]
    holdout: tuple[int, int] | None
    horizon: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Proposal:
    """A study, proposed.

    Attributes
    ----------
    name, title : str
        Of the study.
    model, data : Path
        Absolute paths of the model and of the table.
    time : StudyTime
        How the times of the table go with those of the model.
    windows : Windows
        By the study's clock.
    series, drivers : tuple of ProposedSeries
        What is reproduced, and what fills tables of the model.
    parameters : tuple of Bounded
        What is estimated.
    left_out : mapping of str to str
        Constants that are not estimated, and why.
    effects : mapping of str to float
        By parameter: what its whole search interval changes the data by, in standard errors.
    account : tuple of str
        What was understood of the table.
    doubts : tuple of str
        What might be wrong, each with what would settle it.
    settings : mapping of str to mapping
        Further tables of the study file, such as ``search``.
    """

    name: str
    title: str
    model: Path
    data: Path
    time: StudyTime
    windows: Windows
    series: tuple[ProposedSeries, ...]
    drivers: tuple[ProposedSeries, ...]
    parameters: tuple[Bounded, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)
    effects: Mapping[str, float] = field(default_factory=dict)
    account: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    settings: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    @property
    def beyond(self) -> str:
        """What is done beyond the data: a forecast only where the study has one."""
        return "forecast" if "forecast" in self.settings else "simulate"
