"""What drives the model from outside."""

import numpy as np

from rcsd.report.chart import Band, Chart, Layer, Line, Panel, Points, linear, time
from rcsd.report.chart.windows import window_spans
from rcsd.report.drawing.style import FORECAST, OBSERVED
from rcsd.report.spoken import periods, span, when
from rcsd.report.wording import capital, number, plain
from rcsd.study.file.inputs import DriverResult
from rcsd.study.findings.drivers.held_out import DriverForecast
from rcsd.study.findings.drivers.later import Course
from rcsd.study.graph.info import StudyInfo


def driver_figure(info: StudyInfo, driver: DriverResult, forecast: DriverForecast | None) -> Chart:
    """Draw a driver over all its years and, where it is forecast, what the forecast of the hold-out was given."""
    flagged = np.array([bool(flags) for flags in driver.flags], dtype=bool)
    layers: list[Layer] = [*window_spans(info)]
    if forecast is not None:
        layers += _course(forecast.course)
    layers.append(Line(driver.years, driver.values, "as known today", OBSERVED, width=1.2, mark="dot"))
    if flagged.any():
        layers.append(Points(driver.years[flagged], driver.values[flagged], "flagged", hollow=True, size=4.5))
    panel = Panel(tuple(layers), time(), linear(f"{plain(driver.name)} ({driver.unit})"), height=2.8)
    return Chart(f"driver-{driver.name}", (panel,), _alt(driver), _caption(driver, forecast))


def _course(course: Course) -> tuple[Layer, ...]:
    label = f"forecast of {when(course.years[0])}"
    return (
        Band(course.years, course.low, course.high, f"{label}, 90 %", FORECAST),
        Line(course.years, course.median, f"{label}, median", FORECAST, "dashed"),
    )


def _alt(driver: DriverResult) -> str:
    return (
        f"{plain(driver.name)} in {driver.unit}, {span(driver.years[0], driver.years[-1])}: from "
        f"{number(driver.values[0])} to {number(driver.values[-1])}."
    )


def _caption(driver: DriverResult, forecast: DriverForecast | None) -> str:
    text = f"{capital(plain(driver.name))}, given to the model's “{driver.table}”."
    if forecast is None:
        return text
    course = forecast.course
    known = f"from its {periods()} {span(course.first, course.last)} of {plain(course.history)}"
    return f"{text} Dashed and shaded: forecast {known}; the forecasts of the hold-out are given draws of it."
