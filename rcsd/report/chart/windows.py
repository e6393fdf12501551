"""The fit and hold-out windows behind the curves of a chart, and the axis that shows both."""

from __future__ import annotations

from rcsd.report.chart.axis import Axis, time
from rcsd.report.chart.layers import Span
from rcsd.report.drawing.style import FIT_WINDOW, HOLDOUT_WINDOW
from rcsd.study.graph.info import StudyInfo


def window_spans(info: StudyInfo, *, titled: bool = True) -> tuple[Span, ...]:
    """Return the periods that were fitted and those that were held out; half a period belongs to either side."""
    windows = [(info.fit_window, FIT_WINDOW, "fitted")]
    if info.holdout_window is not None:
        windows.append((info.holdout_window, HOLDOUT_WINDOW, "held out"))
    return tuple(
        Span(first - 0.5, last + 0.5, colour, title=title if titled else "") for (first, last), colour, title in windows
    )


def window_axis(info: StudyInfo) -> Axis:
    """Return the axis of time that shows both windows."""
    return time(*shown_years(info))


def shown_years(info: StudyInfo) -> tuple[float, float]:
    """Return the limits of an axis of time that shows both windows."""
    last = info.fit_window[1] if info.holdout_window is None else info.holdout_window[1]
    return info.fit_window[0] - 0.5, last + 0.5
