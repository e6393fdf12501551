"""Courses of units or groups as lines, with a band where a line is a median."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from rcsd.papers.dea.courses import Course
from rcsd.papers.dea.method.data import Period
from rcsd.report.drawing.style import CITY_COLOURS, whole_numbers
from rcsd.report.sections.panel.style import CLASS_COLOURS

_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")


def colours(names: Sequence[str]) -> dict[str, str]:
    """Colour of each unit or group; classes of cities keep theirs."""
    if all(name in CLASS_COLOURS for name in names):
        return {name: CLASS_COLOURS[name] for name in names}
    return {name: CITY_COLOURS[k % len(CITY_COLOURS)] for k, name in enumerate(names)}


def markers(names: Sequence[str]) -> dict[str, str]:
    """Marker of each, so that colour alone tells nothing."""
    return {name: _MARKERS[k % len(_MARKERS)] for k, name in enumerate(names)}


def draw_courses(axes: Axes, courses: Sequence[Course]) -> None:
    """Draw a line for each course, and the quartiles of a group as a band."""
    names = [course.name for course in courses]
    colour, marker = colours(names), markers(names)
    for course in courses:
        places = positions(course.periods)
        label = course.name if course.n_units == 1 else f"{course.name} ({course.n_units})"
        axes.plot(
            places,
            course.middle,
            label=label,
            color=colour[course.name],
            marker=marker[course.name],
            markersize=3.5,
            linewidth=1.5,
            zorder=3,
        )
        if course.n_units > 1:
            axes.fill_between(places, course.low, course.high, color=colour[course.name], alpha=0.10, linewidth=0)
    label_periods(axes, courses[0].periods)


def positions(periods: Sequence[Period]) -> list[float]:
    """Place periods on an axis: whole numbers at their value, words one after the other."""
    if all(isinstance(period, int) for period in periods):
        return [float(period) for period in periods]
    return [float(k) for k in range(len(periods))]


def label_periods(axes: Axes, periods: Sequence[Period]) -> None:
    """Name the periods on the horizontal axis."""
    if all(isinstance(period, int) for period in periods):
        whole_numbers(axes)
    else:
        axes.set_xticks(positions(periods), [str(period) for period in periods])


def median_words(courses: Sequence[Course]) -> str:
    """Say what a line and a band are; empty where each line is one unit."""
    if all(course.n_units == 1 for course in courses):
        return ""
    return " Lines are medians of a group, bands its middle half; the number of units stands in brackets."
