"""Several studies side by side: their errors, and every series."""

from collections.abc import Sequence

from rcsd.report.page import Section
from rcsd.report.question import FORECAST
from rcsd.report.section import ReportSection
from rcsd.report.sections.cities.figures import series_figure, shown_first
from rcsd.report.sections.cities.tables import overview_table, wins_table
from rcsd.report.sections.cities.words import answer
from rcsd.report.sections.holdout.words import known_from_outside
from rcsd.study.graph.result import StudyResult
from rcsd.study.written.standing import standings


def _studies(results: Sequence[StudyResult]) -> list[Section]:
    series = standings(results)
    shared = [each for each in series if len(each.targets) > 1]
    first = shown_first(series)
    known = {sentence for result in results if (sentence := known_from_outside(result))}
    # where nothing was held out the first screen has the errors of the fits
    tested = any(each.wins for each in series)
    return [
        Section(
            "errors",
            "Errors in the fit window and in the hold-out",
            paragraphs=tuple(sorted(known)),
            tables=(wins_table(series), overview_table(results)) if tested else (),
        ),
        Section(
            "series",
            "The other series",
            drawings=tuple(series_figure(each.targets) for each in shared if each is not first),
        ),
    ]


SECTION = ReportSection("cities", 0, FORECAST, studies=_studies, answers=answer)
