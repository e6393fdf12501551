"""What a scenario is: levers of the model at a strength from a year on, and what to compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Better = Literal["higher", "lower", "nearer zero"]
"""Which of two values of an outcome is the better one."""

Measure = Literal["percent", "absolute"]
"""How a difference from the reference is written: in per cent of it, or in the outcome's unit."""


@dataclass(frozen=True, slots=True)
class Lever:
    """A constant of the model that a scenario sets, in the model's unit."""

    constant: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """One course of policy.

    Attributes
    ----------
    name, title, documentation
        Identifier, and words.
    start
        First year in which the levers act.
    levers
        What is set; none for what goes on as before.
    """

    name: str
    title: str
    documentation: str
    start: int
    levers: tuple[Lever, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A variable by which scenarios are compared.

    Attributes
    ----------
    variable, unit
        Of the model.
    better, meaning
        Which of two values is the better one, and why.
    measure
        How differences are written.
    """

    variable: str
    unit: str
    better: Better
    meaning: str
    measure: Measure


@dataclass(frozen=True, slots=True)
class Claim:
    """A published claim on an outcome under a change of policy, to be shown beside the comparison.

    Attributes
    ----------
    variable, year
        What it is about.
    lower, upper
        Difference from the status quo, in the measure of the outcome.
    text, source
        The claim in words, and who makes it.
    """

    variable: str
    year: int
    lower: float
    upper: float
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class ScenarioSet:
    """A file of scenarios, resolved against a model.

    Attributes
    ----------
    file
        Its name.
    switch
        The model's constant that holds the year from which levers act.
    reference
        Name of the scenario that the others are compared with.
    years
        Years of the tables.
    scenarios
        The reference among them.
    outcomes, claims
        What is compared, and what others have said of it.
    """

    file: str
    switch: str
    reference: str
    years: tuple[int, ...]
    scenarios: tuple[Scenario, ...]
    outcomes: tuple[Outcome, ...]
    claims: tuple[Claim, ...]

    @property
    def levers(self) -> tuple[str, ...]:
        """Every constant that some scenario sets."""
        return tuple(dict.fromkeys(lever.constant for each in self.scenarios for lever in each.levers))

    def scenario(self, name: str) -> Scenario:
        """Return the scenario of a name."""
        return next(each for each in self.scenarios if each.name == name)
