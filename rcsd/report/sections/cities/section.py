"""Several studies side by side: errors first, then every series."""

from collections.abc import Sequence

from rcsd.report.page import Section
from rcsd.report.question import FIT
from rcsd.report.section import ReportSection
from rcsd.report.sections.cities.figures import series_figure
from rcsd.report.sections.cities.tables import overview_table
from rcsd.report.sections.holdout.words import known_from_outside
from rcsd.report.spoken import spoken
from rcsd.study.graph.result import StudyResult
from rcsd.study.written.standing import Standing, Wins, standings


def _studies(results: Sequence[StudyResult]) -> list[Section]:
    series = standings(results)
    known = {sentence for result in results if (sentence := known_from_outside(result))}
    return [
        Section(
            "errors",
            "Errors in the fit window and in the hold-out",
            points=tuple(_won(standing) for standing in series if standing.wins),
            paragraphs=tuple(sorted(known)),
            tables=(overview_table(results),),
        ),
        Section("series", "The series", drawings=tuple(series_figure(standing.targets) for standing in series)),
    ]


def _won(standing: Standing) -> str:
    """Say for one series in how many studies the model beats the two-line rule and other benchmark forecasts."""
    return f"{standing.variable}: {'; '.join(_wins(drivers, wins) for drivers, wins in standing.wins.items())}."


def _wins(drivers: str, wins: Wins) -> str:
    known = spoken().knowing(drivers)
    two_line = f"the two-line rule in {wins.over_two_line} of {wins.n_two_line}, " if wins.n_two_line else ""
    return (
        f"{f'with {known} ' if known else ''}the model beats {two_line}the last value in {wins.over_last} and the "
        f"best of all benchmark forecasts in {wins.over_best} of {wins.n}"
    )


SECTION = ReportSection("cities", 0, FIT, studies=_studies)
