"""What may stand in a file of structure optimisation, section by section."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from rcsd.study.file.schema import FilePath, Range, Section, Year


class NumberSection(Section):
    """`{ value = 1.3, unit = "1", range = [1.1, 1.6], source = "assumed: ..." }`."""

    value: float
    unit: str = Field(min_length=1)
    range: Range
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _inside(self) -> NumberSection:
        if not self.range[0] <= self.value <= self.range[1]:
            raise ValueError(
                f"the value, {self.value:g}, lies outside its range, {self.range[0]:g} to {self.range[1]:g}: correct "
                "one of them"
            )
        return self


class TableSection(Section):
    """`[tables.<region>]` and `[history.<year>]`: a table and the groups of its sectors."""

    file: FilePath
    mapping: FilePath | None = None
    year: Year | None = None
    unit: str = "10^4 yuan"


class ResourceSection(Section):
    """`[resource]`: what is to be saved, and whose structure is looked at."""

    name: str = Field(min_length=1)
    sector: str
    coefficients: FilePath | None = None
    unit: str = ""


class DemandSection(Section):
    """`[demand]`: the shares of actual final uses that output must still serve (eq 14)."""

    consumption: NumberSection
    formation: NumberSection
    outflow: NumberSection


class GrowthSection(Section):
    """`[growth]`: least and most output over the actual one, for sectors without bounds of their own."""

    lower: NumberSection
    upper: NumberSection


class BoundsSection(Section):
    """`[bounds.<sector>]`: the same for one sector (eq 16 for agriculture)."""

    lower: NumberSection | None = None
    upper: NumberSection | None = None


class StructureFile(Section):
    """A whole file."""

    title: str = Field(min_length=1)
    documentation: str = ""
    agriculture: str = ""
    scope: Literal["each", "joint"] = "each"
    cities: FilePath | None = None
    horizon: NumberSection
    limit: NumberSection
    weight: NumberSection
    resource: ResourceSection
    demand: DemandSection
    growth: GrowthSection
    ceilings: dict[str, NumberSection]
    bounds: dict[str, BoundsSection] = Field(default_factory=dict)
    tables: dict[str, TableSection] = Field(min_length=1)
    history: dict[str, TableSection] = Field(default_factory=dict)
    broad: dict[Literal["primary", "secondary", "tertiary"], list[str]] = Field(default_factory=dict)
