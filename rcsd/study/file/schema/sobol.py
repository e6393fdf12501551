"""`[sobol]`: the sensitivity analysis."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rcsd.analysis.sensitivity.failures import OnFailure
from rcsd.study.file.schema.base import MOST_DRAWS, BaseSize, GroupName, Range, Section


class SobolGroupSection(Section):
    """`[sobol.groups.<name>]`: constants that are varied together, beside the group of those that are estimated."""

    title: str = ""
    """Heading in the report; the group's name when empty."""
    parameters: list[str] = Field(min_length=1)
    """Constants of the model that vary together."""
    bounds: dict[str, Range] = {}
    """Ranges by constant; else those of the study, or those that the model documents. Unit: of the constant."""
    source: str = ""
    """Where the ranges come from."""


class SobolSection(Section):
    """`[sobol]`: the sensitivity analysis of the study's report.

    A study without it has the analysis of its estimated parameters by these defaults; `skip` leaves it out and says
    why.
    """

    n_base: BaseSize = 1024
    """Base samples N, a power of two: N (2 D + 2) runs for D parameters."""
    quick_n_base: BaseSize = 64
    """The same for `--quick`."""
    resamples: int = Field(200, ge=2, le=MOST_DRAWS)
    """Bootstrap resamples behind the intervals."""
    distribution: Literal["bounds", "priors"] = "bounds"
    """How parameters vary: evenly over their bounds, or by the study's priors."""
    on_failure: OnFailure = "refuse"
    """Leave the analysis out where runs fail, or put the median of the others in their place."""
    outputs: list[str] = []
    """Variables to analyse; those of the series, of `[study]` and of the steps when empty."""
    skip: str = ""
    """A reason leaves the analysis out, and stands in the report."""
    groups: dict[GroupName, SobolGroupSection] = {}
    """Groups of constants beside `calibrated`, each a table of its own."""
