"""The page over several studies."""

from collections.abc import Sequence
from pathlib import Path

from rcsd.files import write_text_atomic
from rcsd.report.drawing.folder import write_drawings
from rcsd.report.drawing.save import Drawing
from rcsd.report.page import Section, render_page
from rcsd.report.sections.cities.figures import life_cycles_figure, series_figure
from rcsd.report.sections.cities.tables import overview_table, search_table
from rcsd.report.sections.forecast.tables import cities_table
from rcsd.report.sections.rolling.section import cities_rolling_sections
from rcsd.report.sections.summary.words import known_from_outside
from rcsd.report.wording import count, frozen_label, places, reading_words, shown_title
from rcsd.study.graph.result import StudyResult
from rcsd.study.written.standing import Standing, standings


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
    series = standings(results)
    drawings = [series_figure(standing.targets) for standing in series]
    cycles = [life_cycles_figure(results)] if any(result.life_cycle is not None for result in results) else []
    rolling = cities_rolling_sections(results)
    write_drawings(out / "figures", [*drawings, *cycles, *(each for part in rolling for each in part.drawings)])
    titles = [result.info.title for result in results]
    quick = [result.info.title for result in results if result.info.quick]
    page = render_page(
        f"Simulated against actual: {count(len(results), 'study', 'studies')}",
        f"{places(titles)}: calibrated, backtested and set beside trivial forecasts.",
        _sections(results, series, drawings, rolling, cycles),
        notice=f"Quick search, a first look and not a result: {places(quick)}." if quick else "",
    )
    index = out / "index.html"
    write_text_atomic(index, page)
    return index


def _sections(
    results: Sequence[StudyResult],
    series: Sequence[Standing],
    drawings: list[Drawing],
    rolling: list[Section],
    cycles: list[Drawing],
) -> list[Section]:
    known = {sentence for result in results if (sentence := known_from_outside(result))}
    sections = [
        Section(
            "errors",
            "Errors in the fit window and in the hold-out",
            points=tuple(_won(standing) for standing in series if standing.known.n),
            paragraphs=tuple(sorted(known)),
            tables=(overview_table(results),),
        ),
        Section("series", "The series", drawings=tuple(drawings)),
        *rolling,
    ]
    if cycles:
        sections.append(
            Section(
                "life-cycle",
                "Life cycles",
                paragraphs=("The stages of each city stand in its own report.",),
                points=tuple(
                    f"{shown_title(result.info)}. {reading_words(result.life_cycle)}"
                    for result in results
                    if result.life_cycle is not None
                ),
                drawings=tuple(cycles),
            )
        )
    if (scenarios := cities_table(results)) is not None:
        sections.append(Section("scenarios", "Scenarios", tables=(scenarios,)))
    sections.append(Section("search", "How the searches went", tables=(search_table(results),)))
    return sections


def _won(standing: Standing) -> str:
    """Say for one series in how many studies the model beats the trivial forecasts."""
    known, frozen = standing.known, standing.frozen
    text = (
        f"{standing.variable}: the model beats the last value in {known.over_last} and the best of the four trivial "
        f"forecasts in {known.over_best} of {known.n}"
    )
    if frozen.n:
        held = frozen_label(*(result.frozen_drivers for result, _ in standing.targets))
        text += f"; with {held} in {frozen.over_last} and {frozen.over_best} of {frozen.n}"
    return f"{text}."
