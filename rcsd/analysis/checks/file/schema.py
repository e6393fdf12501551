"""What may stand in a checks.toml, table by table."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

_TWO = 2


def _pair(value: object) -> object:
    """Make a pair of TOML's list of two numbers."""
    if not isinstance(value, list) or len(value) != _TWO:
        raise ValueError(f"bounds are [least, greatest], found {value!r}")
    return tuple(value)


Bounds = Annotated[tuple[float, float], BeforeValidator(_pair)]
Positive = Annotated[float, Field(gt=0)]
Text = Annotated[str, Field(min_length=1)]


class Table(BaseModel):
    """A table of the file: every key known, every value of the stated type, nothing converted from text."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Case(Table):
    """`[[extremes]]`, `[[levers]]`, `[[couplings]]`, `[[links]]`: a run with other constants, and what must come of it.

    In every such run each stock stays finite and, unless it is one of `signed_stocks` or its bounds say otherwise,
    non-negative. A name without an element means every element of the variable.
    """

    name: str = ""
    """What the case is, in a few words; the constants that it sets when left out."""
    set: dict[str, float]
    """Constants, elements of constants and initial values ("initial: Stock") for the run."""
    year: float | None = None
    """When `rises` and `falls` are compared with the base run; the final time when left out."""
    rises: list[str] = []
    """Variables that must lie above the base run."""
    falls: list[str] = []
    """Variables that must lie below the base run."""
    constant: list[str] = []
    """Variables that must not move throughout the run, to 1e-12."""
    zero: list[str] = []
    """Variables that must be zero throughout the run, to 1e-15."""
    near_zero: list[str] = []
    """Variables that must be zero throughout the run, to 1e-9."""
    settles: dict[str, float] = {}
    """Value that a variable must have at the final time, to 0.001."""


class IntegrationTable(Table):
    """`[integration]`: how much results may depend on the time step (Sterman 2000, ch. 21)."""

    largest_change: Positive | None = None
    """Largest relative change of the variables that a half step may bring; 0.1 of each stock when left out."""
    largest_difference: Positive | None = None
    """Largest absolute distance of the variables from the exact solution, which is extrapolated from a half step."""
    variable: str | None = None
    """The variable that is compared; or `variables`. Every stock when both are left out."""
    variables: list[str] = []
    """The variables that are compared."""
    year: float | None = None
    """The only time at which they are compared; every saved time when left out."""
    steps: list[Positive] = []
    """Time steps, each half of the one before, by which tests of the model measure the order of the method."""
    set: dict[str, float] = {}
    """Constants of the runs that are compared."""

    @property
    def names(self) -> list[str]:
        """The variables that are compared; none for every stock."""
        return [*([self.variable] if self.variable is not None else []), *self.variables]


class ConservedTable(Table):
    """`[[conserved]]`: stocks among which material only moves: their sum stays what it is at the start."""

    stocks: list[str] = Field(min_length=1)
    """The stocks; a name without an element means every element."""
    name: str = ""
    """What is conserved, in a few words."""


class Setting(Table):
    """`[coupled]`: constants of another state of the model."""

    set: dict[str, float]
    """Constants, by name. Loops marked `coupled` are walked with them."""


class Loop(Table):
    """`[[loops]]`: a feedback loop that must be closed and have its polarity."""

    name: Text
    """What the loop does, in a few words."""
    polarity: Literal["R", "B"]
    """R: reinforcing. B: balancing."""
    through: list[str] = Field(min_length=1)
    """Its variables in order; each is a cause of the next, and the last of the first."""
    via: list[str] = []
    """Neighbours in it, two at least: every loop with their links is told under its name by `rcsd loops`."""
    year: float | None = None
    """When its polarity is measured."""
    coupled: bool = False
    """Whether it is walked with the constants of `[coupled]`."""


class NeutralTable(Table):
    """`[neutral]`: a model of parts that without their links are another model."""

    largest_difference: Positive
    """Largest relative difference from that model. Tests of the model read it; the command does not."""


class EnginesTable(Table):
    """`[engines]`: largest relative difference of any variable between two engines."""

    kernels: Positive = 1e-9
    """Between the interpreter and the compiled kernels."""
    pysd: Positive = 1e-9
    """Between the interpreter and PySD."""
    pysimlin: Positive = 1e-6
    """Between the interpreter and pysimlin. Tests of the model read it; the command does not."""


class Silence(Table):
    """`[[silence]]`: findings that are known and accepted."""

    check: Text
    """Name of the check."""
    variable: str | None = None
    """The variable concerned, without elements; every finding of the check when left out."""
    reason: Text
    """Why it is accepted."""


class ChecksFile(Table):
    """A file of checks."""

    twin: str | None = None
    """The same model in another format, relative to this file; `--against` stands before it."""
    signed_stocks: list[str] = []
    """Stocks that may be negative by definition; every other one may not."""
    bounds: dict[str, Bounds] = {}
    """`[bounds]`: least and greatest value of a variable in the base run and in every run of a case."""
    integration: IntegrationTable | None = None
    extremes: list[Case] = []
    levers: list[Case] = []
    couplings: list[Case] = []
    links: list[Case] = []
    conserved: list[ConservedTable] = []
    coupled: Setting | None = None
    loops: list[Loop] = []
    neutral: NeutralTable | None = None
    engines: EnginesTable = EnginesTable()
    silence: list[Silence] = []
