"""What drives the model from outside."""

from rcsd.report.page import Section
from rcsd.report.question import FORECAST
from rcsd.report.section import ReportSection
from rcsd.report.sections.drivers.figures import driver_figure
from rcsd.report.sections.drivers.tables import drivers_table, forecasts_table
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST


def _study(result: StudyResult) -> list[Section]:
    if not result.drivers:
        return []
    forecasts = {each.course.driver: each for each in result[BACKTEST].drivers}
    return [
        Section(
            "drivers",
            "Drivers from outside",
            drawings=tuple(driver_figure(result.info, driver, forecasts.get(driver.name)) for driver in result.drivers),
            tables=(drivers_table(result.drivers), *((forecasts_table(forecasts),) if forecasts else ())),
        )
    ]


SECTION = ReportSection("drivers", 60, FORECAST, study=_study)
