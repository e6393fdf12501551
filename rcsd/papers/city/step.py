"""The story of a city: what its model makes of an optimal structure, and of the resilience index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rcsd.papers.city.simulated import Simulated, simulate
from rcsd.papers.city.story import RESILIENCE, STRUCTURE, Assessments, Story, load_assessments
from rcsd.papers.city.story_writer import STORY_FILES, story_document
from rcsd.study.file.study import Study
from rcsd.study.findings.drawing import RefittedStudy
from rcsd.study.graph.request import Asked, FileOption, Request
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Content, Step
from rcsd.study.steps.draws import DRAWS
from rcsd.study.steps.draws_fit import DRAWS_FIT

NAME = "assessment"
"""Of the step, of its entry in result.json and of its folder."""


def story_of(result: StudyResult) -> Story | None:
    """Return the story of a study that was run with assessments; None for any other."""
    simulated, assessments = result.get(STORY), result.given.get(NAME)
    if simulated is None or not isinstance(assessments, Assessments):
        return None
    return Story(result.info.name, assessments, simulated)


def _when(_study: Study, request: Request) -> str:
    return "" if NAME in request.given else "no assessment was asked for"


def _inputs(study: Study, request: Request) -> object:
    return request.given[NAME].decides(study.name)


def _compute(run: Run) -> Simulated:
    assessments, study = run.given, run.study
    later, fitted = run[DRAWS], run[DRAWS_FIT]
    refitted = RefittedStudy(
        study=study,
        estimate=later.estimate,
        draws=later.draws,
        fitted=fitted.draws,
        approximate=run.request.quick,
        simulator=lambda: run.driven,
    )
    return simulate(
        refitted,
        structure=assessments.plan(study.name),
        index=assessments.index(study.name),
        progress=run.progress,
    )


def _document(result: StudyResult) -> Mapping[str, object]:
    story = story_of(result)
    return {} if story is None else {NAME: story_document(story)}


def _file(make: Callable[[Story], str | None]) -> Callable[[StudyResult], Content]:
    def content(result: StudyResult) -> Content:
        story = story_of(result)
        return None if story is None else make(story)

    return content


def _load(words: Sequence[str], studies: Sequence[Study], files: Mapping[str, Path | None]) -> Mapping[str, object]:
    assessments = load_assessments(words, studies, **files)
    return {study.name: assessments for study in studies}


STORY = Step(
    NAME,
    Simulated,
    _compute,
    needs=(DRAWS, DRAWS_FIT),
    when=_when,
    on_demand=True,
    reads=("forecast",),
    inputs=_inputs,
    asked=Asked(
        words={
            STRUCTURE: "the optimal structure of the province as a scenario of the city's model",
            RESILIENCE: "the resilience index of the city, and its projection",
        },
        files={
            "programme": FileOption(STRUCTURE, "Structure programme for --with structure, in place of rcsd's own."),
            "levers": FileOption(STRUCTURE, "File of levers for --with structure, likewise."),
            "indicators": FileOption(RESILIENCE, "Indicator file for --with resilience, likewise."),
        },
        load=_load,
        told=lambda given: given.words,
    ),
    document=_document,
    files={name: _file(make) for name, make in STORY_FILES.items()},
)
