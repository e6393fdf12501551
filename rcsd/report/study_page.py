"""The report of one study."""

from pathlib import Path

from rcsd.files import write_text_atomic
from rcsd.papers.city import Story
from rcsd.papers.city.section import story_sections
from rcsd.papers.coevolution.figures.life_cycle import life_cycle_figure
from rcsd.report.drawing.folder import write_drawings
from rcsd.report.page import Section, render_page
from rcsd.report.sections.data.drivers import driver_figure
from rcsd.report.sections.data.tables import drivers_table, flags_table, stages_table
from rcsd.report.sections.fit.figures import fit_figure
from rcsd.report.sections.fit.residuals import residual_figure
from rcsd.report.sections.fit.tables import fit_table, holdout_statistics_table
from rcsd.report.sections.forecast.section import ahead_sections
from rcsd.report.sections.holdout.tables import holdout_table, yearly_table
from rcsd.report.sections.parameters.figures import parameter_figure
from rcsd.report.sections.parameters.tables import constant_table, parameter_table
from rcsd.report.sections.provenance.tables import hashes_table, settings_table, steps_table, versions_table
from rcsd.report.sections.rolling.section import rolling_sections
from rcsd.report.sections.sobol.section import sensitivity_sections
from rcsd.report.sections.summary.words import known_from_outside, summary
from rcsd.report.sections.uncertainty.section import uncertainty_sections
from rcsd.report.wording import listing, reading_words, span
from rcsd.study.graph.result import StudyResult


def write_report(result: StudyResult, out: Path, story: Story | None = None) -> Path:
    """Write the report of `result` and its figures below `out`.

    Parameters
    ----------
    result : StudyResult
        What to show; nothing is computed from it.
    out : pathlib.Path
        Folder of all studies; the report goes to ``out/<study>/index.html``, the figures to ``out/<study>/figures``.
    story : Story, optional
        What assessments add to it.

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
    sections = _sections(result, story)
    write_drawings(folder / "figures", [drawing for section in sections for drawing in section.drawings])
    report = folder / "index.html"
    lead = result.info.documentation or f"Calibration and backtest of “{result.model.name}”."
    notice = "Quick search: fewer starts and evaluations than the study asks for. A first look, not a result."
    page = render_page(
        result.info.title, lead, sections, up="../index.html", notice=notice if result.info.quick else ""
    )
    write_text_atomic(report, page)
    return report


def _sections(result: StudyResult, story: Story | None) -> list[Section]:
    sections = [
        Section("summary", "In short", points=summary(result)),
        _simulated_against_actual(result),
        Section("fit", "Errors in the fit window", tables=(fit_table(result.info, result.targets),)),
        _holdout(result),
        *rolling_sections(result),
        Section(
            "parameters",
            "Parameters",
            drawings=(parameter_figure(result),),
            tables=(parameter_table(result), constant_table(result)),
        ),
        *uncertainty_sections(result),
        _drivers(result),
        _life_cycle(result),
        *ahead_sections(result),
        *story_sections(result, story),
        *sensitivity_sections(result.sensitivity),
        Section("data", "Data flags", tables=(flags_table(result.targets),)),
        _provenance(result),
    ]
    return [
        section for section in sections if section.drawings or section.points or any(t.rows for t in section.tables)
    ]


def _simulated_against_actual(result: StudyResult) -> Section:
    pairs = [(fit_figure(result, target), residual_figure(result.info, target)) for target in result.targets]
    return Section(
        "series",
        "Simulated against actual",
        paragraphs=(
            "Left, the series; right, what the model leaves unexplained. Blue years were fitted, yellow years held "
            "out.",
        ),
        drawings=tuple(drawing for pair in pairs for drawing in pair),
    )


def _holdout(result: StudyResult) -> Section:
    return Section(
        "holdout",
        "Hold-out against trivial forecasts",
        paragraphs=tuple(filter(None, (known_from_outside(result),))),
        tables=(
            holdout_table(result),
            yearly_table(result),
            holdout_statistics_table(result),
        ),
    )


def _drivers(result: StudyResult) -> Section:
    return Section(
        "drivers",
        "Drivers from outside",
        paragraphs=tuple(filter(None, (known_from_outside(result),))),
        drawings=tuple(driver_figure(result.info, driver) for driver in result.drivers),
        tables=(drivers_table(result.drivers),),
    )


def _life_cycle(result: StudyResult) -> Section:
    cycle = result.life_cycle
    if cycle is None:
        return Section("life-cycle", "Life cycle")
    return Section(
        "life-cycle",
        "Life cycle",
        paragraphs=(
            f"The path comes out of the model's equations, simulated over {span(result.times[0], result.times[-1])}; "
            f"no time series draws it. Fitted were only {listing([each.name for each in result.parameters])}: a "
            "parameter of the co-evolution equations that is not among these is assumed, and the years of the stages "
            "rest on it.",
            reading_words(cycle),
        ),
        drawings=(life_cycle_figure(result, cycle),),
        tables=(stages_table(cycle),),
    )


def _provenance(result: StudyResult) -> Section:
    return Section(
        "repeat",
        "To repeat it",
        paragraphs=("Equal inputs, seeds and versions give the same numbers bit for bit on one machine.",),
        tables=(
            settings_table(result),
            steps_table(result),
            versions_table(result.versions),
            hashes_table(result.hashes),
        ),
    )
