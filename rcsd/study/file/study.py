"""A study, read and checked: everything that a run needs, resolved against its model and its data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration import PLAIN, PLAIN_SPREAD, GapCourse, Kind, Problem, Sampling, Search, Spread, Target
from rcsd.analysis.clock import Clock, Measure, Measured, clocked
from rcsd.analysis.parameters import ParameterSpace
from rcsd.analysis.scenarios import ScenarioSet
from rcsd.analysis.series import ObservedSeries, weights
from rcsd.shown import as_html, in_one_line
from rcsd.simulation.backends import unknown_inputs
from rcsd.simulation.ir.model import Method
from rcsd.simulation.loading import LoadedModel
from rcsd.simulation.passes.named import insist
from rcsd.simulator import Simulator
from rcsd.study.file.converting import DataConversion
from rcsd.study.file.inputs import ConstantResult, DriverResult
from rcsd.study.file.schema import PosteriorSection, StudyFile
from rcsd.study.file.section import brought
from rcsd.study.words import Words, words_of


@dataclass(frozen=True, slots=True)
class StudyTarget:
    """A whole series, fit window, hold-out and beyond, with the weights that the study's rules give its cells.

    Attributes
    ----------
    series
        Every cell of the data file.
    variable
        The model's variable.
    error, kind, spread
        How cells scatter around the model; an error of None is estimated.
    rules
        flag -> weight.
    weights
        One per cell of `series`, with every flag known.
    spent
        Years whose cells set constants of the model, which meets them by construction: no such cell counts.
    course, jump, course_source
        How a gap between model and data goes on, the yearly change of the series beyond which it jumps, and where that
        is from.
    reference
        Growth of what the series is a part of (difference of logarithms, 1/Year) by year; empty where none is named.
    measure
        Whether a cell is the variable's value at the end of what it stands for, or its mean or sum over that.
    """

    series: ObservedSeries
    variable: str
    error: float | None
    kind: Kind
    rules: Mapping[str, float]
    weights: NDArray[np.float64]
    spent: tuple[int, ...] = ()
    course: GapCourse = PLAIN
    jump: float | None = None
    course_source: str = ""
    reference: Mapping[int, float] = field(default_factory=dict)
    spread: Spread = PLAIN_SPREAD
    measure: Measure = "end"

    @property
    def measured(self) -> Measured:
        """What its cells are of the variable."""
        return Measured() if self.measure == "end" else Measured(self.measure, self.series.span)

    def cells(self, first: int, last: int) -> NDArray[np.bool_]:
        """Mask of the cells of a window."""
        return np.asarray((self.series.years >= first) & (self.series.years <= last))

    def weights_at(self, origin: int) -> NDArray[np.float64]:
        """Weigh each cell by the flags that are known in a year: what a fit to that year may use."""
        found = weights(self.series.known_by(origin), self.rules)
        found[np.isin(self.series.years, self.spent)] = 0.0
        return found

    def target(self, first: int, last: int) -> Target:
        """Return what a calibration on a window may see: its cells, with the flags that are known by its end."""
        inside, known = self.cells(first, last), self.weights_at(last)
        counts = self.series.years[inside & (known > 0)]
        spent = max(self.spent, default=None)
        anchor = float(spent) if spent is not None and counts.size and spent < counts[0] else None
        return Target(
            series=self.series.where(inside).known_by(last),
            variable=self.variable,
            error=self.error,
            kind=self.kind,
            weights=known[inside],
            anchor=anchor,
            course=self.course,
            jump=self.jump,
            spread=self.spread,
        )


@dataclass(frozen=True, slots=True)
class Made:
    """What a study was made from that stands in no file: the content of its study file, and of its data file."""

    table: Mapping[str, Any]
    data: bytes


@dataclass(frozen=True, slots=True)
class Study:
    """A checked study.

    Attributes
    ----------
    path, data_path
        The study file and its data.
    file
        The study file's content, its base file merged in.
    model
        The model, read.
    targets, drivers, constants, space
        The sections, resolved: names spelt as the model spells them, values taken from the data.
    sha256
        SHA-256 of every file as it was read: study, base, data, scenarios and model, and what the model's equations
        read.
    histories
        By driver that a forecast draws: the series to draw from, with no year after the last compared one.
    scenarios
        What a forecast compares; None where the study names no scenarios.
    conversions
        Data that are in other units in their file than in the model, and how they were converted.
    made
        Its content where it was made in memory: there is nothing at `path` and `data_path` then. None for one that was
        read.
    """

    path: Path
    data_path: Path
    file: StudyFile
    model: LoadedModel
    targets: tuple[StudyTarget, ...]
    drivers: tuple[DriverResult, ...]
    constants: tuple[ConstantResult, ...]
    space: ParameterSpace
    sha256: Mapping[Path, str]
    histories: Mapping[str, ObservedSeries] = field(default_factory=dict)
    scenarios: ScenarioSet | None = None
    conversions: tuple[DataConversion, ...] = ()
    made: Made | None = None

    def changed(self, **other: Any) -> Study:
        """Return the study with other values in some of its fields, as a plain one where this is of a subclass."""
        return Study(**{each.name: getattr(self, each.name) for each in fields(Study)} | other)

    def __repr__(self) -> str:
        first, last = self.fit_window
        return in_one_line(
            "Study",
            self.name,
            f"model {self.model.name}",
            f"{len(self.targets)} series",
            f"{self.space.n} parameters",
            f"fitted to {self.clock.span_words(first, last)}",
        )

    def _repr_html_(self) -> str:
        rows = (
            (each.name, f"{each.lower:g}", f"{each.upper:g}", each.unit, each.source) for each in self.space.parameters
        )
        return as_html(repr(self).strip("<>"), ("parameter", "lower", "upper", "unit", "source"), rows)

    @property
    def name(self) -> str:
        """The study's name, which is that of its output folder."""
        return self.file.study.name

    @property
    def fit_window(self) -> tuple[int, int]:
        """First and last period fitted."""
        return self.file.windows.fit

    @property
    def clock(self) -> Clock:
        """What the periods are, in the model's time and by the calendar."""
        return self.file.clock.on(self.model.time.start, self.model.time.unit)

    @property
    def words(self) -> Words:
        """What a report calls things: as the study says, a period else as its clock."""
        said = self.file.words
        return words_of(said.unit, said.units, said.period or self.clock.name, said.periods)

    @property
    def within(self) -> tuple[int, int]:
        """First and last period that the model has."""
        return self.clock.within(self.model.time.start, self.model.time.stop)

    @property
    def outputs(self) -> tuple[str, ...]:
        """Variables that a report draws: of the series, of the tables that steps bring, and the study's others."""
        wanted = [target.variable for target in self.targets]
        wanted += [name for section, content in brought(self.file) for name in section.variables(content).values()]
        wanted += self.file.study.outputs
        return tuple(dict.fromkeys(insist(self.model.ir, name).name for name in wanted))

    @property
    def saved(self) -> NDArray[np.float64]:
        """Times at which a run to the horizon is saved: the model's own, or periods where the study counts in those."""
        if self.is_plain:
            times = self.model.time.saved_times()
            return times[times <= self.file.windows.end]
        return np.arange(self.within[0], self.file.windows.end + 1, dtype=np.float64)

    @property
    def is_plain(self) -> bool:
        """Whether time is the model's own, and every value one of its variable at that time."""
        return self.clock.identity and all(target.measure == "end" for target in self.targets)

    def search(self, *, quick: bool) -> Search:
        """How hard to look for the best fit, in full or quickly."""
        section = self.file.search
        return Search(
            n_starts=section.quick_starts if quick else section.starts,
            max_evaluations=section.quick_max_evaluations if quick else section.max_evaluations,
            tolerance=section.tolerance,
            sampler=section.sampler,
        )

    def simulator(self, *, scheduler: str | None = None) -> Simulator:
        """Make the model with the study's constants and drivers in it, to be run here or by a cluster."""
        scenarios = () if self.scenarios is None else (self.scenarios.switch, *self.scenarios.levers)
        clock, time = self.clock, self.model.time
        simulator = self.model.simulator(
            self.file.study.backend,
            settable=unknown_inputs(self.model.ir, [*self.space.names, *scenarios]),
            constants={constant.name: constant.value for constant in self.constants},
            tables={driver.table: (clock.to_model(driver.years), driver.values) for driver in self.drivers},
            scheduler=scheduler,
        )
        method: Method = "euler" if self.on_pysd else time.method
        return clocked(simulator, clock, time, method, {each.variable: each.measured for each in self.targets})

    @property
    def on_pysd(self) -> bool:
        """Whether PySD runs the model, by the study's wish or because nothing else can."""
        return self.model.runs_on_pysd(self.file.study.backend)

    @property
    def sampling(self) -> Sampling:
        """How the posterior is sampled."""
        section = self.file.posterior or PosteriorSection()
        return Sampling(section.sampler, section.runs, section.effective, section.draws)

    def problem(self, simulator: Simulator, last: int | None = None) -> Problem:
        """State the calibration on the fit window; no cell outside it goes in.

        Parameters
        ----------
        simulator
            Of this study.
        last
            Last year to fit in place of the fit window's; no prior that rests on data after it goes in either, and no
            series that has not begun by then.
        """
        window = self.fit_window if last is None else (self.fit_window[0], last)
        targets = tuple(target for each in self.targets if (target := each.target(*window)).years.size)
        space = self.space if last is None else self.space.known_by(last)
        return Problem(simulator, space, targets, window)
