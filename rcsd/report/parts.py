"""The questions of a page, put together from what there is to show."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rcsd.report.drawing.save import Picture
from rcsd.report.front import Front
from rcsd.report.page import Part, Section
from rcsd.report.question import Question
from rcsd.report.section import ReportSection, all_sections


def part_of(question: Question, answer: str, *sections: Section) -> Part:
    """Return a question with its answer and the sections that have something to show."""
    return Part(question, answer, tuple(each for each in sections if not each.empty))


def topic_parts(
    sections: Callable[[ReportSection], Sequence[Section]], answer: Callable[[ReportSection], str]
) -> list[Part]:
    """Return the questions that the topics of the report answer, from top to bottom; empty ones are left out.

    Parameters
    ----------
    sections, answer
        What a topic has to show, and its answer to its question; empty where it has none.
    """
    topics: dict[Question, list[ReportSection]] = {}
    for topic in all_sections():
        topics.setdefault(topic.question, []).append(topic)
    parts = [
        part_of(
            question,
            " ".join(filter(None, map(answer, topics[question]))),
            *(section for topic in topics[question] for section in sections(topic)),
        )
        for question in sorted(topics, key=lambda each: each.place)
    ]
    return [part for part in parts if part.sections]


def pictures(front: Front, parts: Sequence[Part]) -> list[Picture]:
    """Return all figures of a page, from top to bottom."""
    folded = [drawing for part in parts for section in part.sections for drawing in section.drawings]
    return [*front.drawings, *folded]
