"""What the sensitivity analysis of a study returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rcsd.analysis.parameters import ParameterSpace
from rcsd.analysis.sensitivity import SobolResult
from rcsd.shown import in_one_line


@dataclass(frozen=True, slots=True, eq=False)
class SobolStudy:
    """The sensitivity analysis of one study over one group of parameters.

    Attributes
    ----------
    name, title
        The study.
    group, group_title
        What varied together, as a key and in words.
    seed
        That was used.
    distribution
        "bounds", "priors" or "posterior".
    space
        What varied, between its bounds.
    held
        Estimates at which the other parameters of the study were held, by name; all other constants kept the value that
        the study or the model gives them.
    data_end, horizon
        The last saved time that is compared with data, and the last simulated one.
    result
        The indices.
    versions, hashes
        What a repetition needs.
    """

    name: str
    title: str
    group: str
    group_title: str
    seed: int
    distribution: str
    space: ParameterSpace
    held: Mapping[str, float]
    data_end: float
    horizon: float
    result: SobolResult
    versions: Mapping[str, str] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        size = f"{len(self.result.parameters)} parameters, {len(self.result.outputs)} outputs"
        return in_one_line("SobolStudy", self.name, self.group, size, f"{self.result.n_runs:,} runs")

    @property
    def chosen_times(self) -> tuple[float, ...]:
        """The times that figures and words speak of: the end of the data and the horizon, once where they are one."""
        return tuple(dict.fromkeys((self.data_end, self.horizon)))


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The analyses of a study's report.

    Attributes
    ----------
    analyses
        One for each group of parameters that was analysed.
    left_out
        Why there is none: group -> reason in a sentence.
    """

    analyses: tuple[SobolStudy, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def n_runs(self) -> int:
        """Model runs of all analyses."""
        return sum(each.result.n_runs for each in self.analyses)

    @property
    def n_failed(self) -> int:
        """How many of these failed, and were replaced."""
        return sum(each.result.failures.n for each in self.analyses)
