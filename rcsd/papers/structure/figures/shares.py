"""The structure of value added: actual, at the compromise, and along the front."""

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from rcsd.papers.structure import StructureResult, value_shares
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import FROZEN, OBSERVED, PRIOR, WIDE, house_style, legend_below, new_figure
from rcsd.report.wording import percent


def shares_figure(result: StructureResult) -> Drawing:
    """Draw each sector's share of value added, and beside it the share over the actual one."""
    programme = result.programme
    regions = programme.regions
    n = max(int(programme.within(region).sum()) for region in regions)
    with house_style():
        figure = new_figure((WIDE[0], 0.5 + (0.8 + 0.25 * n) * len(regions)))
        grid = figure.subplots(len(regions), 2, squeeze=False, sharey="row", width_ratios=(1.5, 1))
        for (left, right), region in zip(grid, regions, strict=True):
            names = [sector.name for sector in programme.sectors if sector.region == region]
            actual = value_shares(programme, programme.actual, region)
            best = value_shares(programme, result.compromise.solution.output, region)
            along = np.array([value_shares(programme, v.output, region) for v in result.front.vertices])
            _dumbbells(left, 100 * actual, 100 * best, 100 * along)
            _dumbbells(right, np.ones(len(names)), best / actual, along / actual)
            left.set_yticks(range(len(names)), names)
            left.set_ylim(len(names) - 0.5, -0.5)
            left.set_xlim(left=0)
            left.set_title(region)
            if region == regions[-1]:
                left.set_xlabel("share of value added, %")
                right.set_xlabel("share over actual share")
        legend_below(figure, *grid.flat)
        svg, png = save_bytes(figure)
    said = "; ".join(
        f"{programme.industry}{f' of {c.region}' if len(regions) > 1 else ''} from {percent(100 * c.actual_share)} to "
        f"{percent(100 * c.optimal_share)}"
        for c in result.changes
    )
    return Drawing(
        "structure-shares",
        svg,
        png,
        f"Shares of value added by sector, actual and at the compromise: {said}.",
        "Optimal against actual structure. How to read it: a line leads from a sector's actual share of value added "
        "(dot) to its share at the compromise (star); the band spans all vertices of the front. To the right the same "
        "over the actual share, where small sectors can be told.",
        wide=True,
    )


def _dumbbells(axes: Axes, actual: NDArray[np.float64], best: NDArray[np.float64], along: NDArray[np.float64]) -> None:
    rows = np.arange(actual.size)
    axes.hlines(
        rows, along.min(axis=0), along.max(axis=0), color=PRIOR, linewidth=8, zorder=2, label="range along the front"
    )
    axes.hlines(rows, actual, best, color=OBSERVED, linewidth=1, zorder=3)
    axes.plot(actual, rows, "o", color=OBSERVED, markersize=4.5, zorder=5, label="actual")
    axes.plot(best, rows, "*", color=FROZEN, markersize=9, zorder=6, label="compromise")
