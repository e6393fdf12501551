"""What the assessments say of a city's development, in two lines."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.papers.city.simulated import StructurePart
from rcsd.papers.city.step import story_of
from rcsd.papers.city.story import Story
from rcsd.papers.city.words import difference_words
from rcsd.report.fact import fact
from rcsd.report.question import Question
from rcsd.report.wording import fixed, percent
from rcsd.study.graph.result import StudyResult

DEVELOPMENT = Question("development", "How might it develop?", 55)
"""Asked of a study that is told with assessments."""

_AT = ("assessment", "structure")


def development_answer(result: StudyResult) -> str:
    """Say how the city stood, which structure its province asks for, and what reaching it would cost; empty without."""
    story = story_of(result)
    return "" if story is None else " ".join(_sentences(story))


def _sentences(story: Story) -> Iterator[str]:
    base, part = story.assessments.resilience, story.simulated.structure
    if base is not None and story.simulated.index is not None:
        city = story.assessments.cities[story.study]
        row, place = base.cities.index(city), base.order.index(city) + 1
        index = fact(fixed(float(base.mean_index[row]), 2), "assessment", "resilience", "mean", city)
        yield f"In resilience it stood in place {place} of {len(base.cities)} (index {index})."
    if part is not None:
        yield _asked_for(part)
        yield from _cost(story, part)


def _asked_for(part: StructurePart) -> str:
    """Say what the optimal structure asks for, beside what comes without a lever."""
    target = part.settings.target
    share = fact(percent(100 * target.share, 1), *_AT, "target", "share", times=100)
    alone = fact(percent(100 * target.status_quo, 1), *_AT, "target", "status_quo", times=100)
    if not part.settings.pulled:
        return f"The optimal structure asks for a resource share of {share} in {target.horizon}; it comes by itself."
    how = "levers reach it" if part.settings.reached else "the levers do not reach it"
    return (
        f"The optimal structure asks for a resource share of {share} in {target.horizon}, where the status quo has "
        f"{alone}; {how}."
    )


def _cost(story: Story, part: StructurePart) -> Iterator[str]:
    """Give the difference in output in the last year."""
    output = story.assessments.plans[story.study].output
    each = next((pair for pair in part.pairs if pair.name == output), None)
    if each is None or not part.settings.pulled:
        return
    median, band = difference_words(each, -1)
    at = (*_AT, "outcomes", output, "difference", "median", len(story.simulated.years) - 1)
    marked = fact(median, *at) if each.measure == "percent" else median
    yield (
        f"Output in {story.simulated.years[-1]:.0f} would differ by {marked} ({band}), by assumption: the strength of "
        "every lever is assumed."
    )
