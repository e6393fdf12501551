"""How every sector's output moves along the front."""

import numpy as np
from matplotlib.colors import TwoSlopeNorm

from rcsd.papers.structure import StructureResult
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import WIDE, house_style, new_figure

_MOST_COLUMNS = 13  # beyond, numbers do not fit into cells
_DARK = 0.6  # share of the scale from which white letters are readable


def path_figure(result: StructureResult) -> Drawing:
    """Draw one row per sector and one column per vertex: output over the actual one."""
    programme, front = result.programme, result.front
    several = len(programme.regions) > 1
    change = np.array([100 * (v.output / programme.actual - 1) for v in front.vertices]).T
    largest = max(float(np.abs(change).max()), 1.0)
    with house_style():
        figure = new_figure((WIDE[0], 1.5 + 0.27 * len(programme.sectors)))
        axes = figure.add_subplot()
        axes.grid(visible=False)
        image = axes.imshow(change, aspect="auto", cmap="RdBu", norm=TwoSlopeNorm(0.0, -largest, largest))
        narrow = len(front.vertices) > _MOST_COLUMNS
        for (row, column), value in np.ndenumerate(change):
            if narrow:
                break
            ink = "white" if abs(value) > _DARK * largest else "black"
            text = f"{round(float(value), 1) + 0.0:+.1f}".replace("-", "−")
            axes.text(column, row, text, ha="center", va="center", fontsize=7, color=ink)
        axes.set_yticks(
            range(len(programme.sectors)), [f"{s.region}, {s.name}" if several else s.name for s in programme.sectors]
        )
        axes.set_xticks(
            range(len(front.vertices)),
            [
                f"{100 * v.resource_use / programme.actual_use:.1f}{' ★' if i == result.compromise.vertex else ''}"
                for i, v in enumerate(front.vertices)
            ],
            rotation=90 if narrow else 0,
        )
        axes.set_xlabel(f"vertices of the front, by use of {programme.resource}, actual = 100 (★ compromise)")
        axes.tick_params(length=0)
        for spine in axes.spines.values():
            spine.set_visible(False)
        figure.colorbar(image, ax=axes, label="output against the actual one, %", shrink=0.9, pad=0.02)
        svg, png = save_bytes(figure)
    return Drawing(
        "structure-path",
        svg,
        png,
        f"Output of {len(programme.sectors)} sectors at {len(front.vertices)} vertices of the front, over the actual.",
        "Output of every sector at the vertices of the front. How to read it: from left to right more "
        f"{programme.resource} is used and more value added made; blue sectors are larger than today, red ones "
        "smaller, in per cent.",
        wide=True,
    )
