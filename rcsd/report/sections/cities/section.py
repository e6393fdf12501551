"""Several studies side by side: errors first, then every series."""

from collections.abc import Sequence

from rcsd.report.page import Section
from rcsd.report.section import ReportSection
from rcsd.report.sections.cities.figures import series_figure
from rcsd.report.sections.cities.tables import overview_table
from rcsd.report.sections.summary.words import known_from_outside
from rcsd.report.wording import frozen_label
from rcsd.study.graph.result import StudyResult
from rcsd.study.written.standing import Standing, standings


def _studies(results: Sequence[StudyResult]) -> list[Section]:
    series = standings(results)
    known = {sentence for result in results if (sentence := known_from_outside(result))}
    return [
        Section(
            "errors",
            "Errors in the fit window and in the hold-out",
            points=tuple(_won(standing) for standing in series if standing.known.n),
            paragraphs=tuple(sorted(known)),
            tables=(overview_table(results),),
        ),
        Section("series", "The series", drawings=tuple(series_figure(standing.targets) for standing in series)),
    ]


def _won(standing: Standing) -> str:
    """Say for one series in how many studies the model beats the benchmark forecasts."""
    known, frozen = standing.known, standing.frozen
    text = (
        f"{standing.variable}: the model beats the last value in {known.over_last} and the best of the four benchmark "
        f"forecasts in {known.over_best} of {known.n}"
    )
    if frozen.n:
        held = frozen_label(*(result.frozen_drivers for result, _ in standing.targets))
        text += f"; with {held} in {frozen.over_last} and {frozen.over_best} of {frozen.n}"
    return f"{text}."


SECTION = ReportSection("cities", 0, studies=_studies)
