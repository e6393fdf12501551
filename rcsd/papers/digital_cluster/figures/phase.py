"""Where in the space of imitation, ceiling and transaction saving the path of the paper arises."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.patches import Patch

from rcsd.papers.digital_cluster import KINDS, STAGES, DigitalClusterParameters, PhaseDiagram
from rcsd.papers.digital_cluster.figures.wording import KIND_COLOURS, STAGE_INKS, settings
from rcsd.report.drawing.grid import panel_grid
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import ALERT, house_style

_COLUMNS = 2


def phase_figure(found: PhaseDiagram, parameters: DigitalClusterParameters) -> Drawing:
    """Draw a panel for each transaction saving: what becomes of the cluster over imitation and ceiling."""
    with house_style():
        figure, panels = panel_grid(found.savings.size, _COLUMNS, 2.9, extra=0.7)
        for index, axes in enumerate(panels):
            _panel(axes, found, index)
            if np.isclose(found.savings[index], parameters.maximum_transaction_saving):
                axes.plot(
                    parameters.digital_imitation,
                    parameters.digital_ceiling,
                    "x",
                    color=ALERT,
                    markersize=8,
                    markeredgewidth=2,
                    clip_on=False,
                )
            if index % _COLUMNS == 0:
                axes.set_ylabel("ceiling, share of participants")
        for axes in panels[-_COLUMNS:]:
            axes.set_xlabel("imitation, 1/year")
        shown = [kind for index, kind in enumerate(KINDS) if (found.kinds == index).any()]
        figure.legend(
            handles=[Patch(color=KIND_COLOURS[kind], label=kind) for kind in shown],
            loc="outside lower center",
            ncols=len(shown),
        )
        svg, png = save_bytes(figure)
    shares = "; ".join(
        f"saving {saving:g}: {(kinds == KINDS.index('full path')).mean():.0%} of the points"
        for saving, kinds in zip(found.savings, found.kinds, strict=True)
    )
    return Drawing(
        "digital-phase",
        svg,
        png,
        f"Phase diagram of the path from conventional cluster to ecosystem; full path at {shares}.",
        f"How to read it: the colour says what the cluster becomes within {found.horizon:g} years at that imitation, "
        "ceiling and transaction saving; above a line its state of rest is the named stage, however slow the way. The "
        f"cross marks the parameters. {settings(parameters)}.",
        wide=True,
    )


def _panel(axes: Axes, found: PhaseDiagram, index: int) -> None:
    colours = ListedColormap(["white", *KIND_COLOURS.values()])
    norm = BoundaryNorm(np.arange(-1.5, len(KINDS) + 0.5), colours.N)
    axes.pcolormesh(
        found.imitations,
        found.ceilings,
        found.kinds[index],
        cmap=colours,
        norm=norm,
        shading="nearest",
        rasterized=True,
    )
    for stage in (1, 2):
        reached = np.flatnonzero(found.long_run[index] >= stage)
        if reached.size and reached[0] > 0:
            at = (found.ceilings[reached[0]] + found.ceilings[reached[0] - 1]) / 2
            axes.axhline(at, color=STAGE_INKS[STAGES[stage]], linewidth=1.2, linestyle="--")
            axes.annotate(
                f"rests as {STAGES[stage]}",
                xy=(1.0, at),
                xycoords=("axes fraction", "data"),
                xytext=(-3, 2),
                textcoords="offset points",
                ha="right",
                va="bottom",
                fontsize=7,
                color="#1A1A1A",
            )
    axes.grid(visible=False)
    axes.set_title(f"transaction saving {found.savings[index]:g}")
