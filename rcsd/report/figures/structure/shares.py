"""The structure of value added: actual, at the compromise, and along the front."""

from rcsd.assessment.structure import StructureResult, value_shares
from rcsd.report.figures.grid import panel_grid
from rcsd.report.figures.save import Drawing, save_bytes
from rcsd.report.figures.style import FROZEN, OBSERVED, PRIOR, house_style, legend_below
from rcsd.report.wording import percent


def shares_figure(result: StructureResult) -> Drawing:
    """Draw each sector's share of value added: the actual one, the compromise's, and the range along the front."""
    programme = result.programme
    regions = programme.regions
    n = max(int(programme.within(region).sum()) for region in regions)
    with house_style():
        figure, panels = panel_grid(len(regions), 2, 0.8 + 0.27 * n, extra=0.5)
        for axes, region in zip(panels, regions, strict=True):
            names = [sector.name for sector in programme.sectors if sector.region == region]
            actual = 100 * value_shares(programme, programme.actual, region)
            best = 100 * value_shares(programme, result.compromise.solution.output, region)
            along = [100 * value_shares(programme, v.output, region) for v in result.front.vertices]
            for i in range(len(names)):
                span = [float(shares[i]) for shares in along]
                axes.plot(
                    [min(span), max(span)],
                    [i, i],
                    color=PRIOR,
                    linewidth=7,
                    solid_capstyle="butt",
                    zorder=2,
                    label="range along the front",
                )
                axes.annotate(
                    "",
                    (best[i], i),
                    (actual[i], i),
                    arrowprops={"arrowstyle": "-|>", "color": OBSERVED, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0},
                    zorder=3,
                )
            axes.plot(actual, range(len(names)), "o", color=OBSERVED, markersize=4.5, zorder=5, label="actual")
            axes.plot(best, range(len(names)), "*", color=FROZEN, markersize=9, zorder=6, label="compromise")
            axes.set_yticks(range(len(names)), names)
            axes.set_ylim(len(names) - 0.5, -0.5)
            axes.set_xlim(left=0)
            axes.set_xlabel("share of value added, %")
            axes.set_title(region)
        legend_below(figure, *panels)
        svg, png = save_bytes(figure)
    said = "; ".join(
        f"{c.sector}{f' of {c.region}' if len(regions) > 1 else ''} from {percent(100 * c.actual_share)} to "
        f"{percent(100 * c.optimal_share)}"
        for c in result.changes
    )
    return Drawing(
        "structure-shares",
        svg,
        png,
        f"Shares of value added by sector, actual and at the compromise: {said}.",
        "Optimal against actual structure. How to read it: an arrow leads from a sector's actual share of value added "
        "to its share at the compromise; the band spans all vertices of the front.",
        wide=True,
    )
