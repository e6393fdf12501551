"""Whose share of what the data leave uncertain is how large: parameters by outputs."""

import numpy as np

from rcsd.report.chart import Cells, Chart, Panel, named
from rcsd.report.spoken import at_times, when
from rcsd.report.wording import MISSING, NO_BREAK, fixed, listing
from rcsd.study.findings.shapley import PosteriorShares

_MOST = 20
"""More parameters than that are not drawn; their shares stand in result.json."""


def shares_figure(shares: PosteriorShares) -> Chart:
    """Draw the shares of every output at each time, the largest parameters first."""
    shown = np.where(shares.undetermined[..., None], np.nan, shares.effects)
    largest = np.nanmax(np.where(np.isnan(shown), -np.inf, shown), axis=(0, 1))
    order = [int(j) for j in np.argsort(-largest, kind="stable")][:_MOST]
    last = len(shares.times) - 1
    panels = tuple(_panel(shares, shown, k, order, last=k == last) for k in range(len(shares.times)))
    left = len(shares.parameters) - len(order)
    moments = at_times(*shares.times)
    return Chart(
        "shapley",
        panels,
        f"Shapley effects {moments} on {listing(shares.outputs)} (across) by parameter (down).",
        f"Shapley effects, which add up to 1 in each column. Pale: the {100 * shares.confidence:g}{NO_BREAK}% interval "
        "reaches zero. A dash: the output does not vary, or its shares are not determined."
        + (f" {left} parameters with small shares are not drawn." if left else ""),
        wide=True,
        columns=len(panels),
    )


def _panel(shares: PosteriorShares, shown: np.ndarray, time: int, order: list[int], *, last: bool) -> Panel:
    effects, conf = shown[time][:, order].T, shares.conf[time][:, order].T
    texts = tuple(tuple(MISSING if np.isnan(value) else fixed(value, 2) for value in row) for row in effects)
    cells = Cells(effects, texts, pale=effects <= conf, label="share of the variance" if last else "")
    names = named([shares.parameters[j] for j in order])
    return Panel((cells,), named(shares.outputs), names, when(shares.times[time]), height=2.0 + 0.26 * len(order))
