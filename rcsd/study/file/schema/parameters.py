"""`[parameters]` and `[structures]`: what is estimated, and other settings of the same model."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from rcsd.analysis.priors import AnyPrior, FamilyPrior, Prior
from rcsd.errors import ParameterError
from rcsd.study.file.schema.base import Amount, Section
from rcsd.study.file.schema.time import DataYear


class PriorSection(Section):
    """`prior = { centre = ..., sd = ... }`: normal on the search scale, or of a `family`, on the natural one."""

    family: (
        Literal[
            "normal",
            "log-normal",
            "half-normal",
            "uniform",
            "triangular",
            "beta",
            "gamma",
            "inverse-gamma",
            "exponential",
            "student-t",
            "cauchy",
            "half-cauchy",
        ]
        | None
    ) = None
    """A family makes it a density of the value itself, cut at the bounds. What each states: normal mean and sd;
    log-normal median and sigma; half-normal sd; uniform low and high; triangular low, mode and high; beta alpha and
    beta; gamma and inverse-gamma shape and scale; exponential scale; student-t df, location and scale; cauchy location
    and scale; half-cauchy scale. Without a family it is normal on the search scale, by centre and sd."""
    centre: Amount | None = None
    """Centre of a prior without a family, on the natural scale. Unit: of the parameter."""
    sd: Annotated[Amount, Field(gt=0)] | None = None
    """Standard deviation: without a family on the search scale, of the value, its logarithm, or its logit; in the
    normal and half-normal families of the value itself, a half-normal's before it is halved."""
    mean: Amount | None = None
    """Mean of the normal family. Unit: of the parameter."""
    median: Amount | None = None
    """Median of the log-normal family. Unit: of the parameter."""
    sigma: Amount | None = None
    """Standard deviation of the logarithm in the log-normal family."""
    low: Amount | None = None
    """Least value of the uniform and triangular families. Unit: of the parameter."""
    mode: Amount | None = None
    """Most probable value of the triangular family. Unit: of the parameter."""
    high: Amount | None = None
    """Greatest value of the uniform and triangular families. Unit: of the parameter."""
    alpha: Amount | None = None
    """First shape of the beta family."""
    beta: Amount | None = None
    """Second shape of the beta family."""
    shape: Amount | None = None
    """Shape of the gamma and inverse-gamma families."""
    scale: Amount | None = None
    """Scale of the gamma, inverse-gamma, exponential (its mean), student-t, cauchy and half-cauchy families. Unit: of
    the parameter."""
    df: Amount | None = None
    """Degrees of freedom of the student-t family."""
    location: Amount | None = None
    """Middle of the student-t and cauchy families. Unit: of the parameter."""
    until: DataYear | None = None
    """Last year of the data behind the prior; forecasts from earlier origins use a weak one. Unit: Year."""

    @model_validator(mode="after")
    def _states_its_family(self) -> PriorSection:
        """Insist on the numbers of the family, and no others."""
        _ = self.stated
        return self

    @property
    def stated(self) -> AnyPrior:
        """The prior.

        Raises
        ------
        ValueError
            For numbers that are missing, of another family, or that make no distribution.
        """
        numbers = self.model_dump(exclude={"family", "until"}, exclude_none=True)
        if self.family is None:
            if set(numbers) != {"centre", "sd"}:
                found = ", ".join(f"`{key}`" for key in numbers) or "nothing"
                raise ValueError(f"a prior without a `family` states `centre` and `sd`; found {found}")
            return Prior(numbers["centre"], numbers["sd"], self.until)
        try:
            return FamilyPrior.of(self.family, until=self.until, **numbers)
        except ParameterError as error:
            raise ValueError(str(error)) from None


class ParameterSection(Section):
    """`[parameters."<name>"]`: a constant, element, array, stock (first value), table point or delay to estimate."""

    lower: Amount
    """Lower bound of the search. Unit: of the parameter."""
    upper: Amount
    """Upper bound. Unit: of the parameter."""
    unit: str
    """Unit; checked against the model's."""
    source: str
    """Where bounds and prior come from."""
    shared: bool | Literal["factor"] = False
    """Of an array: one value for all elements, or one factor on the model's own values, which a table can have too;
    else each element is estimated for itself. Unit of a factor: Dmnl."""
    start: Amount | None = None
    """First value to try; the model's own when left out. Unit: of the parameter."""
    scale: Literal["linear", "log", "logit"] = "linear"
    """Scale of the search and of the prior."""
    prior: PriorSection | None = None
    """What is thought of it beforehand; nothing when left out: flat on the search scale."""
    documentation: str = ""
    """A remark for the report."""


class StructureSection(Section):
    """`[structures.<name>]`: other settings of the same model, fitted and forecast beside the study's own."""

    title: str = ""
    """Heading in the report; the structure's name when empty."""
    reason: Annotated[str, Field(min_length=1)]
    """Source of the settings, or the word "assumed" or "hindsight"."""
    values: dict[str, Amount] = {}
    """Constants of the model that take another value. Unit: of the constant."""
    priors: dict[str, PriorSection] = {}
    """Estimated constants that have another prior."""
    averaged: bool = True
    """Whether the model's forecast averages over it, or it is forecast beside the average for comparison."""
