"""Which levers of a model may take a city to an optimal structure: a file, read and checked against a study."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from rcsd.analysis.scenarios import Outcome
from rcsd.errors import StudyError
from rcsd.files import is_file
from rcsd.names import canonical
from rcsd.papers.assets import ASSETS
from rcsd.papers.structure.file.reading import FOLDER
from rcsd.simulation.ir import Variable
from rcsd.study import Study
from rcsd.study.file.lookup import Lookup
from rcsd.study.file.scenario_reading import free_constant
from rcsd.study.file.scenario_schema import OutcomeSection
from rcsd.study.file.schema import Range, Section
from rcsd.study.sobol.varied import documented_range
from rcsd.toml.faults import Faults, checked
from rcsd.toml.lines import Keys
from rcsd.toml.source import read_toml

FILE_NAME = "levers.toml"

Base = Literal["status quo", "start"]
"""What the change of the optimal structure starts from: the share without any lever at the horizon, or that of the
year from which levers act."""


class RangeSection(Section):
    """`[levers."<constant>"]`: how far a lever may be pulled, and where what it spends is counted."""

    range: Range
    unit: str
    cost: str | None = None
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _ordered(self) -> RangeSection:
        if not self.range[0] < self.range[1]:
            raise ValueError(f"the range [{self.range[0]:g}, {self.range[1]:g}] holds nothing: write [lower, upper]")
        return self


class LeverFile(Section):
    """A whole file."""

    share: str
    output: str
    switch: str
    base: Base = "status quo"
    levers: dict[str, RangeSection] = Field(min_length=1)
    outcomes: dict[str, OutcomeSection] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class LeverRange:
    """A lever that may be pulled.

    Attributes
    ----------
    constant, unit
        Of the model.
    lower, upper
        How far.
    idle
        The model's own value, at which it is not pulled.
    cost
        Variable of what it spends; empty for a lever that spends nothing.
    source
        Of the range.
    """

    constant: str
    unit: str
    lower: float
    upper: float
    idle: float
    cost: str
    source: str


@dataclass(frozen=True, slots=True)
class LeverPlan:
    """A file of levers, resolved against a study's model.

    Attributes
    ----------
    file
        Its name.
    share, output, switch
        Variables of the model, and the constant that holds the year from which levers act.
    base
        What the change starts from.
    levers, outcomes
        In the order of the file.
    money
        Unit of what is spent over the years.
    """

    file: str
    share: str
    output: str
    switch: str
    base: Base
    levers: tuple[LeverRange, ...]
    outcomes: tuple[Outcome, ...]
    money: str

    @property
    def costs(self) -> tuple[str, ...]:
        """Every variable in which something is spent."""
        return tuple(dict.fromkeys(lever.cost for lever in self.levers if lever.cost))


def load_levers(study: Study, path: str | Path | None = None) -> LeverPlan:
    """Read and check a file of levers; that of rcsd if none is named.

    Raises
    ------
    StudyError
        Listing every fault at once, each with its line.
    """
    path = _default() if path is None else Path(path)
    if path.is_dir():
        path /= FILE_NAME
    if not is_file(path):
        raise StudyError("there is no such file of levers: correct the path", path=path)
    source = read_toml(path)
    file, faults = checked(source, LeverFile, "file of levers")
    plan = _Resolver(file, study, Lookup(study.model.ir, {}, faults), faults).plan(path.name)
    faults.raise_if_any()
    assert plan is not None  # where there is none, a fault was noted
    return plan


def _default() -> Path:
    folder = ASSETS.calibration
    if folder is None:
        raise StudyError("no data come with this copy of rcsd: name a file of levers")
    return folder / FOLDER / FILE_NAME


@dataclass(frozen=True, slots=True)
class _Resolver:
    """One pass over the file; faults are noted, not raised."""

    file: LeverFile
    study: Study
    lookup: Lookup
    faults: Faults

    def plan(self, name: str) -> LeverPlan | None:
        """Check everything, and spell names as the model does."""
        share = self.lookup.variable(("share",), self.file.share)
        if share is not None:
            self.lookup.same_unit(("share",), "a share", "Dmnl", share)
        output = self.lookup.variable(("output",), self.file.output)
        switch = self._switch(self.file.switch)
        self._check_once("levers", self.file.levers)
        self._check_once("outcomes", self.file.outcomes)
        levers = [lever for key in self.file.levers if (lever := self._lever(key, output)) is not None]
        outcomes = [
            Outcome(variable.name, variable.unit, section.better, section.meaning, section.measure)
            for key, section in self.file.outcomes.items()
            if (variable := self.lookup.variable(("outcomes", key), key)) is not None
        ]
        if share is None or output is None or switch is None:
            return None
        return LeverPlan(
            name,
            share.name,
            output.name,
            switch.name,
            self.file.base,
            tuple(levers),
            tuple(outcomes),
            output.unit.rsplit("/", maxsplit=1)[0],
        )

    def _switch(self, name: str) -> Variable | None:
        """Find a constant that may hold the year from which levers act."""
        keys = ("switch",)
        variable = free_constant(self.lookup, self.study.file, keys, name)
        if variable is None:
            return None
        self.lookup.same_unit(keys, "the model's time", self.study.model.ir.time.unit, variable)
        start, known = self.study.file.windows.last + 1, documented_range(variable)
        if known is None or not known[0] <= start <= known[1]:
            said = "none" if known is None else f"{known[0]:g} to {known[1]:g}"
            self.faults.add(
                keys,
                f"levers act from {start} on, but the range that the model documents for {variable.name!r} is {said}: "
                "name the constant that holds the year of the levers",
            )
        return variable

    def _check_once(self, section: str, names: Iterable[str]) -> None:
        """Note a name that stands twice, in two spellings."""
        first: dict[str, str] = {}
        for name in names:
            other = first.setdefault(canonical(name), name)
            if other != name:
                self.faults.add((section, name), f"is {other!r} in another spelling: keep one of the two")

    def _lever(self, key: str, output: Variable | None) -> LeverRange | None:
        section, keys = self.file.levers[key], ("levers", key)
        variable = free_constant(self.lookup, self.study.file, keys, key)
        cost = "" if section.cost is None else self._cost((*keys, "cost"), section.cost, output)
        if variable is None or variable.value is None or cost is None:
            return None
        if canonical(key) == canonical(self.file.switch):
            self.faults.add(keys, "is the switch of all levers: remove it, or name another switch")
            return None
        self.lookup.same_unit((*keys, "unit"), "the lever", section.unit, variable)
        low, high = section.range
        known = documented_range(variable)
        if known is None:
            self.faults.add(
                keys,
                f"the model documents no range of {variable.name!r}, so that nothing says how far it may be moved: "
                "write 'Range 0 to 0.5.' into its documentation",
            )
        elif not (known[0] <= low and high <= known[1]):
            self.faults.add(
                (*keys, "range"),
                f"[{low:g}, {high:g}] leaves the range that the model documents for {variable.name!r}, {known[0]:g} to "
                f"{known[1]:g}: narrow it",
            )
        if not low <= variable.value <= high:
            self.faults.add(
                (*keys, "range"),
                f"[{low:g}, {high:g}] leaves out {variable.value:g}, the model's own value, at which the lever is not "
                "pulled: widen it",
            )
        return LeverRange(variable.name, variable.unit, low, high, variable.value, cost, section.source)

    def _cost(self, keys: Keys, name: str, output: Variable | None) -> str | None:
        variable = self.lookup.variable(keys, name)
        if variable is not None and output is not None:
            self.lookup.same_unit(keys, "output", output.unit, variable)
        return None if variable is None else variable.name
