"""From a file of scenarios to a checked `ScenarioSet`, or to one error that lists all its faults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rcsd.analysis.scenarios import Claim, Lever, Outcome, Scenario, ScenarioSet
from rcsd.errors import StudyError
from rcsd.files import is_file
from rcsd.names import canonical, near_matches
from rcsd.simulation.ir import Model, Variable
from rcsd.study.file.lookup import Lookup
from rcsd.study.file.scenario_schema import LeverSection, ScenarioFile
from rcsd.study.file.schema import StudyFile
from rcsd.study.file.schema.time import CLOCK
from rcsd.study.sobol.varied import documented_range
from rcsd.toml.faults import Faults, checked
from rcsd.toml.lines import Keys
from rcsd.toml.source import read_toml


def read_scenarios(path: Path, model: Model, study: StudyFile) -> tuple[ScenarioSet, dict[Path, str]]:
    """Read and check a file of scenarios.

    Parameters
    ----------
    path
        A TOML file.
    model
        Whose constants the levers are.
    study
        Whose windows say when a policy may begin, and whose parameters no lever may be.

    Returns
    -------
    (scenarios, sha256)
        The second by file, as it was read.

    Raises
    ------
    StudyError
        Listing every fault at once, each with its line.
    """
    if not is_file(path):
        raise StudyError(
            "there is no such file of scenarios: correct the path, which is relative to the file that names it",
            path=path,
        )
    source = read_toml(path)
    file, faults = checked(source, ScenarioFile, "scenarios", {CLOCK: study.clock})
    found = _Resolver(file, study, Lookup(model, {}, faults), faults).resolved(path.name)
    faults.raise_if_any()
    return found, dict(source.sha256)


def free_constant(lookup: Lookup, study: StudyFile, keys: Keys, name: str) -> Variable | None:
    """Find a constant of the model that a study neither estimates nor sets; note a fault where there is none."""
    variable = lookup.constant(keys, name)
    taken = {canonical(other) for other in (*study.parameters, *study.constants)}
    if variable is not None and canonical(name) in taken:
        lookup.faults.add(keys, f"{variable.name!r} is estimated or set by the study: name another constant")
        return None
    return variable


@dataclass(frozen=True, slots=True)
class _Resolver:
    """One pass over the file; faults are noted, not raised."""

    file: ScenarioFile
    study: StudyFile
    lookup: Lookup
    faults: Faults

    def resolved(self, name: str) -> ScenarioSet:
        """Check everything, and spell names as the model does."""
        switch = self._settable(("switch",), self.file.switch)
        if self.file.reference not in self.file.scenarios:
            hint = near_matches(self.file.reference, self.file.scenarios) or f"it has {', '.join(self.file.scenarios)}"
            self.faults.add(("reference",), f"there is no scenario {self.file.reference!r}; {hint}")
        for year in self.file.years:
            self._check_year(("years",), year)
        return ScenarioSet(
            file=name,
            switch=self.file.switch if switch is None else switch.name,
            reference=self.file.reference,
            years=tuple(sorted(set(self.file.years))),
            scenarios=tuple(self._scenarios(switch)),
            outcomes=tuple(self._outcomes()),
            claims=tuple(self._claims()),
        )

    def _settable(self, keys: Keys, name: str) -> Variable | None:
        """Find a constant that the study leaves free."""
        return free_constant(self.lookup, self.study, keys, name)

    def _check_year(self, keys: Keys, year: int) -> None:
        windows, label = self.study.windows, self.study.clock.label
        period = "year" if self.study.clock.identity else self.study.clock.name
        if not windows.last < year <= windows.end:
            self.faults.add(
                keys,
                f"{label(year)} lies outside the forecast, which runs from {label(windows.last + 1)}, the {period} "
                f"after the data end, to {label(windows.end)}: name a {period} of it",
            )

    def _scenarios(self, switch: Variable | None) -> Iterator[Scenario]:
        for name, section in self.file.scenarios.items():
            keys = ("scenarios", name)
            start = self.study.windows.last + 1 if section.start is None else section.start
            if section.start is not None:
                self._check_year((*keys, "start"), start)
            levers = []
            for constant, lever in section.levers.items():
                variable = self._lever((*keys, "levers", constant), constant, lever)
                if variable is not None and switch is not None and variable.name == switch.name:
                    self.faults.add(
                        (*keys, "levers", constant), "is the switch of all levers: give the year as `start`"
                    )
                elif variable is not None:
                    levers.append(Lever(variable.name, lever.value, variable.unit))
            yield Scenario(name, section.title, section.documentation, start, tuple(levers))

    def _lever(self, keys: Keys, name: str, section: LeverSection) -> Variable | None:
        variable = self._settable(keys, name)
        if variable is None:
            return None
        self.lookup.same_unit((*keys, "unit"), "the lever", section.unit, variable)
        found = documented_range(variable)
        if found is None:
            self.faults.add(
                keys,
                f"the model documents no range of {variable.name!r}, so that nothing says how far it may be moved: "
                "write 'Range 0 to 0.5.' into its documentation",
            )
        elif not found[0] <= section.value <= found[1]:
            self.faults.add(
                (*keys, "value"),
                f"{section.value:g} lies outside the range that the model documents for {variable.name!r}, "
                f"{found[0]:g} to {found[1]:g}: choose a value inside",
            )
        return variable

    def _outcomes(self) -> Iterator[Outcome]:
        for name, section in self.file.outcomes.items():
            variable = self.lookup.variable(("outcomes", name), name)
            if variable is not None:
                yield Outcome(variable.name, variable.unit, section.better, section.meaning, section.measure)

    def _claims(self) -> Iterator[Claim]:
        compared = {canonical(name): name for name in self.file.outcomes}
        for section in self.file.claims:
            keys = ("claims",)
            variable = self.lookup.variable(keys, section.variable)
            if canonical(section.variable) not in compared:
                self.faults.add(keys, f"{section.variable!r} is not compared: add it to [outcomes]")
            if section.year not in self.file.years:
                self.faults.add(keys, f"{section.year} is not among `years`: add it there")
            if section.lower > section.upper:
                self.faults.add(keys, f"the lower end, {section.lower:g}, must not exceed the upper, {section.upper:g}")
            if variable is not None:
                yield Claim(variable.name, section.year, section.lower, section.upper, section.text, section.source)
