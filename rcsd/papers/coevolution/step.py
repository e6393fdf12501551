"""The life cycle of a study's city: read off the fitted run, where the study names the preference."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from pydantic import Field

from rcsd.analysis.sensitivity import FirstCrossing, Outcome, Peak, PeakYear, SettlingYear
from rcsd.errors import ParameterError, StudyError
from rcsd.papers.coevolution.assumed import N_QUICK, N_RUNS, Asked, AssumedLifeCycle, over_assumptions
from rcsd.papers.coevolution.life_cycle import Reading, read_life_cycle
from rcsd.papers.coevolution.stages import StageSpan
from rcsd.study.file.groups import group_named
from rcsd.study.file.schema import Section
from rcsd.study.file.section import FileSection
from rcsd.study.file.study import Study
from rcsd.study.graph.request import Request
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Step
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.posterior import POSTERIOR
from rcsd.study.steps.simulate import SIMULATE

NAME = "life_cycle"
"""Of the step, of its table in study.toml and of its entry in result.json."""


class LifeCycleSection(Section):
    """`[life_cycle]`: the variables that the stages are read off."""

    preference: str
    """Variable of the model that holds the innovation preference x."""
    alpha: str | None = None
    """Variable that holds the interconversion factor; the stages are read without it when left out."""
    band: float = Field(0.05, gt=0)
    """Half-width of the band around zero in which neither innovation leads."""
    assumed: str | None = None
    """Group of `[sobol.groups]` whose parameters are assumed: the years of the stages are told with intervals over
    their ranges. No years are told when left out."""


@dataclass(frozen=True, slots=True)
class LifeCycle:
    """The innovation preference of the fitted run and the stages read off it.

    `preference` and `alpha` are the names of model variables whose trajectories the step SIMULATE has found; `band` is
    how close to zero the preference must stay for regeneration to have begun; `kind` says whether the path is a life
    cycle at all (see `read_life_cycle`). `assumed` says when the stages begin over the ranges of what is assumed, where
    the study names that.
    """

    preference: str
    alpha: str | None
    band: float
    kind: Reading
    stages: tuple[StageSpan, ...]
    assumed: AssumedLifeCycle | None = None

    @property
    def n_runs(self) -> int:
        """Model runs spent."""
        return 0 if self.assumed is None else self.assumed.n_runs

    @property
    def n_failed(self) -> int:
        """How many of these failed."""
        return 0 if self.assumed is None else self.assumed.n_failed


def _variables(section: LifeCycleSection) -> Mapping[str, str]:
    named = {"preference": section.preference, "alpha": section.alpha}
    return {key: name for key, name in named.items() if name is not None}


def _outcomes(section: LifeCycleSection, spelt: Callable[[str], str], horizon: float) -> tuple[Outcome, ...]:
    """Ask for the years that part the stages, and for the peak; what is not reached counts as the horizon."""
    preference = spelt(section.preference)
    return (
        FirstCrossing(preference, 0.0, never=horizon),
        Peak(preference),
        PeakYear(preference),
        SettlingYear(preference, 0.0, section.band, never=horizon),
    )


def _section(study: Study) -> LifeCycleSection | None:
    found = getattr(study.file, NAME, None)
    assert found is None or isinstance(found, LifeCycleSection)  # the file was held to its schema
    return found


def _when(study: Study, _request: Request) -> str:
    section = _section(study)
    if section is None:
        return f"the study has no section [{NAME}]"
    if section.assumed is not None:
        _require_group(study, section.assumed)
    return ""


def _require_group(study: Study, name: str) -> None:
    """Insist on a group before anything is run.

    Raises
    ------
    StudyError
        When the study names no such group.
    """
    try:
        group_named(study.file, name)
    except ParameterError as fault:
        raise StudyError(f"{NAME}.assumed: {fault}", path=study.path) from None


def _compute(run: Run) -> LifeCycle:
    section, trajectories = _section(run.study), run[SIMULATE]
    assert section is not None  # the step is left out without one
    model = run.study.model.ir
    preference = model[section.preference].name
    path = np.asarray(trajectories.simulated[preference])
    reading = read_life_cycle(trajectories.times, path, band=section.band)
    return LifeCycle(
        preference=preference,
        alpha=None if section.alpha is None else model[section.alpha].name,
        band=section.band,
        kind=reading.kind,
        stages=reading.stages,
        assumed=_assumed(run, section, preference),
    )


def _assumed(run: Run, section: LifeCycleSection, preference: str) -> AssumedLifeCycle | None:
    """Read many runs over the ranges of what is assumed; not where PySD runs the model, which would take minutes."""
    if section.assumed is None or run.study.on_pysd:
        return None
    sampled = run.get(POSTERIOR)
    posterior = None if sampled is None else sampled.posterior
    return over_assumptions(
        run.study,
        Asked(preference, section.band, section.assumed, run[SIMULATE].times),
        run.simulator,
        estimates=run[CALIBRATE].fit.values,
        draws=None if posterior is None else posterior.draws,
        n_runs=N_QUICK if run.request.quick else N_RUNS,
    )


def _document(result: StudyResult) -> dict[str, object]:
    found = result.get(LIFE_CYCLE)
    if found is None:
        return {NAME: None}
    assumed = None if found.assumed is None else _assumed_document(found.assumed)
    return {NAME: {"kind": found.kind, "band": found.band, "stages": found.stages, "assumed": assumed}}


def _assumed_document(found: AssumedLifeCycle) -> dict[str, object]:
    """Give the begins of the stages over what is assumed; null for one that has not begun by the end of the run."""
    return {
        "parameters": found.parameters,
        "posterior": found.drawn,
        "runs": found.n_runs,
        "failed": found.n_failed,
        "kinds": found.kinds,
        "begins": {
            each.stage: {
                **{key: _year(year) for key, year in (("p05", each.low), ("p50", each.median), ("p95", each.high))},
                "share": each.share,
            }
            for each in found.begins
        },
    }


def _year(year: float) -> float | None:
    return year if math.isfinite(year) else None


LIFE_CYCLE = Step(
    NAME,
    LifeCycle,
    _compute,
    needs=(SIMULATE, CALIBRATE),
    uses=(POSTERIOR,),
    when=_when,
    reads=(NAME, "sobol"),
    section=FileSection(NAME, LifeCycleSection, _variables, _outcomes),
    document=_document,
)
