"""The rolling backtest in a study's report and on the page over all studies."""

from collections.abc import Sequence

from rcsd.report.page import Section
from rcsd.report.question import FORECAST
from rcsd.report.section import ReportSection
from rcsd.report.sections.rolling.figures import cities_rolling_figure, rolling_figure
from rcsd.report.sections.rolling.tables import cities_rolling_table, rolling_tables
from rcsd.report.sections.rolling.words import cities_reading, rolling_reading, variables, what
from rcsd.study.findings.rolling_scores import group_scores
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.rolling import ROLLING
from rcsd.study.written.cities_scores import cities_scores

_HEADING = "Forecasts from many origins"


def rolling_sections(result: StudyResult) -> list[Section]:
    """Return the part on the rolling backtest of a study; none where it has made none."""
    names = variables(result)
    scores = group_scores(result.get(ROLLING), list(names))
    if not scores:
        return []
    return [
        Section(
            "rolling",
            _HEADING,
            paragraphs=tuple(filter(None, (what(result), result.info.hindsight))),
            points=rolling_reading(result),
            drawings=(rolling_figure(scores, names),),
            tables=rolling_tables(scores, names),
        )
    ]


def cities_rolling_sections(results: Sequence[StudyResult]) -> list[Section]:
    """Return the part on the rolling backtests of several studies; none where none has made any."""
    scores = cities_scores(results)
    if not scores:
        return []
    return [
        Section(
            "rolling",
            _HEADING,
            paragraphs=tuple(dict.fromkeys(result.info.hindsight for result in results if result.info.hindsight)),
            # what other knowledge of the drivers changes, figure and table show
            points=cities_reading(results, [each for each in scores if each.drivers == scores[0].drivers]),
            drawings=(cities_rolling_figure(scores),),
            tables=(cities_rolling_table(results, scores),),
        )
    ]


SECTION = ReportSection("rolling", 30, FORECAST, study=rolling_sections, studies=cities_rolling_sections)
