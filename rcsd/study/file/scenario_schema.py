"""What may stand in a file of scenarios, section by section."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from rcsd.analysis.scenarios import Better, Measure
from rcsd.study.file.schema import FirstYear, Section, Year

ScenarioName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]


class LeverSection(Section):
    """`"<constant>" = { value = ..., unit = ... }`: a constant of the model that a scenario sets."""

    value: float
    unit: str


class ScenarioSection(Section):
    """`[scenarios.<name>]`: one course of policy."""

    title: str
    documentation: str = ""
    start: FirstYear | None = None
    levers: dict[str, LeverSection] = Field(default_factory=dict)


class OutcomeSection(Section):
    """`[outcomes."<variable>"]`: what scenarios are compared by, and which of two values is the better one."""

    better: Better
    meaning: str
    measure: Measure = "percent"


class ClaimSection(Section):
    """`[[claims]]`: a published claim to be shown beside the comparison."""

    variable: str
    year: Year
    lower: float
    upper: float
    text: str
    source: str


class ScenarioFile(Section):
    """A whole file of scenarios."""

    reference: ScenarioName
    switch: str
    years: list[Year] = Field(min_length=1)
    scenarios: dict[ScenarioName, ScenarioSection] = Field(min_length=2)
    outcomes: dict[str, OutcomeSection] = Field(min_length=1)
    claims: list[ClaimSection] = Field(default_factory=list)
