"""A series beyond its data: the bands of a forecast, and what its assumptions change."""

from rcsd.report.chart import Band, Chart, Layer, Line, Panel, Points, linear, time
from rcsd.report.chart.observed import cell_points
from rcsd.report.drawing.style import FROZEN, MUTED, OBSERVED, SIMULATED
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


def forecast_figure(target: TargetResult, forecasted: Forecasted, ahead: Ahead, *, explained: bool = True) -> Chart:
    """Draw the cells of a series and its forecast: the band of what would be printed, in it that of the runs.

    How to read it is said where it is `explained`, as under the first of several.
    """
    bands = {band.beyond: band for band in forecasted.bands if band.series == target.name}
    main = bands[forecasted.bands[0].beyond]
    layers: list[Layer] = [*_main(main)]
    if main.beyond != "frozen" and "frozen" in bands:
        frozen = bands["frozen"]
        label = f"90{NO_BREAK}%, all drivers frozen"
        layers.append(Band(frozen.years, frozen.low, frozen.high, label, FROZEN, opacity=0.0, edge="dashed"))
    if "hindsight" in bands:
        band = bands["hindsight"]
        layers.append(Line(band.years, band.median, "median in hindsight", _HINDSIGHT, "dotted"))
    layers += cell_points(target, target.observed, say_weights=False)
    panel = Panel(tuple(layers), time(), linear(f"{target.variable} ({target.unit})"), height=3.4)
    last = when(main.years[-1])
    band_words = f"{number(main.low[-1], 3)} to {number(main.high[-1], 3)}"
    return Chart(
        f"forecast-{target.name}",
        (panel,),
        f"{target.variable} to {last}: median {number(main.median[-1], 3)}, 90 % band {band_words} {target.unit}.",
        f"{target.variable}; the light band of {last} is {band_words}."
        + (f" How to read it: {_reading(ahead, bands.keys() - {main.beyond})}" if explained else ""),
    )


def _reading(ahead: Ahead, others: set[Beyond]) -> str:
    return " ".join(
        (
            "in nine of ten futures that the model holds possible what is observed lies in the light band; the dark "
            "band is the runs without residuals.",
            *_others(ahead, others),
        )
    )


def _others(ahead: Ahead, beyonds: set[Beyond]) -> list[str]:
    words = []
    if "frozen" in beyonds:
        words.append(f"Dashed: the light band with {beyond_words(ahead, 'frozen')}.")
    if "hindsight" in beyonds:
        words.append(f"Dotted: the median in hindsight ({beyond_label(ahead, 'hindsight')}).")
    return words


def _main(band: ForecastBand) -> tuple[Layer, ...]:
    observed = f"90{NO_BREAK}% of what would be observed"
    return (
        Band(band.years, band.low, band.high, observed, SIMULATED, 0.16),
        Band(band.years, band.simulated_low, band.simulated_high, f"90{NO_BREAK}% of the runs", SIMULATED, 0.28),
        Line(band.years, band.median, "median"),
    )


def course_figure(driver: DriverResult, course: Course) -> Chart:
    """Draw a driver as it was and as it is drawn."""
    known = driver.years <= course.years[0]
    layers: list[Layer] = [
        Band(course.years, course.low, course.high, f"90{NO_BREAK}%"),
        Line(course.years, course.median, "median"),
    ]
    if not known.all():
        later = ~known
        layers.append(Line(driver.years[later], driver.values[later], "", MUTED, width=0.8))
        layers.append(
            Points(driver.years[later], driver.values[later], "later, not used", MUTED, hollow=True, size=3.5)
        )
    layers.append(Line(driver.years[known], driver.values[known], "known", OBSERVED, mark="dot"))
    values = linear(f"{plain(driver.name)} ({driver.unit})", 0.0 if course.process == "price" else None)
    panel = Panel(tuple(layers), time(), values, height=3.2)
    return Chart(
        f"course-{driver.name}",
        (panel,),
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
