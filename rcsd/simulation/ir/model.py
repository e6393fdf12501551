"""A model as named variables with units, documentation, source line and equation text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import ModelError, ParameterError
from rcsd.names import canonical, near_matches
from rcsd.shown import as_html, in_one_line
from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.file.unit_names import UnitNames
from rcsd.simulation.ir.ranges import Ranges

VariableKind = Literal["constant", "auxiliary", "flow", "stock", "lookup", "data"]
Method = Literal["euler", "rk2", "rk4"]
METHODS: tuple[Method, ...] = get_args(Method)
CONTROLS = ("initial time", "final time", "time step", "saveper")
"""Variables of a file that say when it runs: its time axis."""
_MAX_STEPS = 10_000_000
_WITH_ARTICLE: dict[VariableKind, str] = {
    "constant": "a constant with subscripts",
    "auxiliary": "an auxiliary",
    "flow": "a flow",
    "stock": "a stock",
    "lookup": "a table",
    "data": "a data variable",
}
_GRID_TOLERANCE = 1e-4  # of a step
_MOST_LISTED = 6


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of a model.

    Attributes
    ----------
    name : str
        As written in the file.
    kind : str
        "constant" (a number), "stock" (integrated), "flow" (feeds a stock), "lookup" (a table
        that is called), "data" (an exogenous series) or "auxiliary".
    unit, documentation : str
        As written in the file.
    line : int or None
        One-based line where its definition starts.
    equation : str
        Text of its right-hand side, on one line.
    value : float or None
        The number of a scalar constant; None for anything else.
    subscripts : tuple of str
        Names of its dimensions, or of the elements that it is defined for.
    tabulated : bool
        Whether its equation looks a value up in points of its own: Vensim's ``WITH LOOKUP``, an
        XMILE graphical function.
    limits : tuple of float or None
        The least and the greatest value that the file states beside the unit.
    keyword : str
        Of a data variable: what holds between its points, such as "hold backward"; interpolated when empty.
    """

    name: str
    kind: VariableKind
    unit: str
    documentation: str
    line: int | None
    equation: str
    value: float | None
    subscripts: tuple[str, ...] = ()
    tabulated: bool = False
    limits: tuple[float | None, float | None] = (None, None)
    keyword: str = ""

    @property
    def is_table(self) -> bool:
        """Whether it holds points that a series can replace."""
        return (self.tabulated or self.kind in ("lookup", "data")) and not self.subscripts


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """When a model starts, stops, steps and saves.

    Attributes
    ----------
    start, stop : float
        In the model's time unit; start < stop.
    step : float
        Integration step, > 0.
    save_step : float
        Interval between saved times, >= step.
    method : {"euler", "rk2", "rk4"}
        The integration method that the file asks for.
    unit : str
        The time unit.

    Raises
    ------
    ModelError
        When the numbers do not make an axis.
    """

    start: float
    stop: float
    step: float
    save_step: float
    method: Method = "euler"
    unit: str = ""

    def __post_init__(self) -> None:
        """Check that the axis has a direction and a sensible number of steps."""
        numbers = (self.start, self.stop, self.step, self.save_step)
        if not np.isfinite(numbers).all() or self.stop <= self.start:
            raise ModelError(
                f"the model runs from {self.start!r} to {self.stop!r}; the final time must lie after the initial time"
            )
        if not 0 < self.step <= self.stop - self.start or self.save_step <= 0:
            raise ModelError(
                f"the time step {self.step!r} and the save step {self.save_step!r} must be "
                "positive and no longer than the run"
            )
        if (self.stop - self.start) / self.step > _MAX_STEPS:
            raise ModelError(f"a time step of {self.step!r} makes more than {_MAX_STEPS:,} steps; lengthen it")
        if (self.stop - self.start) / self.save_step > _MAX_STEPS:
            raise ModelError(f"a save step of {self.save_step!r} saves more than {_MAX_STEPS:,} times; lengthen it")

    def changed(
        self,
        *,
        start: float | None = None,
        stop: float | None = None,
        step: float | None = None,
        save_step: float | None = None,
    ) -> TimeAxis:
        """Return an axis with some of its numbers exchanged; one that steps in longer steps saves no more often.

        Raises
        ------
        ParameterError
            When the numbers do not make an axis, or one is no number.
        """
        given = {"start": start, "stop": stop, "step": step, "save_step": save_step}
        numbers = {name: _number(name, value) for name, value in given.items() if value is not None}
        if "step" in numbers and save_step is None:
            numbers["save_step"] = max(self.save_step, numbers["step"])
        try:
            return TimeAxis(**{**self._numbers(), **numbers}, method=self.method, unit=self.unit)
        except ModelError as error:
            raise ParameterError(
                f"{error}; the file's own are {self.start:g} to {self.stop:g}, {self.step:g} and {self.save_step:g}"
            ) from error

    def _numbers(self) -> dict[str, float]:
        return {"start": self.start, "stop": self.stop, "step": self.step, "save_step": self.save_step}

    def saved_times(self) -> NDArray[np.float64]:
        """Return the times that the model saves, shape (time,), `start` first.

        A time between two integration steps becomes that of the next step; one that none follows is left out.
        """
        wanted = self._wanted_times()
        between = ~self.on_grid(wanted)
        wanted[between] = self.start + np.ceil((wanted[between] - self.start) / self.step) * self.step
        return np.unique(wanted[wanted <= self.stop + self.step * 1e-6])

    def _wanted_times(self) -> NDArray[np.float64]:
        # the small share guards against 30/0.1 coming out as 299.999...
        count = int(np.floor((self.stop - self.start) / self.save_step + 1e-6)) + 1
        return self.start + self.save_step * np.arange(count, dtype=np.float64)

    def departure(self) -> str | None:
        """Say which times are saved instead of those that are asked for; None where these are the same."""
        is_reached = bool(self.on_grid(np.array([self.stop]))[0])
        if is_reached and bool(self.on_grid(self._wanted_times()).all()):
            return None
        times = self.saved_times()
        saved = [f"{time:g}" for time in times]
        listed = ", ".join(saved if len(saved) <= _MOST_LISTED else [*saved[: _MOST_LISTED - 2], "...", saved[-1]])
        is_saved = abs(times[-1] - self.stop) < _GRID_TOLERANCE * self.step
        missed = "" if is_saved else f", and the final time {self.stop:g} is not {'saved' if is_reached else 'reached'}"
        return (
            f"steps of {self.step:g} from {self.start:g} on do not meet all times to save, every {self.save_step:g} to "
            f"{self.stop:g}: saved are {listed} instead{missed}; take a time step of which the save step and the "
            "length of the run are multiples"
        )

    def on_grid(self, times: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Say which times fall on an integration step at or after the start."""
        steps = (np.asarray(times) - self.start) / self.step
        return np.asarray((np.abs(steps - np.round(steps)) < _GRID_TOLERANCE) & (steps > -_GRID_TOLERANCE))


@dataclass(frozen=True, slots=True)
class Model:
    """A model file as read.

    Attributes
    ----------
    name : str
        The file's name without its suffix.
    path : Path
        Absolute path of the file.
    format : {"vensim", "xmile"}
        What the file is.
    variables : tuple of Variable
        In the order of the file; time, the time step and their like are in `time` instead.
    time : TimeAxis
        When it runs.
    ranges : Ranges
        Elements of each dimension, and which dimensions are mapped to which.
    external_files : tuple of Path
        Data files that its equations read, whether they exist or not.
    random : tuple of str
        Names of the variables whose equations draw random numbers.
    definitions : tuple of Definition
        What the variables are defined by; macro calls are written out.
    untaken : tuple of str
        What `definitions` has no form for, one line each: such a model runs through PySD only.
    sha256 : str
        SHA-256 of the file's content as it was read.
    own_time : TimeAxis or None
        The time axis of the file, where `time` is another one.
    clock : tuple of str
        Variables from which the file works out its time axis: no run may set them, since the axis is the same for all.
    control_lines : mapping of str to int
        One-based line where each of `CONTROLS` that the file defines stands.
    unit_names : tuple of UnitNames
        What the file says about the names of units.
    """

    name: str
    path: Path
    format: Literal["vensim", "xmile"]
    variables: tuple[Variable, ...]
    time: TimeAxis
    ranges: Ranges = field(default_factory=lambda: Ranges({}, {}))
    external_files: tuple[Path, ...] = ()
    random: tuple[str, ...] = ()
    definitions: tuple[Definition, ...] = ()
    untaken: tuple[str, ...] = ()
    sha256: str = ""
    own_time: TimeAxis | None = None
    clock: tuple[str, ...] = ()
    control_lines: Mapping[str, int] = field(default_factory=dict)
    unit_names: tuple[UnitNames, ...] = ()

    def __repr__(self) -> str:
        axis = self.time
        return in_one_line(
            "Model",
            self.name,
            f"{len(self.variables)} variables",
            *(f"{count} {words}" for words, count in self._counts()),
            f"{axis.start:g} to {axis.stop:g} by {axis.step:g} {axis.unit}".rstrip(),
        )

    def _repr_html_(self) -> str:
        rows = [
            (v.name, v.kind, "" if v.value is None else f"{v.value:g}", v.unit, v.documentation)
            for v in sorted(self.variables, key=lambda each: each.kind != "stock")
        ]
        return as_html(repr(self).strip("<>"), ("variable", "kind", "value", "unit", "documentation"), rows)

    def _counts(self) -> Iterator[tuple[str, int]]:
        for kind, words in (("stock", "stocks"), ("constant", "constants")):
            if count := sum(variable.kind == kind for variable in self.variables):
                yield (words if count > 1 else kind), count

    def __getitem__(self, name: str) -> Variable:
        """Find a variable by name; case, blanks and underscores do not matter.

        Raises
        ------
        ModelError
            When there is none, with the nearest names.
        """
        found = self.get(name)
        if found is None:
            hint = near_matches(name, self.names) or "check the spelling against the model"
            raise ModelError(f"there is no variable {name!r}; {hint}", path=self.path)
        return found

    def __contains__(self, name: object) -> bool:
        """Say whether there is a variable of that name."""
        return isinstance(name, str) and self.get(name) is not None

    def __iter__(self) -> Iterator[Variable]:
        """Go through the variables in order."""
        return iter(self.variables)

    def get(self, name: str) -> Variable | None:
        """Find a variable by name, or None."""
        wanted = canonical(name)
        return next((v for v in self.variables if canonical(v.name) == wanted), None)

    def with_time(
        self,
        *,
        start: float | None = None,
        stop: float | None = None,
        step: float | None = None,
        save_step: float | None = None,
    ) -> Model:
        """Return this model on another time axis; parameters and errors are those of `TimeAxis.changed`."""
        axis = self.time.changed(start=start, stop=stop, step=step, save_step=save_step)
        own = self.time if self.own_time is None else self.own_time
        return self if axis == self.time else replace(self, time=axis, own_time=own)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the variables, in order."""
        return tuple(variable.name for variable in self.variables)

    @property
    def constants(self) -> dict[str, float]:
        """Scalar constants by name, with their values."""
        return {v.name: v.value for v in self.variables if v.value is not None}

    @property
    def computed(self) -> dict[str, str]:
        """What every variable that no run can set is, in words, and where it stands; by name."""
        return {
            variable.name: self._why_computed(variable)
            for variable in self
            if variable.value is None or variable.name in self.clock
        }

    def _why_computed(self, variable: Variable) -> str:
        where = f"({self.path.name}{'' if variable.line is None else f':{variable.line}'})"
        if variable.value is None:
            return f"{_WITH_ARTICLE[variable.kind]} of the model {where}"
        return f"part of the time axis {where}, which --from, --to, --step and with_time() set"

    @property
    def units(self) -> dict[str, str]:
        """Unit of each variable, by name."""
        return {variable.name: variable.unit for variable in self.variables}


def _number(name: str, value: object) -> float:
    """Take one number of a time axis.

    Raises
    ------
    ParameterError
        When it is none.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | np.number):
        raise ParameterError(f"{name} of the time axis is a number, got {value!r}", field=name)
    return float(value)
