"""The page of a panel: the same model in many cities."""

from pathlib import Path

from rcsd.files import together, write_text_atomic
from rcsd.report.drawing.folder import write_drawings
from rcsd.report.page import Section, render_page
from rcsd.report.sections.panel.errors import class_figure, skill_figure
from rcsd.report.sections.panel.map import map_figure
from rcsd.report.sections.panel.origins import detail_sections, headline_section, worth_section
from rcsd.report.sections.panel.origins_tables import share
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
from rcsd.report.wording import BASELINE_LABELS, TABLE_RULES, count, listing, percent, plain, span
from rcsd.study.panel.result import PanelResult, PanelRun
from rcsd.study.panel.runner import FOLDER
from rcsd.study.panel.scores import ALL, ClassScore


@together()
def write_panel_report(result: PanelResult, out: Path) -> Path:
    """Write ``<out>/panel/index.html`` and its figures; nothing is computed from the result.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    folder = Path(out) / FOLDER
    sections = _sections(result)
    write_drawings(folder / "figures", [drawing for section in sections for drawing in section.drawings])
    page = render_page(
        f"{result.info.title}: one model, {count(len(result.stated.cities), 'city', 'cities')}", _lead(result), sections
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


def whole(run: PanelRun, series: str) -> ClassScore:
    """Score of a series over all cities, with what a forecaster knows of the drivers."""
    return next(c for c in run.classes if (c.kind, c.series, c.drivers) == (ALL, series, run.drivers))


def summary(result: PanelResult) -> tuple[str, ...]:
    """Say what was done, what came out, and what it is worth."""
    info, run = result.info, result.stated
    first = info.headline
    others = [series for series in info.series if series != first and any(c.series == series for c in run.classes)]
    return tuple(
        filter(
            None,
            (
                f"{count(len(info.parameters), 'parameter')} of the model “{info.model}” "
                f"{'was' if len(info.parameters) == 1 else 'were'} fitted in each of "
                f"{count(len(run.cities), 'city', 'cities')} to {listing(list(info.series.values()))} in "
                f"{span(*info.fit_window)}, with the same bounds, priors and rules; nothing was set for one city, and "
                f"nothing of {span(*info.holdout)} reached a fit, a prior or a constant.",
                *(_beaten(result, series) for series in (first, *others)),
                _assumed(result),
                _knowledge(result, first),
                _shrinkage(result, first),
                _failed(run),
            ),
        )
    )


def _beaten(result: PanelResult, series: str) -> str:
    """Say in how many cities a series is forecast better than by each rule."""
    score = whole(result.stated, series)
    rules = listing([f"{BASELINE_LABELS[name]} in {share(score.beaten[name])}" for name in TABLE_RULES])
    return (
        f"{result.info.series[series]}: the median error is {percent(score.median, 1)}; the model beats the {rules} of "
        f"{count(score.n, 'city', 'cities')}, and the best of all rules, known only afterwards, in "
        f"{share(score.beaten_best)}. Its 90 % interval holds {share(score.coverage)} of the held-out cells."
    )


def _assumed(result: PanelResult) -> str:
    """Name what rests on no city's own data."""
    names = result.info.assumed
    return f"Assumed by a rule, not taken from the cities' own statistics: {listing(names)}." if names else ""


def _knowledge(result: PanelResult, series: str) -> str:
    """Say what other knowledge of the drivers would change."""
    run = result.stated
    found = {c.drivers: c.median for c in run.classes if (c.kind, c.series) == (ALL, series)}
    others = [state for state in ("known", "frozen") if state in found and state != run.drivers]
    if not others:
        return ""
    words = {"known": "known as they were", "frozen": f"at their values of {result.info.fit_window[1]}"}
    medians = listing([f"{percent(found[state], 1)} with them {words[state]}" for state in others])
    drivers = listing([plain(name) for name in result.info.drivers])
    how = "forecast from what was known" if run.drivers == "forecast" else "known as they were"
    return f"Drivers ({drivers}) are {how}. The median error of {result.info.series[series]} is {medians}."


def _shrinkage(result: PanelResult, series: str) -> str:
    """Say what shrinkage does."""
    found = [each for each in result.comparison if (each.series, each.drivers) == (series, result.stated.drivers)]
    if not found:
        return ""
    each = found[0]
    return (
        f"With priors that the cities themselves suggest (shrinkage) the median error of "
        f"{result.info.series[series]} goes from {percent(each.median[0], 1)} to {percent(each.median[1], 1)}, the "
        f"mean from {percent(each.mean[0], 1)} to {percent(each.mean[1], 1)}; {share(each.better)} of the cities are "
        "forecast better."
    )


def _failed(run: PanelRun) -> str:
    if not run.failures:
        return ""
    return f"{count(len(run.failures), 'city', 'cities')} could not be fitted; the reasons are listed below."


def _sections(result: PanelResult) -> list[Section]:
    run, info = result.stated, result.info
    first = info.headline
    known = [score for score in run.scores if (score.series, score.drivers) == (first, run.drivers)]
    medians = {each.kind: each.median for each in run.classes if (each.series, each.drivers) == (first, run.drivers)}
    variable = info.series[first]
    scored = [first, *(s for s in info.series if s != first and any(c.series == s for c in run.classes))]
    runs = {"stated": run} if result.shrunk is None else {"stated": run, "shrunk": result.shrunk}
    several = [] if result.origins is None else [headline_section(result.origins)]
    if result.origins is not None and result.ablations is not None:
        several.append(worth_section(result.ablations, result.origins))
    if result.origins is not None:
        several += detail_sections(result.origins)
    sections = [
        *several,
        Section(
            "summary",
            f"One origin, {info.fit_window[1]}" if several else "In short",
            paragraphs=tuple(filter(None, (info.documentation,))),
            points=summary(result),
        ),
        Section(
            "errors",
            "Errors by class",
            drawings=(
                map_figure(known, variable),
                class_figure(known, medians, variable),
                skill_figure(known, variable),
            ),
            tables=tuple(class_table(run, series, info.series[series]) for series in scored),
        ),
        Section(
            "parameters",
            "Parameters by class",
            drawings=(class_parameters_figure(result),),
            tables=(differences_table(result),),
        ),
        Section(
            "shrinkage",
            "Shrinkage towards what the cities share",
            paragraphs=(
                "Centre and spread of every parameter across cities are estimated from the fits to the fit window "
                "(empirical Bayes) and take the place of the stated priors in a second fit of every city. The centre "
                "has the stated prior itself, the spread stays between a tenth of the stated one and all of it, and a "
                "city counts where its data hold more than its prior.",
            ),
            tables=(shrinkage_table(result), population_table(result)),
        ),
        Section("cities", "Every city", tables=(cities_table(run, first, variable), failures_table(runs))),
        Section(
            "repeat",
            "To repeat it",
            paragraphs=(
                f"Series: {info.table}; bounds, priors and rules: {info.study_file}; seed {info.seed} and the city's "
                "name. Equal inputs and versions give the same numbers on one machine.",
            ),
            tables=(versions_table(info.versions), hashes_table(info.hashes)),
        ),
    ]
    return [
        section for section in sections if section.drawings or section.points or any(t.rows for t in section.tables)
    ]
