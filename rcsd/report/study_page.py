"""The report of one study."""

from pathlib import Path

from rcsd.files import together, write_text_atomic
from rcsd.report.drawing.folder import write_drawings
from rcsd.report.page import Part, Section, render_page
from rcsd.report.parts import pictures, topic_parts
from rcsd.report.section import all_sections
from rcsd.report.spoken import speaking_of
from rcsd.report.study_front.front import study_front
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
        front, parts = study_front(result), study_parts(result)
    write_drawings(folder / "figures", pictures(front, parts), alone=True)
    report = folder / "index.html"
    lead = result.info.documentation or f"Calibration and backtest of “{result.model.name}”."
    notice = "Quick search: fewer starts and evaluations than the study asks for. A first look, not a result."
    page = render_page(
        result.info.title,
        lead,
        front=front,
        parts=parts,
        up="../index.html",
        notice=notice if result.info.quick else "",
    )
    write_text_atomic(report, page)
    for topic in all_sections():
        for name, beside in topic.pages(result).items():
            write_text_atomic(folder / name, beside)
    return report


def study_parts(result: StudyResult) -> list[Part]:
    """Return the questions of a study's page with their answers, from top to bottom; empty ones are left out."""
    return topic_parts(
        lambda topic: topic.study(result), lambda topic: "" if topic.answer is None else topic.answer(result)
    )


def study_sections(result: StudyResult) -> list[Section]:
    """Return all that is folded on a study's page, from top to bottom."""
    return [section for part in study_parts(result) for section in part.sections]
