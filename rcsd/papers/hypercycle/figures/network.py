"""A network as a picture: Figures 2 to 5 of Liu and Zhang."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch
from matplotlib.text import Text

from rcsd.papers.hypercycle import FIGURES, CatalyticNetwork
from rcsd.papers.hypercycle.figures.wording import colour_of, in_lines
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import MUTED, OBSERVED, PRIOR, PRIOR_LINE, WIDE, house_style, new_figure

Place = tuple[float, float]

_RADIUS = 0.34
_RING = 1.15
"""Radius of the ring on which the units of a city stand."""
_APART = 3.9
"""Distance of the centres of neighbouring cities."""
_AT_EASE = 7
"""So many units stand on a ring without touching."""
_PAIR = 2
_LEVEL = 0.35
_PRODUCTS = "E2: new technologies,\nprocesses and markets"
_ACROSS, _WITHIN, _SUPPORT = "#D55E00", "#555555", PRIOR_LINE


def network_figure(network: CatalyticNetwork, *, mode: str | None = None) -> Drawing:
    """Draw units as circles, catalysts that are not replicated as boxes, links as arrows as wide as they are strong.

    Links of one strength between all units of two cities are one arrow between the cities.

    Parameters
    ----------
    network
        Under its replicase.
    mode
        The innovation mode that it is, for the caption and the products E2 of the form mode.
    """
    cities = list(dict.fromkeys(unit.city for unit in network.units))
    places = _places(network, cities)
    helpers = _helper_places(network, cities)
    across = (len(cities) - 1) * _APART
    with house_style():
        bottom, top = _extent(network, places, helpers, mode)
        # a picture with nothing below its units is as much shorter
        figure = new_figure((WIDE[0], (5.6 if len(cities) == 1 else 5.2) * (0.22 + 0.78 * (top - bottom) / 5.25)))
        axes = figure.add_subplot()
        axes.set_aspect("equal")
        axes.axis("off")
        for index, city in enumerate(cities):
            if city:
                axes.text(index * _APART, -2.15, city, ha="center", va="top", fontsize=10, weight="bold")
        _draw_links(axes, network, places)
        _draw_bundles(axes, network, cities)
        for index, unit in enumerate(network.units):
            _draw_unit(
                axes, places[index], unit.name.split(", ")[0], colour_of(index), 6.6 if across < 2 * _APART else 4.6
            )
        boxes = [
            _draw_box(axes, place, in_lines(catalyst.name.split(", ")[0], 14))
            for catalyst, place in zip(network.catalysts, helpers, strict=True)
        ]
        _draw_support(axes, network, places, boxes)
        if mode == "form":
            _draw_products(axes, places[0])
        reach = max(2.5, max(x for x, _ in places) + 0.9) if len(cities) == 1 else 2.1
        axes.set_xlim(-reach, across + reach)
        axes.set_ylim(bottom, top)
        figure.legend(handles=_legend(network, cities, mode), loc="outside lower center", ncols=2)
        svg, png = save_bytes(figure)
    what = "Units and links" if mode is None else f"The {mode} innovation mode (Liu and Zhang's Figure {FIGURES[mode]})"
    n_links = int((network.catalysis > 0).sum())
    return Drawing(
        "hypercycle-network",
        svg,
        png,
        f"{what}: {network.size} units, {n_links} catalytic links and {len(network.catalysts)} catalysts that are not "
        "replicated.",
        f"{what}: an arrow runs from who helps to who is helped, the wider the stronger (strongest "
        f"{_strongest(network):.3g} a year); a unit with an outer ring helps itself.",
        wide=True,
    )


def _strongest(network: CatalyticNetwork) -> float:
    return float(max(network.catalysis.max(initial=0.0), network.support.max(initial=0.0)))


def _places(network: CatalyticNetwork, cities: Sequence[str]) -> list[Place]:
    """Put the units of each city on a ring around its centre, the first on top."""
    members = {city: [i for i, unit in enumerate(network.units) if unit.city == city] for city in cities}
    places: list[Place] = [(0.0, 0.0)] * network.size
    for index, city in enumerate(cities):
        n = len(members[city])
        ring = _RING * max(1.0, n / _AT_EASE)
        for at, unit in enumerate(members[city]):
            angle = math.pi * (1 - at) if n == _PAIR else math.pi / 2 - 2 * math.pi * at / n
            places[unit] = (index * _APART + ring * math.cos(angle), ring * math.sin(angle))
    return places


def _helper_places(network: CatalyticNetwork, cities: Sequence[str]) -> list[Place]:
    """Put innovation above all, and the institutions of a city below it on both sides."""
    middle = (len(cities) - 1) * _APART / 2
    innovations = [catalyst for catalyst in network.catalysts if catalyst.kind == "innovation"]
    seen: dict[tuple[str, str], int] = {}
    places: list[Place] = []
    for catalyst in network.catalysts:
        key = (catalyst.kind, catalyst.city)
        at = seen[key] = seen.get(key, -1) + 1
        if catalyst.kind == "innovation":
            places.append((middle + 1.9 * (at - (len(innovations) - 1) / 2) * 1.5, 2.35))
        else:
            centre = cities.index(catalyst.city) * _APART
            places.append((centre + (-1.25 if at % 2 == 0 else 1.25), -1.75 - 0.45 * (at // 2)))
    return places


def _draw_unit(axes: Axes, place: Place, name: str, colour: str, size: float) -> None:
    axes.add_patch(Circle(place, _RADIUS, facecolor="white", edgecolor=colour, linewidth=2.0, zorder=4))
    axes.text(*place, in_lines(name, 10), ha="center", va="center", fontsize=size, zorder=6)


def _extent(
    network: CatalyticNetwork, places: Sequence[Place], helpers: Sequence[Place], mode: str | None
) -> tuple[float, float]:
    """Return the lowest and the highest level of the picture."""
    low = min([y - 2 * _RADIUS for _, y in places] + [y - 0.35 for _, y in helpers])
    if mode == "form":
        low = places[0][1] - 1.75 - 0.4
    if len({unit.city for unit in network.units}) > 1:
        low = -2.5
    return low, max([2 * _RADIUS + y for _, y in places] + [y + 0.4 for _, y in helpers])


def _draw_box(axes: Axes, place: Place, text: str, face: str = PRIOR, edge: str = PRIOR_LINE) -> Text:
    return axes.text(
        *place,
        text,
        ha="center",
        va="center",
        fontsize=7,
        zorder=5,
        bbox={"boxstyle": "round,pad=0.4", "facecolor": face, "edgecolor": edge, "linewidth": 0.9},
    )


def _draw_products(axes: Axes, place: Place) -> None:
    box = (place[0], place[1] - 1.75)
    _draw_box(axes, box, _PRODUCTS, "white", MUTED)
    _arrow(axes, place, box, _Look(OBSERVED, 1.2, shrink=(_RADIUS, 0.2)))


def _draw_links(axes: Axes, network: CatalyticNetwork, places: Sequence[Place]) -> None:
    strongest = _strongest(network) or 1.0
    for helped, helper in zip(*np.nonzero(network.catalysis), strict=True):
        width = 0.5 + 2.2 * float(network.catalysis[helped, helper]) / strongest
        if helped == helper:
            axes.add_patch(
                Circle(places[helped], _RADIUS + 0.05, fill=False, edgecolor=_WITHIN, linewidth=1.2 + width, zorder=3)
            )
            continue
        if network.units[helped].city == network.units[helper].city:
            _arrow(axes, places[helper], places[helped], _Look(_WITHIN, width, bend=0.16))


def _draw_bundles(axes: Axes, network: CatalyticNetwork, cities: Sequence[str]) -> None:
    """Draw all links from the units of one city to those of another as one arrow, as wide as their mean."""
    strongest = _strongest(network) or 1.0
    city = np.array([cities.index(unit.city) for unit in network.units])
    for start, end in permutations(range(len(cities)), 2):
        mean = float(network.catalysis[np.ix_(city == end, city == start)].mean())
        if mean > 0:
            # neighbours by the short way between the rings, others around the ones between
            near = abs(start - end) == 1
            look = _Look(
                _ACROSS,
                1.5 + 3.5 * mean / strongest,
                bend=0.2 if near else 0.3,
                alpha=0.75,
                shrink=(1.15, 1.15) if near else (0.5, 0.5),
                z=1.8,
            )
            _arrow(axes, (start * _APART, _LEVEL), (end * _APART, _LEVEL), look)


def _draw_support(axes: Axes, network: CatalyticNetwork, places: Sequence[Place], boxes: Sequence[Text]) -> None:
    strongest = _strongest(network) or 1.0
    for helped, helper in zip(*np.nonzero(network.support), strict=True):
        width = 0.5 + 2.2 * float(network.support[helped, helper]) / strongest
        x, y = places[helped]
        start = boxes[helper].get_position()
        along = np.array([start[0] - x, start[1] - y])
        rim = _RADIUS + (0.1 if network.catalysis[helped, helped] > 0 else 0.05)
        head = np.array([x, y]) + along * rim / float(np.hypot(*along))
        # from the box's own rim: its size depends on the text in it
        axes.annotate(
            "",
            xy=(float(head[0]), float(head[1])),
            xytext=start,
            zorder=1.5,
            arrowprops={
                "patchA": boxes[helper].get_bbox_patch(),
                "arrowstyle": "-|>",
                "mutation_scale": 7 + 2 * width,
                "linewidth": width,
                "color": _SUPPORT,
                "alpha": 0.55,
                "shrinkA": 0,
                "shrinkB": 0,
            },
        )


@dataclass(frozen=True, slots=True)
class _Look:
    """How an arrow looks: `bend` keeps the two of a pair apart, `shrink` is the radius of the node at each end."""

    colour: str
    width: float
    bend: float = 0.0
    alpha: float = 0.9
    shrink: tuple[float, float] = (_RADIUS, _RADIUS)
    z: float = 2.0


def _arrow(axes: Axes, start: Place, end: Place, look: _Look) -> None:
    """Draw an arrow between the rims of two nodes."""
    x, y = np.array(start), np.array(end)
    along = (y - x) / max(float(np.hypot(*(y - x))), 1e-9)
    tail, head = x + along * (look.shrink[0] + 0.04), y - along * (look.shrink[1] + 0.07)
    axes.add_patch(
        FancyArrowPatch(
            (float(tail[0]), float(tail[1])),
            (float(head[0]), float(head[1])),
            connectionstyle=f"arc3,rad={look.bend}",
            arrowstyle="-|>",
            mutation_scale=7 + 2 * look.width,
            linewidth=look.width,
            color=look.colour,
            alpha=look.alpha,
            shrinkA=0,
            shrinkB=0,
            zorder=look.z,
        )
    )


def _legend(network: CatalyticNetwork, cities: Sequence[str], mode: str | None) -> list[Line2D | FancyBboxPatch]:
    entries: list[Line2D | FancyBboxPatch] = []
    kinds: Mapping[str, tuple[str, bool]] = {
        "catalysis, within a city" if len(cities) > 1 else "catalysis": (_WITHIN, bool((network.catalysis > 0).any())),
        "catalysis, every unit with every one of another city": (_ACROSS, len(cities) > 1),
        "catalyst that is not replicated" + (" (E1)" if mode == "form" else ""): (
            _SUPPORT,
            bool((network.support > 0).any()),
        ),
    }
    for label, (colour, shown) in kinds.items():
        if shown:
            entries.append(Line2D([], [], color=colour, linewidth=2, label=label))
    entries.append(
        Line2D(
            [], [], marker="o", linestyle="none", markersize=9, markerfacecolor="white", markeredgecolor=MUTED,
            label="self-replicating unit",
        )
    )  # fmt: skip
    if np.diag(network.catalysis).any():
        entries.append(
            Line2D(
                [], [], marker="o", linestyle="none", markersize=10, markerfacecolor="white", markeredgecolor=_WITHIN,
                markeredgewidth=2.6, label="outer ring: catalyses itself",
            )
        )  # fmt: skip
    if mode == "form":
        entries.append(
            Line2D([], [], color=OBSERVED, linewidth=1.2, label="brings forth (E2: a picture only, no equation)")
        )
    return entries
