"""The report of one study."""

from pathlib import Path

from rcsd.files import together, write_text_atomic
from rcsd.report.drawing.folder import write_drawings
from rcsd.report.page import Section, render_page
from rcsd.report.section import all_sections
from rcsd.report.spoken import speaking_of
from rcsd.study.graph.result import StudyResult


@together()
def write_report(result: StudyResult, out: Path) -> Path:
    """Write the report of `result` and its figures below `out`.

    Parameters
    ----------
    result : StudyResult
        What to show; nothing is computed from it.
    out : pathlib.Path
        Folder of all studies; the report goes to ``out/<study>/index.html``, the figures to ``out/<study>/figures``.

    Returns
    -------
    pathlib.Path
        The report.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    folder = out / result.info.name
    with speaking_of([result]):
        sections = study_sections(result)
    write_drawings(folder / "figures", [drawing for section in sections for drawing in section.drawings])
    report = folder / "index.html"
    lead = result.info.documentation or f"Calibration and backtest of “{result.model.name}”."
    notice = "Quick search: fewer starts and evaluations than the study asks for. A first look, not a result."
    page = render_page(
        result.info.title, lead, sections, up="../index.html", notice=notice if result.info.quick else ""
    )
    write_text_atomic(report, page)
    return report


def study_sections(result: StudyResult) -> list[Section]:
    """Return the parts of a study's page, from top to bottom; those that would be empty are left out."""
    sections = [section for topic in all_sections() for section in topic.study(result)]
    return [
        section for section in sections if section.drawings or section.points or any(t.rows for t in section.tables)
    ]
