"""The page over several studies."""

from collections.abc import Sequence
from pathlib import Path

from rcsd.files import write_text_atomic
from rcsd.report.drawing.folder import write_drawings
from rcsd.report.page import render_page
from rcsd.report.section import all_sections
from rcsd.report.spoken import speaking_of
from rcsd.report.wording import count, places
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
        sections = [section for topic in all_sections() for section in topic.studies(results)]
    write_drawings(out / "figures", [drawing for section in sections for drawing in section.drawings])
    titles = [result.info.title for result in results]
    quick = [result.info.title for result in results if result.info.quick]
    page = render_page(
        f"Simulated against actual: {count(len(results), 'study', 'studies')}",
        f"{places(titles)}: calibrated, backtested and set beside benchmark forecasts.",
        sections,
        notice=f"Quick search, a first look and not a result: {places(quick)}." if quick else "",
    )
    index = out / "index.html"
    write_text_atomic(index, page)
    return index
