"""The life cycle of a city in its report, and those of several cities together."""

from collections.abc import Sequence

from rcsd.papers.coevolution.figures.life_cycle import life_cycle_figure, life_cycles_figure
from rcsd.papers.coevolution.step import LIFE_CYCLE
from rcsd.papers.coevolution.tables import stages_table
from rcsd.papers.coevolution.words import assumed_words, reading_words
from rcsd.report.page import Section
from rcsd.report.question import WHATIF
from rcsd.report.section import ReportSection
from rcsd.report.wording import shown_title, span
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.simulate import SIMULATE


def _study(result: StudyResult) -> list[Section]:
    cycle = result.get(LIFE_CYCLE)
    if cycle is None:
        return []
    times = result[SIMULATE].times
    return [
        Section(
            "life-cycle",
            "Life cycle",
            paragraphs=(
                f"The path comes out of the model's equations, simulated over {span(times[0], times[-1])}; no time "
                "series draws it. What the study does not estimate of the co-evolution equations is assumed.",
                f"{reading_words(cycle)} {assumed_words(cycle)}",
            ),
            drawings=(life_cycle_figure(result, cycle),),
            tables=() if cycle.assumed is None else (stages_table(cycle, cycle.assumed, float(times[-1])),),
        )
    ]


def _studies(results: Sequence[StudyResult]) -> list[Section]:
    cycles = [(result, cycle) for result in results if (cycle := result.get(LIFE_CYCLE)) is not None]
    if not cycles:
        return []
    return [
        Section(
            "life-cycle",
            "Life cycles",
            paragraphs=("The stages of each city stand in its own report.",),
            points=tuple(f"{shown_title(result.info)}. {reading_words(cycle)}" for result, cycle in cycles),
            drawings=(life_cycles_figure(results),),
        )
    ]


LIFE_CYCLE_SECTION = ReportSection("life-cycle", 80, WHATIF, study=_study, studies=_studies)
