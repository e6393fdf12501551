"""The bifurcation set in two planes of the parameters."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from rcsd.papers.coevolution import BifurcationSet
from rcsd.papers.coevolution.figures.wording import settings
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import ALERT, CITY_COLOURS, MUTED, WIDE, house_style, legend_below, new_figure

_HOPF, _PITCHFORK, _FOLD = CITY_COLOURS[0], CITY_COLOURS[2], CITY_COLOURS[4]


def bifurcations_figure(found: BifurcationSet) -> Drawing:
    """Draw the cusp of x in the plane of alpha and beta, and the curves of the pair in that of beta and omega/nu."""
    with house_style():
        figure = new_figure((WIDE[0], 4.8))
        left, right = figure.subplots(1, 2)
        _draw_cusp(left, found)
        _draw_pair(right, found)
        legend_below(figure, left, right, columns=3)
        svg, png = save_bytes(figure)
    outer = "" if found.outer_fold is None else f", outer equilibria are born at β = {found.outer_fold:.4g}"
    return Drawing(
        "coevolution-bifurcations",
        svg,
        png,
        "Cusp in the plane of α and β with its tip at β = 1; the pair's pitchfork lies at "
        f"β = {found.pitchfork:.4g}{outer}, its Hopf line at β = 1 + ω/ν up to ω/ν = {found.pitchfork - 1:.4g}.",
        "Left: x alone at a given α has three points at rest inside the cusp, one outside. Right: the origin of the "
        "pair loses its stability on the Hopf line, softly where the line is full, hard where it is dashed. The cross "
        f"marks {settings(found.parameters)}; α is held at 0 on the left.",
        wide=True,
    )


def _draw_cusp(axes: Axes, found: BifurcationSet) -> None:
    inside: Any = {"color": _FOLD, "alpha": 0.15, "linewidth": 0}
    axes.fill_betweenx(found.cusp_betas, -found.cusp_alphas, found.cusp_alphas, **inside)
    for side in (-1, 1):
        axes.plot(side * found.cusp_alphas, found.cusp_betas, color=_FOLD, label="fold: two points at rest meet")
    axes.plot(0, found.parameters.beta, "x", color=ALERT, markersize=8, markeredgewidth=2, zorder=5)
    reach = max(1.15 * float(found.cusp_alphas[-1]), 0.1)
    axes.set_xlim(-reach, reach)
    axes.set_ylim(min(0.6, 0.8 * found.parameters.beta), float(found.cusp_betas[-1]))
    axes.text(0, 0.97 * found.cusp_betas[-1], "three points at rest", ha="center", va="top", color=MUTED)
    axes.text(0, 0.9, "one", ha="center", va="top", color=MUTED)
    axes.set_xlabel("α")
    axes.set_ylabel("β")
    axes.set_title("x alone, α held")


def _draw_pair(axes: Axes, found: BifurcationSet) -> None:
    ratio, beta = found.parameters.ratio, found.parameters.beta
    for soft, style, label in ((True, "-", "Hopf, soft onset"), (False, (0, (3, 1)), "Hopf, hard onset")):
        if (found.soft == soft).any():
            betas = np.where(found.soft == soft, found.hopf_betas, np.nan)
            axes.plot(betas, found.ratios, color=_HOPF, linestyle=style, label=label)
    axes.axvline(found.pitchfork, color=_PITCHFORK, label="pitchfork of the origin")
    if found.outer_fold is not None:
        axes.axvline(found.outer_fold, color=_FOLD, label="fold: two points at rest meet")
    axes.plot(beta, ratio, "x", color=ALERT, markersize=8, markeredgewidth=2, zorder=5, label="the parameters")
    top = max(1.15 * (found.pitchfork - 1), 1.3 * ratio)
    right = max(1.12 * found.pitchfork, 1.1 * beta)
    axes.set_xlim(min(0.8, 0.9 * beta), right)
    axes.set_ylim(0, top)
    text: Any = {"color": MUTED, "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 1.5}}
    axes.text(0.03, 0.97, "origin stable", transform=axes.transAxes, va="top", **text)
    axes.text(0.97, 0.03, "origin unstable", transform=axes.transAxes, ha="right", **text)
    axes.set_xlabel("β")
    axes.set_ylabel("ω/ν")
    axes.set_title("x and α together")
