"""The files of a sensitivity analysis for people: figures and a text."""

from pathlib import Path

from rcsd.files import together, write_text_atomic
from rcsd.report.chart import Chart
from rcsd.report.drawing.folder import write_drawings
from rcsd.report.sections.sobol.areas import areas_figure
from rcsd.report.sections.sobol.convergence import convergence_figure
from rcsd.report.sections.sobol.heat import heat_figure
from rcsd.report.sections.sobol.pairs import pairs_figure
from rcsd.report.sections.sobol.words import reading
from rcsd.report.spoken import dated_by
from rcsd.study.sobol.result import SobolStudy
from rcsd.study.sobol.runner import FOLDER


@together()
def write_sobol(study: SobolStudy, out: Path) -> Path:
    """Write the figures, as SVG and PNG, and ``reading.txt`` beside the tables of an analysis.

    Returns
    -------
    pathlib.Path
        The folder, ``out/<study>/sobol/<group>``.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    folder = Path(out) / study.name / FOLDER / study.group
    drawings = sobol_drawings(study)
    write_drawings(folder, drawings)
    captions = [f"{drawing.name}: {drawing.caption}" for drawing in drawings]
    write_text_atomic(folder / "reading.txt", "\n".join([*reading(study), "", "Figures", *captions]) + "\n")
    return folder


def sobol_drawings(study: SobolStudy) -> tuple[Chart, ...]:
    """Draw all figures; the matrix of pairs is left out where there are none."""
    with dated_by(study.result.clock):
        drawn = [areas_figure(study), heat_figure(study), convergence_figure(study)]
        if study.result.indices.second is not None and len(study.result.parameters) > 1:
            drawn.insert(2, pairs_figure(study))
    return tuple(drawn)
