"""Shares and advantage over time."""

import numpy as np
from numpy.typing import NDArray

from rcsd.papers.hypercycle import NetworkSurvey
from rcsd.papers.hypercycle.figures.wording import DASHES, colour_of, dashes_of, verdict
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import MUTED, OBSERVED, WIDE, house_style, legend_below, new_figure

_WIDTH = 0.004
"""Of a line, in shares."""


def trajectories_figure(found: NetworkSurvey) -> Drawing:
    """Draw the share of every unit, and the industrial advantage below."""
    path, interior = found.path, found.interior
    with house_style():
        figure = new_figure((WIDE[0], 5.4))
        top, bottom = figure.subplots(2, 1, sharex=True, height_ratios=(2, 1))
        covered = _covered(path.shares)
        for index, name in enumerate(path.network.names):
            style = {"color": colour_of(index), "linestyle": dashes_of(index, covered[index])}
            top.plot(path.times, path.shares[:, index], label=name, **style)
            if interior is not None:
                top.axhline(interior.shares[index], color=colour_of(index), linewidth=0.6, alpha=0.5)
        top.set_ylim(0, 1.02)
        top.set_ylabel("share")
        bottom.axhline(0, color=MUTED, linewidth=0.8)
        bottom.plot(path.times, path.advantage, color=OBSERVED)
        bottom.set_ylabel("advantage,\n1/year")
        bottom.set_xlabel("year")
        bottom.set_xlim(path.times[0], path.times[-1])
        legend_below(figure, top, columns=3)
        svg, png = save_bytes(figure)
    lines = "" if interior is None else " Thin lines mark the point at which all are at rest."
    said = verdict(found)
    if covered.any():
        lines += " Units of equal shares lie on one another: the later ones are dashed, so that all colours show."
    return Drawing(
        "hypercycle-trajectories",
        svg,
        png,
        f"Shares of {path.network.size} units over {path.times[-1]:g} years; in the second half {len(found.left)} of "
        f"them come above 0.001, and the advantage ends at {path.advantage[-1]:.4g} a year.",
        "Shares of the units, which sum to one, and how much faster they grow together than the best would without "
        f"catalysts: {said}.{lines} Replicase {found.replicase:.3g}.",
        wide=True,
    )


def _covered(shares: NDArray[np.float64]) -> NDArray[np.int_]:
    """Count, for each unit, the earlier ones whose line its own would cover, shape (unit,)."""
    apart = np.abs(shares[:, :, None] - shares[:, None, :]).max(axis=0)
    return np.asarray(np.minimum(np.tril(apart < _WIDTH, -1).sum(axis=1), len(DASHES) - 1))
