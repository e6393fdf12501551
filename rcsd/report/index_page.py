"""The page over several studies."""

from collections.abc import Sequence
from pathlib import Path

from rcsd.files import write_text_atomic
from rcsd.report.drawing.folder import write_drawings
from rcsd.report.index_front.front import index_front
from rcsd.report.page import Part, Section, render_page
from rcsd.report.question import Question
from rcsd.report.section import ReportSection, all_sections
from rcsd.report.spoken import speaking_of, spoken
from rcsd.report.wording import capital, count, places
from rcsd.study.graph.result import StudyResult


def write_index(results: Sequence[StudyResult], out: Path) -> Path:
    """Write the page that sets several studies side by side.

    Parameters
    ----------
    results : sequence of StudyResult
        At least one, in the order in which they are to be shown.
    out : pathlib.Path
        Folder of all studies; the page goes to ``out/index.html``, its figures to ``out/figures``.

    Returns
    -------
    pathlib.Path
        The page.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    with speaking_of(results):
        front, parts = index_front(results), index_parts(results)
        title = _title(results)
    folded = (drawing for part in parts for section in part.sections for drawing in section.drawings)
    write_drawings(out / "figures", [*front.drawings, *folded])
    quick = [result.info.title for result in results if result.info.quick]
    page = render_page(
        title,
        f"{places([result.info.title for result in results])}: each fitted, tested and set beside simple methods. Their "
        "names in the table lead to their reports.",
        front=front,
        parts=parts,
        notice=f"Quick search, a first look and not a result: {places(quick)}." if quick else "",
    )
    index = out / "index.html"
    write_text_atomic(index, page)
    return index


def _title(results: Sequence[StudyResult]) -> str:
    words = spoken().words
    return capital(f"{count(len(results), words.unit, words.units)} side by side")


def index_parts(results: Sequence[StudyResult]) -> list[Part]:
    """Return the questions of the page with their answers, from top to bottom; empty ones are left out."""
    topics: dict[Question, list[ReportSection]] = {}
    for topic in all_sections():
        topics.setdefault(topic.question, []).append(topic)
    parts = [_part(question, topics[question], results) for question in sorted(topics, key=lambda each: each.place)]
    return [part for part in parts if part.sections]


def _part(question: Question, topics: Sequence[ReportSection], results: Sequence[StudyResult]) -> Part:
    sections: list[Section] = [section for topic in topics for section in topic.studies(results)]
    shown = [each for each in sections if each.drawings or each.points or any(table.rows for table in each.tables)]
    answers = [topic.answers(results) for topic in topics if topic.answers is not None]
    return Part(question, " ".join(answers), tuple(shown))
