"""The page of a panel: the same model in many cities."""

from pathlib import Path

from rcsd.files import together, write_text_atomic
from rcsd.report.drawing.folder import write_drawings
from rcsd.report.page import Part, Section, render_page
from rcsd.report.parts import part_of, pictures
from rcsd.report.question import FORECAST, REPEAT, Question
from rcsd.report.sections.panel import words
from rcsd.report.sections.panel.errors import class_figure, skill_figure
from rcsd.report.sections.panel.front import panel_front
from rcsd.report.sections.panel.map import map_figure
from rcsd.report.sections.panel.origins import (
    headline_section,
    intervals_section,
    scores_section,
    structures_section,
    worth_section,
    worth_words,
)
from rcsd.report.sections.panel.parameters import class_parameters_figure
from rcsd.report.sections.panel.tables import (
    cities_table,
    class_table,
    differences_table,
    failures_table,
    population_table,
    shrinkage_table,
)
from rcsd.report.sections.provenance.tables import hashes_table, versions_table
from rcsd.report.wording import count, span
from rcsd.study.panel.result import PanelResult
from rcsd.study.panel.runner import FOLDER
from rcsd.study.panel.scoring.result import OriginsResult

_WORTH = Question("worth", "What is each part of the model worth?", 22)
_BANDS = Question("bands", "Are its bands right?", 24)
_STRUCTURES = Question("unknown", "What do no data determine?", 26)
_CLASSES = Question("classes", "Do the classes of cities differ?", 28)


@together()
def write_panel_report(result: PanelResult, out: Path) -> Path:
    """Write ``<out>/panel/index.html`` and its figures; nothing is computed from the result.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    folder = Path(out) / FOLDER
    front, parts = panel_front(result), panel_parts(result)
    write_drawings(folder / "figures", pictures(front, parts))
    page = render_page(
        f"{result.info.title}: one model, {count(len(result.stated.cities), 'city', 'cities')}",
        _lead(result),
        front=front,
        parts=parts,
    )
    write_text_atomic(folder / "index.html", page)
    return folder / "index.html"


def _lead(result: PanelResult) -> str:
    """Say under the title what was done."""
    origins, info = result.origins, result.info
    if origins is None:
        return f"Fitted to {span(*info.fit_window)} by one rule for all, {span(*info.holdout)} held out."
    years = origins.plan.origins
    return (
        f"Fitted by one rule for all after each of {count(len(years), 'year')} from {years[0]} to {years[-1]}, to "
        f"nothing later, and forecast up to {count(origins.plan.horizon, 'year')} ahead."
    )


def panel_parts(result: PanelResult) -> list[Part]:
    """Return the questions of the page with their answers; empty ones are left out."""
    origins = result.origins
    several = [] if origins is None else _of_origins(result, origins)
    info = result.info
    parts = [
        _forecast(result),
        *several,
        part_of(
            _CLASSES,
            " ".join(filter(None, (words.classes(result), words.shrinkage(result, info.headline)))),
            Section(
                "parameters",
                "Parameters by class",
                drawings=(class_parameters_figure(result),),
                tables=(differences_table(result),),
            ),
            _shrinkage(result),
        ),
        part_of(
            REPEAT,
            f"Series: {info.table}; bounds, priors and rules: {info.study_file}; seed {info.seed} and the city's name. "
            "Equal inputs and versions give the same numbers on one machine.",
            Section("repeat", "Versions and inputs", tables=(versions_table(info.versions), hashes_table(info.hashes))),
        ),
    ]
    return [part for part in parts if part.sections]


def _of_origins(result: PanelResult, origins: OriginsResult) -> list[Part]:
    ablations = result.ablations
    worth = [] if ablations is None else [
        part_of(_WORTH, worth_words(ablations, origins), worth_section(ablations, origins))
    ]  # fmt: skip
    return [
        *worth,
        part_of(_BANDS, words.bands(origins), intervals_section(origins)),
        part_of(_STRUCTURES, words.structures(origins), structures_section(origins)),
    ]


def _forecast(result: PanelResult) -> Part:
    """Put forecasts from many origins first, then those of one, by class and by city."""
    info, run, first = result.info, result.stated, result.info.headline
    origins = result.origins
    several = [] if origins is None else [headline_section(origins), scores_section(origins)]
    known = [score for score in run.scores if (score.series, score.drivers) == (first, run.drivers)]
    medians = {each.kind: each.median for each in run.classes if (each.series, each.drivers) == (first, run.drivers)}
    variable = info.series[first]
    # of a single origin the first screen has the strips and the ratios
    figures = () if origins is None else (class_figure(known, medians, variable), skill_figure(known, variable))
    runs = {"stated": run} if result.shrunk is None else {"stated": run, "shrunk": result.shrunk}
    return part_of(
        FORECAST,
        words.knowledge(result, first) if origins is None else words.one_origin(result, first),
        *several,
        Section(
            "errors",
            f"From one origin, {info.fit_window[1]}, by class",
            paragraphs=tuple(filter(None, (info.documentation,))),
            drawings=(map_figure(known, variable), *figures),
            tables=tuple(class_table(run, series, info.series[series]) for series in words.scored_series(result)),
        ),
        Section("cities", "Every city", tables=(cities_table(run, first, variable), failures_table(runs))),
    )


def _shrinkage(result: PanelResult) -> Section:
    return Section(
        "shrinkage",
        "Shrinkage towards what the cities share",
        paragraphs=(
            "Centre and spread of every parameter across cities are estimated from the fits to the fit window "
            "(empirical Bayes) and take the place of the stated priors in a second fit of every city. The centre "
            "has the stated prior itself, the spread stays between a tenth of the stated one and all of it, and a "
            "city counts where its data hold more than its prior.",
        ),
        tables=(shrinkage_table(result), population_table(result)),
    )
