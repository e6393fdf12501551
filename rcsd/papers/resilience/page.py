"""The page of the resilience index."""

from pathlib import Path

from rcsd.files import together, write_text_atomic
from rcsd.papers.resilience.figures import (
    acceptability_figure,
    forecast_figure,
    ranking_figure,
    robustness_figure,
    scores_figure,
    weights_figure,
)
from rcsd.papers.resilience.studies import FOLDER, Outlook, ResilienceResult
from rcsd.papers.resilience.tables import (
    city_table,
    claims_table,
    errors_table,
    index_table,
    indicators_table,
    later_table,
    orders_table,
    printed_tables,
    ranks_table,
    robustness_table,
    scheme_table,
    summary_table,
    system_weights_table,
)
from rcsd.report.drawing.folder import write_drawings
from rcsd.report.page import Section, render_page
from rcsd.report.sections.provenance.tables import hashes_table
from rcsd.report.wording import count, fixed, listing, percent, span

_QUICK = "A quick look: smaller searches, and posteriors approximated near their modes in place of chains."


@together()
def write_resilience_report(result: ResilienceResult, out: Path) -> Path:
    """Write ``<out>/resilience/index.html`` and its figures; nothing is computed from the result.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    folder, base = Path(out) / FOLDER, result.assessment
    sections = _sections(result)
    write_drawings(folder / "figures", [drawing for section in sections for drawing in section.drawings])
    page = render_page(
        base.indicators.title,
        f"{count(len(base.indicators.present), 'indicator')} of {count(len(base.indicators.systems), 'system')} in "
        f"{count(len(base.cities), 'city', 'cities')}, {span(int(base.years[0]), int(base.years[-1]))}.",
        sections,
        notice=_QUICK if result.outlook is not None and result.outlook.approximate else "",
    )
    write_text_atomic(folder / "index.html", page)
    return folder / "index.html"


def summary(result: ResilienceResult) -> tuple[str, ...]:
    """Say what came out, and what it is worth."""
    base = result.assessment
    names = base.indicators.cities
    means = dict(zip(base.cities, base.mean_index, strict=True))
    order = listing([f"{names[city]} ({fixed(means[city], 2)})" for city in base.order])
    same = sum(each.order_kept for each in result.variants)
    weights = base.mean_weights.systems[0, 0]
    systems = sorted(zip(weights, base.indicators.systems, strict=True), key=lambda pair: -pair[0])
    heavy = listing([f"{each.name.lower()} ({percent(100 * weight, 0)})" for weight, each in systems[:3]])
    points = [
        f"From the highest mean index to the lowest: {order}.",
        f"The systems that weigh most are {heavy}; {systems[-1][1].name.lower()} weighs least "
        f"({percent(100 * systems[-1][0], 0)}). A weight says how far apart cities and years lie, not what matters.",
        f"Of {count(len(result.variants), 'other way')} to make the index {same} keep that order.",
    ]
    points += _missing(result)
    if result.outlook is not None:
        points += _ahead(result, result.outlook)
    return tuple(points)


def _missing(result: ResilienceResult) -> list[str]:
    indicators = result.assessment.indicators
    if not indicators.missing:
        return []
    named = listing([f"{each.code} ({each.name.lower()})" for each in indicators.missing])
    return [
        f"{len(indicators.missing)} of {len(indicators.indicators)} indicators cannot be had: {named}; the others of "
        "their system share their weight."
    ]


def _ahead(result: ResilienceResult, ahead: Outlook) -> list[str]:
    """Say what the forecast is worth."""
    names = result.assessment.indicators.cities
    first, last = ahead.summary_years
    medians = listing([f"{names[each.city]} {fixed(each.summary[1, 0], 2)}" for each in ahead.cities])
    points = [f"Forecast for {span(first, last)}, median of the mean index: {medians}."]
    inside = sum(each.covered[0] for each in ahead.cities)
    n = sum(each.covered[1] for each in ahead.cities)
    tested = [each for each in ahead.cities if each.error is not None and each.last_error is not None]
    if tested and ahead.held_out is not None:
        better = sum(each.error[1, 0] < each.last_error[0] for each in tested)  # type: ignore[index]
        points.append(
            f"In the held-out years {span(*ahead.held_out)} the 90 % bands hold {inside} of {n} indices, and the "
            f"forecast errs less than the last value in {better} of {count(len(tested), 'city', 'cities')}."
        )
    modelled = [each.code for each in result.assessment.indicators.present if each.later == "model"]
    points.append(
        f"Only {listing(modelled)} follow a model; the rest of the forecast is what was observed last, so that it says "
        "little of systems without one of these."
    )
    return points


def _sections(result: ResilienceResult) -> list[Section]:
    base = result.assessment
    sections = [
        Section(
            "summary",
            "In short",
            paragraphs=tuple(filter(None, (base.indicators.documentation,))),
            points=summary(result),
        ),
        Section(
            "index",
            "Index and ranking",
            drawings=(ranking_figure(base), scores_figure(base)),
            tables=(city_table(base), index_table(base)),
        ),
        Section(
            "weights",
            "Weights",
            drawings=(weights_figure(base, result.by_city),),
            tables=(system_weights_table(result), claims_table(result), indicators_table(base)),
        ),
        Section(
            "robustness",
            "What the ranking depends on",
            drawings=(robustness_figure(result.variants), acceptability_figure(base, result.acceptability)),
            tables=(robustness_table(base, result.variants),),
        ),
    ]
    if result.outlook is not None:
        sections.append(_forecast(result, result.outlook))
    caption = "What the paper says of the order of the cities, and the means of the observed years"
    printed = Section(
        "claims",
        "What the paper says",
        paragraphs=(
            "The claims are of 2018 to 2023, the numbers beside them of the observed years. Its tables of the forecast "
            "contradict its text, and are shown as they stand.",
        ),
        tables=(orders_table(base, result.order_claims, caption), *printed_tables(result)),
    )
    if any(table.rows for table in printed.tables):
        sections.append(printed)
    hashes = {path.name: digest for path, digest in base.indicators.sha256.items()}
    sections.append(Section("repeat", "To repeat it", tables=(scheme_table(result), hashes_table(hashes))))
    return sections


def _forecast(result: ResilienceResult, ahead: Outlook) -> Section:
    base = result.assessment
    caption = "What the paper says of the order of the cities, and the medians of the same years"
    return Section(
        "forecast",
        "Forecast",
        paragraphs=(
            "Indicators that a city's study forecasts come from draws of its posterior, with the price of coal drawn "
            "from its history; the others are held. Scale and weights stay those of the observed years; indicators "
            + (
                "are kept between 0 and 1."
                if ahead.clipped
                else "that leave the scale are let out of it, so that an index may pass 1."
            ),
        ),
        drawings=(forecast_figure(base, ahead),),
        tables=(
            errors_table(base, ahead),
            summary_table(base, ahead),
            ranks_table(base, ahead),
            later_table(base, ahead),
            orders_table(base, ahead.orders, caption),
        ),
    )
