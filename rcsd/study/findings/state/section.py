"""What a study file may say of the state of its model."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from rcsd.analysis.calibration import Kind
from rcsd.analysis.state import Disturbance, Gap, Process, Update, Walk
from rcsd.names import canonical
from rcsd.study.file.schema import Amount, Section, SeriesName
from rcsd.study.file.study import Study

NAME = "state"
"""Of the table."""
MOST_MEMBERS = 100_000

Deviation = Annotated[Amount, Field(ge=0)]


class StockSection(Section):
    """`[state.stocks."<name>"]`: a stock that something outside the model disturbs."""

    noise: Deviation
    """Standard deviation of what disturbs the stock in a year. Unit: share of the stock, or its unit if absolute."""
    kind: Literal["relative", "absolute"] = "relative"
    """Whether disturbances are shares of the stock, which stays positive, or amounts."""
    initial: Deviation = 0.0
    """Standard deviation of the stock in the first year of the fit window; 0 where it is known. Unit: as `noise`."""


class WalkSection(Section):
    """`[state.parameters."<name>"]`: an estimated parameter that changes slowly, within its bounds."""

    noise: Deviation
    """Standard deviation of its change in a year, on the scale of its search: of the value, its logarithm or logit."""
    memory: float = Field(1.0, gt=0, le=1)
    """What is left after a year of its distance from where it began: 1 is a random walk."""


class GapSection(Section):
    """`[state.gaps.<series>]`: what a series keeps differing from its variable by, beside the error of each cell."""

    noise: Deviation
    """Standard deviation of what a year adds. Unit: share of the value, or the unit of the series if absolute."""
    memory: float = Field(1.0, gt=0, le=1)
    """What is left of it after a year."""
    initial: Deviation = 0.0
    """Standard deviation in the first year of the fit window. Unit: as `noise`."""


class StateSection(Section):
    """`[state]`: an ensemble Kalman filter and smoother over the compared years.

    The observations are those of the study's series, each with its stated error.
    """

    members: int = Field(1000, ge=50, le=MOST_MEMBERS)
    """Members of the ensemble: runs that are made beside each other."""
    quick_members: int = Field(200, ge=50, le=MOST_MEMBERS)
    """The same for `--quick`."""
    start: Literal["priors", "posterior"] = "priors"
    """Where the members' parameters come from: priors, and the data correct all of them, or the posterior of the fit
    window, and the data correct only those of `[state.parameters]`.
    """
    update: Update = "all"
    """Which stocks the data correct: all, or only those of `[state.stocks]`."""
    inflation: float = Field(1.0, ge=1, le=2)
    """Factor on the members' distances from their mean before each correction."""
    stocks: dict[str, StockSection] = Field(min_length=1)
    """Stocks that are disturbed, each a table of its own."""
    parameters: dict[str, WalkSection] = Field(default_factory=dict)
    """Parameters that change slowly, each a table of its own."""
    gaps: dict[SeriesName, GapSection] = Field(default_factory=dict)
    """Series that keep differing from what they observe, each a table of its own."""


def section_of(study: Study) -> StateSection | None:
    """Return what a study says of its state, if anything."""
    found = getattr(study.file, NAME, None)
    assert found is None or isinstance(found, StateSection)  # the file was held to its schema
    return found


def process_of(study: Study, section: StateSection) -> Process:
    """State the process with the names that the model has.

    Raises
    ------
    ParameterError
        For a parameter that the study does not estimate.
    """
    space = study.space.known_by(study.fit_window[1])
    return Process(
        disturbances=tuple(
            Disturbance(_spelt(study, name), each.noise, each.kind, each.initial)
            for name, each in section.stocks.items()
        ),
        walks=tuple(
            Walk(_parameter(study, name), each.noise, each.memory) for name, each in section.parameters.items()
        ),
        space=space,
        estimated=space.names if section.start == "priors" else (),
        update=section.update,
        gaps=tuple(
            Gap(name, each.noise, _kind(study, name), each.memory, each.initial) for name, each in section.gaps.items()
        ),
        inflation=section.inflation,
    )


def _kind(study: Study, series: str) -> Kind:
    """Return the kind of a series; that of one which there is not does not matter, since it is refused."""
    return next((target.kind for target in study.targets if target.series.name == series), "relative")


def _spelt(study: Study, name: str) -> str:
    """Spell a stock, or an element of one, as the model does."""
    base, bracket, elements = name.partition("[")
    variable = study.model.ir.get(base)
    return name if variable is None else f"{variable.name}{bracket}{elements}"


def _parameter(study: Study, name: str) -> str:
    """Spell a parameter as the study does."""
    return next((each for each in study.space.names if canonical(each) == canonical(name)), name)
