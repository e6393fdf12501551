"""The life cycle of a study's city: read off the fitted run, where the study names the preference."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from pydantic import Field

from rcsd.analysis.sensitivity import FirstCrossing, Outcome, Peak, PeakYear, SettlingYear
from rcsd.papers.coevolution.life_cycle import Reading, read_life_cycle
from rcsd.papers.coevolution.stages import StageSpan
from rcsd.study.file.schema import Section
from rcsd.study.file.section import FileSection
from rcsd.study.file.study import Study
from rcsd.study.graph.request import Request
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Step
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


@dataclass(frozen=True, slots=True)
class LifeCycle:
    """The innovation preference of the fitted run and the stages read off it.

    `preference` and `alpha` are the names of model variables whose trajectories the step SIMULATE has found; `band` is
    how close to zero the preference must stay for regeneration to have begun; `kind` says whether the path is a life
    cycle at all (see `read_life_cycle`).
    """

    preference: str
    alpha: str | None
    band: float
    kind: Reading
    stages: tuple[StageSpan, ...]


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
    return "" if _section(study) is not None else f"the study has no section [{NAME}]"


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
    )


def _document(result: StudyResult) -> dict[str, object]:
    found = result.get(LIFE_CYCLE)
    return {NAME: None if found is None else {"kind": found.kind, "band": found.band, "stages": found.stages}}


LIFE_CYCLE = Step(
    NAME,
    LifeCycle,
    _compute,
    needs=(SIMULATE,),
    when=_when,
    reads=(NAME,),
    section=FileSection(NAME, LifeCycleSection, _variables, _outcomes),
    document=_document,
)
