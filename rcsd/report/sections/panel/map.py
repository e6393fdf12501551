"""Errors of all cities as tiles: a map in words' sense only, provinces roughly where they lie."""

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import MUTED, WIDE, house_style, new_figure
from rcsd.report.sections.panel.style import ERROR_BANDS, TILES, error_colour
from rcsd.study.panel.cities import ordered_classes
from rcsd.study.panel.scores import SeriesScore

_COLUMNS, _ROWS = 3, 3  # cities of a tile
_LONGEST = 9  # letters of a city's name
_ELSEWHERE = "elsewhere"


def map_figure(scores: Sequence[SeriesScore], variable: str) -> Drawing:
    """Draw a tile for each province and in it a small one for each city, coloured by its error.

    Parameters
    ----------
    scores
        Of one series, a city each.
    variable
        What the series is.
    """
    by_province: dict[str, list[SeriesScore]] = {}
    for score in scores:
        place = score.city.province if score.city.province in TILES else _ELSEWHERE
        by_province.setdefault(place, []).append(score)
    kinds = ordered_classes(score.city.kind for score in scores)
    with house_style():
        figure = new_figure((WIDE[0], 6.6))
        axes = figure.add_subplot()
        for province, members in by_province.items():
            _tile(axes, TILES.get(province, (6, 6)), province, sorted(members, key=lambda m: kinds.index(m.city.kind)))
        axes.set_xlim(-0.05, 7.0)
        axes.set_ylim(6.0 if _ELSEWHERE not in by_province else 7.0, -0.15)
        axes.set_axis_off()
        figure.legend(handles=_bands(), loc="outside lower center", ncols=len(ERROR_BANDS), handlelength=1.2)
        svg, png = save_bytes(figure)
    letters = ", ".join(f"{kind[0].upper()} {kind}" for kind in kinds)
    return Drawing(
        "panel-map",
        svg,
        png,
        f"Tiles of {len(by_province)} provinces with a coloured tile for the error of {variable} of each city.",
        f"How to read it: each tile is a city, its colour the mean error of {variable} in the held-out years, its "
        f"letter the class ({letters}). Provinces stand in a grid that keeps neighbours near; within one, cities are "
        "in order of class, for the data have no coordinates.",
        wide=True,
    )


def _tile(axes: Axes, place: tuple[int, int], province: str, members: Sequence[SeriesScore]) -> None:
    """Draw one province."""
    left, top = place
    rows = max(_ROWS, math.ceil(len(members) / _COLUMNS))
    width, height = 0.94 / _COLUMNS, 0.66 / rows
    axes.text(left, top + 0.13, province, fontsize=7.5, color="#333333")
    axes.add_patch(Rectangle((left, top + 0.17), 0.94, 0.70, fill=False, edgecolor="#DDDDDD", linewidth=0.6))
    for k, score in enumerate(members):
        x, y = left + (k % _COLUMNS) * width, top + 0.19 + (k // _COLUMNS) * height
        colour = error_colour(score.mape)
        axes.add_patch(Rectangle((x + 0.012, y + 0.012), width - 0.024, height - 0.024, facecolor=colour))
        dark = colour in (ERROR_BANDS[0][1], ERROR_BANDS[-1][1])
        ink = "white" if dark else "#1A1A1A"
        middle = x + width / 2
        axes.text(
            middle, y + 0.36 * height, score.city.kind[0].upper(), ha="center", va="center", fontsize=6, color=ink
        )
        name = score.city.name[:_LONGEST]
        axes.text(middle, y + 0.74 * height, name, ha="center", va="center", fontsize=4.6, color=ink)


def _bands() -> list[Patch]:
    """Say what the colours mean."""
    found, below = [], 0.0
    for end, colour in ERROR_BANDS:
        label = f"over {below:g} %" if math.isinf(end) else f"{below:g} to {end:g} %" if below else f"under {end:g} %"
        found.append(Patch(facecolor=colour, edgecolor=MUTED, linewidth=0.3, label=label))
        below = end
    return found
