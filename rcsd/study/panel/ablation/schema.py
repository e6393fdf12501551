"""What may stand in a file of ablations."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from rcsd.analysis.forecasting import RULES
from rcsd.study.file.schema import Amount, GroupName, PriorSection, Section, SeriesName


class ShareSection(Section):
    """`share = { constants = [...], of = "...", value = ... }`: constants scaled in every city by one factor."""

    constants: list[str] = Field(min_length=1)
    """Constants of the model; the first gets the share, the others keep their ratio to it."""
    of: str
    """The constant that the first is a share of."""
    value: Annotated[Amount, Field(gt=0)]
    """The share."""


class AblationSection(Section):
    """`[ablations.<name>]`: the model without one of its parts, or with another setting of it."""

    title: Annotated[str, Field(min_length=1)]
    """What is taken away, in a table's words."""
    reason: str = ""
    """Why, or where the setting comes from."""
    values: dict[str, Amount] = Field(default_factory=dict)
    """Constants of the model that take another value. Unit: of the constant."""
    priors: dict[str, PriorSection] = Field(default_factory=dict)
    """Estimated constants that have another prior."""
    share: ShareSection | None = None
    """Constants that are scaled to a share of another one."""
    study: dict[str, Any] = Field(default_factory=dict)
    """Tables of the study file that are laid over its own, such as `series.real_gdp.gap`."""
    frozen: list[SeriesName] = Field(default_factory=list)
    """Drivers that keep their value of the origin in place of being forecast."""
    carry_over: bool = True
    """Whether the gap between model and data at the origin goes on; without, forecasts are centred on the fitted
    run."""
    rule: str = ""
    """A benchmark rule that takes the place of the whole model."""

    @model_validator(mode="after")
    def _something(self) -> AblationSection:
        """Refuse one that changes nothing, or a rule beside changes of the model that it replaces."""
        refits = self.refits
        if self.rule and self.rule not in RULES:
            raise ValueError(f"no benchmark rule is called {self.rule!r}: choose from {', '.join(RULES)}")
        if self.rule and (refits or not self.carry_over):
            raise ValueError("`rule` takes the place of the whole model: leave the other changes out")
        if not (self.rule or refits or not self.carry_over):
            raise ValueError(
                "changes nothing: give `values`, `priors`, `share`, `study`, `frozen`, `carry_over` or `rule`"
            )
        return self

    @property
    def refits(self) -> bool:
        """Whether the model is fitted anew."""
        return bool(self.values or self.priors or self.share or self.study or self.frozen)


class AblationFile(Section):
    """A file of ablations."""

    whole: str = ""
    """Structure of the study file that parts are taken from; the first when empty."""
    ablations: dict[GroupName, AblationSection] = Field(min_length=1)
    """By name, in the order of the tables."""
