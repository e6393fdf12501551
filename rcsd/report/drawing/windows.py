"""The fit and hold-out windows as shaded bands behind the curves."""

from matplotlib.axes import Axes

from rcsd.report.drawing.style import FIT_WINDOW, HOLDOUT_WINDOW, MUTED
from rcsd.study.graph.info import StudyInfo


def shade_windows(axes: Axes, info: StudyInfo, *, label: bool = True) -> None:
    """Shade the years that were fitted and those that were held out; half a year belongs to either side."""
    bands = [(info.fit_window, FIT_WINDOW, "fitted")]
    if info.holdout_window is not None:
        bands.append((info.holdout_window, HOLDOUT_WINDOW, "held out"))
    for (first, last), colour, text in bands:
        axes.axvspan(first - 0.5, last + 0.5, color=colour, linewidth=0, zorder=0)
        if label:
            # Above the frame, where no curve can run through the words.
            axes.annotate(
                text,
                xy=((first + last) / 2, 1.0),
                xycoords=("data", "axes fraction"),
                xytext=(0, 2),
                textcoords="offset points",
                ha="center",
                va="bottom",
                fontsize=7,
                color=MUTED,
            )


def shown_years(info: StudyInfo) -> tuple[float, float]:
    """Return the limits of a time axis that shows both windows."""
    last = info.fit_window[1] if info.holdout_window is None else info.holdout_window[1]
    return info.fit_window[0] - 0.5, last + 0.5
