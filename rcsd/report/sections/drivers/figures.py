"""What drives the model from outside."""

from matplotlib.axes import Axes

from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import CARD, FORECAST, OBSERVED, house_style, legend_below, new_figure
from rcsd.report.drawing.time_axis import time_along
from rcsd.report.drawing.windows import shade_windows
from rcsd.report.spoken import periods, span, when
from rcsd.report.wording import capital, number, plain
from rcsd.study.file.inputs import DriverResult
from rcsd.study.findings.drivers.held_out import DriverForecast
from rcsd.study.findings.drivers.later import Course
from rcsd.study.graph.info import StudyInfo


def driver_figure(info: StudyInfo, driver: DriverResult, forecast: DriverForecast | None) -> Drawing:
    """Draw a driver over all its years and, where it is forecast, what the forecast of the hold-out was given."""
    flagged = [bool(flags) for flags in driver.flags]
    with house_style():
        figure = new_figure((CARD[0], 2.9))
        axes = figure.add_subplot()
        shade_windows(axes, info)
        axes.plot(driver.years, driver.values, color=OBSERVED, linewidth=1.2, zorder=3, label="as known today")
        for mask, face, label in ((False, OBSERVED, None), (True, "white", "flagged")):
            chosen = [index for index, flag in enumerate(flagged) if flag is mask]
            if chosen:
                axes.scatter(
                    driver.years[chosen],
                    driver.values[chosen],
                    s=16,
                    facecolor=face,
                    edgecolor=OBSERVED,
                    zorder=4,
                    label=label,
                )
        if forecast is not None:
            _draw_course(forecast.course, axes)
        axes.set_ylabel(f"{plain(driver.name)} ({driver.unit})")
        time_along(axes)
        legend_below(figure, axes)
        svg, png = save_bytes(figure)
    return Drawing(f"driver-{driver.name}", svg, png, _alt(driver), _caption(driver, forecast))


def _draw_course(course: Course, axes: Axes) -> None:
    label = f"forecast of {when(course.years[0])}"
    axes.fill_between(
        course.years, course.low, course.high, color=FORECAST, alpha=0.2, linewidth=0, zorder=2, label=f"{label}, 90 %"
    )
    axes.plot(course.years, course.median, color=FORECAST, linestyle=(0, (4, 2)), zorder=3, label=f"{label}, median")


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
