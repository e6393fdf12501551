"""The page over several studies."""

from collections.abc import Sequence
from pathlib import Path

from rcsd.files import write_text_atomic
from rcsd.report.drawing.folder import write_drawings
from rcsd.report.index_front.front import index_front
from rcsd.report.page import Part, render_page
from rcsd.report.parts import pictures, topic_parts
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
    write_drawings(out / "figures", pictures(front, parts))
    quick = [result.info.title for result in results if result.info.quick]
    page = render_page(
        title,
        _subtitle(results),
        front=front,
        parts=parts,
        notice=f"Quick search, a first look and not a result: {places(quick)}." if quick else "",
    )
    index = out / "index.html"
    write_text_atomic(index, page)
    return index


def _title(results: Sequence[StudyResult]) -> str:
    if len(results) == 1:
        return results[0].info.title
    words = spoken().words
    return capital(f"{count(len(results), words.unit, words.units)} side by side")


def _subtitle(results: Sequence[StudyResult]) -> str:
    if len(results) == 1:
        return "The name in the table leads to the report."
    return f"{places([result.info.title for result in results])}. Each name in the table leads to its report."


def index_parts(results: Sequence[StudyResult]) -> list[Part]:
    """Return the questions of the page with their answers, from top to bottom; empty ones are left out."""
    return topic_parts(
        lambda topic: topic.studies(results), lambda topic: "" if topic.answers is None else topic.answers(results)
    )
