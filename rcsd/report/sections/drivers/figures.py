"""What drives the model from outside."""

from matplotlib.axes import Axes

from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import CARD, FROZEN, OBSERVED, house_style, legend_below, new_figure, whole_numbers
from rcsd.report.drawing.windows import shade_windows
from rcsd.report.wording import capital, number, plain, span
from rcsd.study.file.inputs import DriverResult
from rcsd.study.graph.info import StudyInfo


def driver_figure(info: StudyInfo, driver: DriverResult) -> Drawing:
    """Draw a driver over all its years and, where it can be frozen, what the frozen runs are given instead."""
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
        if driver.held is not None:
            _draw_frozen(info, driver, driver.held, axes)
        axes.set_ylabel(f"{plain(driver.name)} ({driver.unit})")
        whole_numbers(axes)
        legend_below(figure, axes)
        svg, png = save_bytes(figure)
    return Drawing(f"driver-{driver.name}", svg, png, _alt(driver), _caption(info, driver))


def _draw_frozen(info: StudyInfo, driver: DriverResult, held: float, axes: Axes) -> None:
    year = info.fit_window[1]
    last = max(driver.years[-1], year if info.holdout_window is None else info.holdout_window[1])
    axes.plot([year, last], [held, held], color=FROZEN, linestyle=(0, (4, 2)), zorder=3, label=f"frozen at {year}")


def _alt(driver: DriverResult) -> str:
    return (
        f"{plain(driver.name)} in {driver.unit}, {span(driver.years[0], driver.years[-1])}: from "
        f"{number(driver.values[0])} to {number(driver.values[-1])}."
    )


def _caption(info: StudyInfo, driver: DriverResult) -> str:
    text = f"{capital(plain(driver.name))}, given to the model's “{driver.table}”."
    if driver.freeze is None:
        return f"{text} Known from outside throughout."
    frozen = f"dashed, what the frozen runs get after {info.fit_window[1]}"
    return f"{text} Known from outside in the backtest; {frozen}."
