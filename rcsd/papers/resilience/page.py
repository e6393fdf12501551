"""The page of the resilience index."""

from pathlib import Path

from rcsd.files import together, write_text_atomic
from rcsd.papers.resilience import words
from rcsd.papers.resilience.figures import (
    acceptability_figure,
    ranking_figure,
    robustness_figure,
    scores_figure,
    weights_figure,
)
from rcsd.papers.resilience.front import resilience_front
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
from rcsd.report.page import Part, Section, render_page
from rcsd.report.parts import part_of, pictures
from rcsd.report.question import REPEAT, Question
from rcsd.report.sections.provenance.tables import hashes_table
from rcsd.report.wording import count, span

_QUICK = "A quick look: smaller searches, and posteriors approximated near their modes in place of chains."

_ORDER = Question("order", "Which city was the most resilient?", 10)
_WEIGHTS = Question("weights", "What weighs most?", 20)
_DEPENDS = Question("depends", "What does the ranking depend on?", 30)
_AHEAD = Question("ahead", "What comes of it?", 40)
_PAPER = Question("paper", "Does it agree with the paper?", 50)


@together()
def write_resilience_report(result: ResilienceResult, out: Path) -> Path:
    """Write ``<out>/resilience/index.html`` and its figures; nothing is computed from the result.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    folder, base = Path(out) / FOLDER, result.assessment
    front, parts = resilience_front(result), resilience_parts(result)
    write_drawings(folder / "figures", pictures(front, parts))
    page = render_page(
        base.indicators.title,
        f"{count(len(base.indicators.present), 'indicator')} of {count(len(base.indicators.systems), 'system')} in "
        f"{count(len(base.cities), 'city', 'cities')}, {span(int(base.years[0]), int(base.years[-1]))}.",
        front=front,
        parts=parts,
        notice=_QUICK if result.outlook is not None and result.outlook.approximate else "",
    )
    write_text_atomic(folder / "index.html", page)
    return folder / "index.html"


def resilience_parts(result: ResilienceResult) -> list[Part]:
    """Return the questions of the page with their answers; empty ones are left out."""
    hashes = {path.name: digest for path, digest in result.assessment.indicators.sha256.items()}
    parts = [
        _order(result),
        part_of(
            _WEIGHTS,
            words.weights(result),
            Section(
                "systems",
                "Weights",
                drawings=(weights_figure(result.assessment, result.by_city),),
                tables=(system_weights_table(result), indicators_table(result.assessment)),
            ),
        ),
        part_of(
            _DEPENDS,
            words.kept(result),
            Section(
                "robustness",
                "Other ways, other weights",
                drawings=(
                    robustness_figure(result.variants),
                    acceptability_figure(result.assessment, result.acceptability),
                ),
                tables=(robustness_table(result.assessment, result.variants),),
            ),
        ),
        *([_ahead(result, result.outlook)] if result.outlook is not None else []),
        _paper(result),
        part_of(
            REPEAT,
            "Equal files and versions give the same numbers on one machine.",
            Section("repeat", "Settings and inputs", tables=(scheme_table(result), hashes_table(hashes))),
        ),
    ]
    return [part for part in parts if part.sections]


def _order(result: ResilienceResult) -> Part:
    base = result.assessment
    # without a forecast the first screen has the ranking
    ranking = () if result.outlook is None else (ranking_figure(base),)
    return part_of(
        _ORDER,
        words.place_words(result),
        Section(
            "index",
            "Index and ranking",
            tuple(filter(None, (base.indicators.documentation,))),
            drawings=(*ranking, scores_figure(base)),
            tables=(city_table(base), index_table(base)),
        ),
    )


def _ahead(result: ResilienceResult, ahead: Outlook) -> Part:
    base = result.assessment
    return part_of(
        _AHEAD,
        words.held_out(ahead) or words.ahead_of_what(result, ahead),
        Section(
            "forecast",
            "Forecast",
            paragraphs=(
                "Indicators that a city's study forecasts come from draws of its posterior, with the price of coal "
                "drawn from its history; the others are held. Scale and weights stay those of the observed years; "
                "indicators "
                + (
                    "are kept between 0 and 1."
                    if ahead.clipped
                    else "that leave the scale are let out of it, so that an index may pass 1."
                ),
            ),
            tables=(
                errors_table(base, ahead),
                summary_table(base, ahead),
                ranks_table(base, ahead),
                later_table(base, ahead),
            ),
        ),
    )


def _paper(result: ResilienceResult) -> Part:
    base, ahead = result.assessment, result.outlook
    observed = "What the paper says of the order of the cities, and the means of the observed years"
    forecast = "What the paper says of the order of the cities, and the medians of the same years"
    later = () if ahead is None else (orders_table(base, ahead.orders, forecast),)
    return part_of(
        _PAPER,
        words.agreement(result),
        Section(
            "claims",
            "What the paper says",
            paragraphs=(
                "The claims are of 2018 to 2023, the numbers beside them of the observed years. Its tables of the "
                "forecast contradict its text, and are shown as they stand.",
            ),
            tables=(
                claims_table(result),
                orders_table(base, result.order_claims, observed),
                *later,
                *printed_tables(result),
            ),
        ),
    )
