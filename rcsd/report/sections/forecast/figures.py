"""A series beyond its data: the bands of a forecast, and what its assumptions change."""

from matplotlib.axes import Axes

from rcsd.report.drawing.cells import draw_cells
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import (
    CARD,
    FROZEN,
    MUTED,
    SIMULATED,
    house_style,
    legend_below,
    new_figure,
)
from rcsd.report.drawing.time_axis import time_along
from rcsd.report.sections.forecast.words import beyond_label, beyond_words
from rcsd.report.spoken import period, span, when
from rcsd.report.wording import NO_BREAK, number, plain
from rcsd.study.file.inputs import DriverResult
from rcsd.study.findings.drivers.beyond import Beyond
from rcsd.study.findings.drivers.later import Course
from rcsd.study.findings.forecast import ForecastBand, Forecasted
from rcsd.study.findings.target import TargetResult
from rcsd.study.written.ahead import Ahead

_HINDSIGHT = "#009E73"


def forecast_figure(target: TargetResult, forecasted: Forecasted, ahead: Ahead) -> Drawing:
    """Draw the cells of a series and its forecast: the band of what would be printed, in it that of the runs."""
    bands = {band.beyond: band for band in forecasted.bands if band.series == target.name}
    main = bands[forecasted.bands[0].beyond]
    with house_style():
        figure = new_figure(CARD)
        axes = figure.add_subplot()
        _draw_main(axes, main)
        if main.beyond != "frozen" and "frozen" in bands:
            _draw_edges(axes, bands["frozen"])
        if "hindsight" in bands:
            band = bands["hindsight"]
            style = (0, (1, 1))
            axes.plot(band.years, band.median, color=_HINDSIGHT, linestyle=style, zorder=4, label="median in hindsight")
        draw_cells(axes, target, target.observed, say_weights=False)
        axes.set_ylabel(f"{target.variable} ({target.unit})")
        time_along(axes)
        legend_below(figure, axes, columns=2)
        svg, png = save_bytes(figure)
    last = when(main.years[-1])
    band_words = f"{number(main.low[-1], 3)} to {number(main.high[-1], 3)}"
    return Drawing(
        f"forecast-{target.name}",
        svg,
        png,
        f"{target.variable} to {last}: median {number(main.median[-1], 3)}, 90 % band {band_words} {target.unit}.",
        f"{target.variable}. How to read it: in nine of ten futures that the model holds possible what is "
        f"observed lies in the light band ({last}: {band_words}); the dark band is the runs without residuals. "
        + _others(ahead, bands.keys() - {main.beyond}),
    )


def _others(ahead: Ahead, beyonds: set[Beyond]) -> str:
    words = []
    if "frozen" in beyonds:
        words.append(f"Dashed: the light band with {beyond_words(ahead, 'frozen')}.")
    if "hindsight" in beyonds:
        words.append(f"Dotted: the median in hindsight ({beyond_label(ahead, 'hindsight')}).")
    return " ".join(words)


def _draw_main(axes: Axes, band: ForecastBand) -> None:
    label = f"90{NO_BREAK}% of what would be observed"
    axes.fill_between(band.years, band.low, band.high, color=SIMULATED, alpha=0.16, linewidth=0, label=label)
    axes.fill_between(
        band.years,
        band.simulated_low,
        band.simulated_high,
        color=SIMULATED,
        alpha=0.28,
        linewidth=0,
        label="… of the runs",
    )
    axes.plot(band.years, band.median, color=SIMULATED, zorder=4, label="median")


def _draw_edges(axes: Axes, band: ForecastBand) -> None:
    for values, label in ((band.low, f"90{NO_BREAK}%, all drivers frozen"), (band.high, None)):
        axes.plot(band.years, values, color=FROZEN, linestyle=(0, (4, 2)), linewidth=1.1, zorder=3, label=label)


def course_figure(driver: DriverResult, course: Course) -> Drawing:
    """Draw a driver as it was and as it is drawn."""
    with house_style():
        figure = new_figure(CARD)
        axes = figure.add_subplot()
        axes.fill_between(
            course.years, course.low, course.high, color=SIMULATED, alpha=0.2, linewidth=0, label=f"90{NO_BREAK}%"
        )
        axes.plot(course.years, course.median, color=SIMULATED, label="median")
        known = driver.years <= course.years[0]
        axes.plot(driver.years[known], driver.values[known], color="#1A1A1A", marker="o", markersize=3, label="known")
        axes.plot(
            driver.years[~known],
            driver.values[~known],
            color=MUTED,
            marker="o",
            markersize=3,
            markerfacecolor="white",
            linewidth=0.8,
            label="later, not used",
        )
        axes.set_ylabel(f"{plain(driver.name)} ({driver.unit})")
        if course.process == "price":
            axes.set_ylim(bottom=0)
        time_along(axes)
        legend_below(figure, axes, columns=2)
        svg, png = save_bytes(figure)
    return Drawing(
        f"course-{driver.name}",
        svg,
        png,
        f"{plain(driver.name)} known to {when(course.years[0])} and drawn from there to {when(course.years[-1])}.",
        f"The {plain(driver.name)}. How to read it: nine of ten drawn courses lie in the band. {_process(course)} "
        "Hollow: what came, which nothing here has used.",
    )


def _process(course: Course) -> str:
    if course.process == "growth":
        return (
            f"The middle is the mean of a damped trend and of constant increments after {when(course.years[0])}; every "
            f"{period()} its error moves by {100 * course.sd:.1f} points, up or down."
        )
    return (
        f"The logarithm keeps {course.persistence:.2f} of its distance from its mean ({course.mean:.2f} times the "
        f"value of {when(course.years[0])}) from {period()} to {period()}, and shocks of "
        f"{100 * course.sd:.0f}{NO_BREAK}% are resampled from {span(course.first, course.last)} "
        f"({plain(course.history)})."
    )
