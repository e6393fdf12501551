"""Three shares as a triangle."""

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from rcsd.papers.hypercycle import SimplexPortrait
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import CITY_COLOURS, MUTED, OBSERVED, WIDE, house_style, legend_below, new_figure
from rcsd.report.wording import count

_CORNERS = np.array([[0.5, np.sqrt(3) / 2], [1.0, 0.0], [0.0, 0.0]])
_LABELS = (("center", "bottom", 0.05), ("left", "top", -0.05), ("right", "top", -0.05))
_ORBIT = CITY_COLOURS[2]


def simplex_figure(portrait: SimplexPortrait) -> Drawing:
    """Draw the drift, the points at rest and one path on the triangle of three shares."""
    with house_style():
        figure = new_figure((WIDE[0], 6.0))
        axes = figure.add_subplot()
        axes.set_aspect("equal")
        axes.axis("off")
        axes.fill(*_CORNERS.T, facecolor="#FAFAFA", edgecolor=MUTED, linewidth=1.0)
        _draw_drift(axes, portrait)
        path = portrait.path.shares @ _CORNERS
        axes.plot(*path.T, color=OBSERVED, linewidth=1.4, label="path")
        axes.plot(*path[0], "s", color=OBSERVED, markersize=6, linestyle="none", label="where it begins")
        if portrait.orbit is not None:
            axes.plot(*(portrait.orbit.shares @ _CORNERS).T, color=_ORBIT, linewidth=3, label="closed orbit")
        _draw_points(axes, portrait)
        for name, corner, where in zip(portrait.network.names, _CORNERS, _LABELS, strict=True):
            axes.text(corner[0], corner[1] + where[2], f"only {name}", ha=where[0], va=where[1], weight="bold")
        axes.set_xlim(-0.35, 1.35)
        axes.set_ylim(-0.12, 1.0)
        legend_below(figure, axes, columns=5)
        svg, png = save_bytes(figure)
    stable = [point for point in portrait.points if point.stability == "stable"]
    n_points = count(len(portrait.points), "point at rest", "points at rest")
    return Drawing(
        "hypercycle-simplex",
        svg,
        png,
        f"Triangle of three shares with {n_points}, {len(stable)} of them stable.",
        "Each point of the triangle is a division of the total among three units, a corner is one alone; arrows, the "
        "darker the faster, show where the shares drift.",
        wide=True,
    )


def _draw_drift(axes: Axes, portrait: SimplexPortrait) -> None:
    points, arrows = portrait.shares @ _CORNERS, portrait.drift @ _CORNERS
    speed = np.hypot(*arrows.T)
    moving = speed > 1e-12 * max(float(speed.max()), 1e-300)
    unit = arrows[moving] / speed[moving][:, None]
    axes.quiver(
        *points[moving].T, *unit.T, _shade(speed[moving]), cmap="Blues", clim=(-0.6, 1.1), scale=34, width=0.0028,
        pivot="middle", zorder=1,
    )  # fmt: skip


def _shade(speed: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.sqrt(speed / speed.max()))


def _draw_points(axes: Axes, portrait: SimplexPortrait) -> None:
    faces = {"stable": OBSERVED, "neutral": "#BBBBBB", "unstable": "white"}
    for point in portrait.points:
        axes.plot(
            *(point.shares @ _CORNERS),
            "o",
            color=OBSERVED,
            markerfacecolor=faces[point.stability],
            markersize=8,
            linestyle="none",
            label=f"{point.stability} at rest",
            zorder=5,
        )
