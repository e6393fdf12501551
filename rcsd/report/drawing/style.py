"""One look for all figures: sizes, fonts and colours that a colour-blind reader can tell apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from rcsd.report.drawing.letters import families
from rcsd.report.wording import DRAWN_RULES

# Okabe and Ito's palette (2008), readable with the common forms of colour blindness; one colour per role everywhere.
SIMULATED = "#0072B2"
OBSERVED = "#1A1A1A"
FORECAST = FROZEN = "#D55E00"
FIT_WINDOW = "#E9F1F7"
HOLDOUT_WINDOW = "#FBF0DC"
MUTED = "#6B6B6B"
ALERT = "#C0392B"
PRIOR = "#BFD9C9"
PRIOR_LINE = "#007A57"

BASELINE_LINES = dict(
    zip(
        DRAWN_RULES,
        (
            ("#E69F00", (0, (1, 1))),
            ("#CC79A7", (0, (5, 1, 1, 1))),
            ("#009E73", (0, (4, 1.5))),
        ),
        strict=True,
    )
)
"""Colour and dash pattern of each benchmark forecast that is drawn."""

KNOWLEDGE_COLOURS = {"forecast": FORECAST, "known": SIMULATED, "frozen": "#56B4E9"}
"""Colour of a forecast by what it knows of the drivers."""

CITY_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#1A1A1A")

CARD = (5.4, 4.0)
"""Width and height in inches of a figure that fills half of a page, or a telephone's width."""

WIDE = (8.6, 6.4)
"""Width and height in inches of a figure of several panels."""

_RC: Any = {
    "axes.edgecolor": "#8A8A8A",
    "axes.grid": True,
    "axes.labelcolor": "#333333",
    "axes.labelsize": 8.5,
    "axes.linewidth": 0.7,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "figure.constrained_layout.use": True,
    "figure.dpi": 96,
    "figure.facecolor": "white",
    "font.size": 8.5,
    "grid.color": "#DDDDDD",
    "grid.linewidth": 0.5,
    "legend.fontsize": 7.5,
    "legend.frameon": False,
    "lines.linewidth": 1.8,
    "savefig.dpi": 160,
    # Paths, not text: the figure looks the same whatever fonts the reader has.
    "svg.fonttype": "path",
    "svg.hashsalt": "rcsd",
    # A dollar sign in a name or a unit is money, not the start of a formula.
    "text.parse_math": False,
    "xtick.color": "#555555",
    "xtick.labelsize": 8,
    "ytick.color": "#555555",
    "ytick.labelsize": 8,
}


@contextmanager
def house_style() -> Iterator[None]:
    """Draw and save with the settings of the report, and with nothing of the user's own matplotlib settings."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_RC)
        mpl.rcParams["font.family"] = families()
        yield


def new_figure(size: tuple[float, float] = CARD) -> Figure:
    """Return an empty figure of `size` inches; no global list keeps it, so that it is freed with its last use."""
    return Figure(figsize=size)


def whole_numbers(axes: Axes) -> None:
    """Label the horizontal axis, years or ranks, with whole numbers only."""
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))


def legend_below(figure: Figure, *panels: Axes, columns: int = 3) -> None:
    """Put one legend for all `panels` under the figure, where it hides no data; a label is listed once."""
    entries: dict[str, Artist] = {}
    for axes in panels:
        for handle, label in zip(*axes.get_legend_handles_labels(), strict=True):
            entries.setdefault(label, handle)
    # What lies on top comes first: the data, then the model, then what it is compared with.
    order = sorted(entries, key=lambda label: -entries[label].get_zorder())
    figure.legend(
        [entries[label] for label in order],
        order,
        loc="outside lower center",
        ncols=columns,
        handlelength=2.4,
        columnspacing=1.4,
    )
