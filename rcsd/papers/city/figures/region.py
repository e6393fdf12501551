"""What links among cities do to each of them."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from rcsd.papers.city import RegionComparison
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import (
    CITY_COLOURS,
    MUTED,
    OBSERVED,
    WIDE,
    house_style,
    legend_below,
    new_figure,
    whole_numbers,
)
from rcsd.report.wording import listing

TOGETHER = "the four together"


def region_figure(found: RegionComparison) -> Drawing:
    """Draw, for each output, the effect of the knowledge link by its strength, and of people's moves through time."""
    horizon = f"{found.times[-1]:.0f}"
    people = found.people
    with house_style():
        figure = new_figure((WIDE[0], 5.6 if people is not None else 3.2))
        grid = figure.subplots(1 if people is None else 2, len(found.outputs), squeeze=False)
        for output, axes in enumerate(grid[0]):
            _by_strength(axes, found, output)
            axes.set_title(f"{found.outputs[output]}, {horizon}")
            axes.set_xlabel("knowledge link, 1/year")
        if people is not None:
            for output, axes in enumerate(grid[1]):
                _draw(axes, found.cities, found.times.tolist(), found.effect(people)[output].T.tolist())
                axes.set_title(found.outputs[output])
                axes.set_xlabel(f"year, mobility {people.people:g} a year")
                whole_numbers(axes)
        for row in grid:
            row[0].set_ylabel("% above the cities apart")
        legend_below(figure, grid[0, 0], columns=len(found.cities) + 1)
        svg, png = save_bytes(figure)
    strongest = found.sweep[-1] if found.sweep else None
    said = "" if strongest is None else _said(found, strongest.name, found.effect(strongest)[0, :, -1].tolist())
    caption = (
        f"Above, how much higher each city stands in {horizon} than alone when knowledge spills over, by the strength "
        "of the link: lines that rise are gains, and a city with near partners gains most."
    )
    if people is not None:
        caption += (
            " Below, what moves of people among the four do through time, without knowledge links: one city's gain "
            "is the others' loss."
        )
    return Drawing(
        "region-effects", svg, png, f"Effect of links on {listing(found.outputs)}. {said}", caption, wide=True
    )


def _said(found: RegionComparison, case: str, effects: list[float]) -> str:
    each = ", ".join(f"{city} {effect:+.2f} %" for city, effect in zip(found.cities, effects, strict=False))
    return f"GDP with {case}: {each}."


def _by_strength(axes: Axes, found: RegionComparison, output: int) -> None:
    strengths = [0.0, *(case.knowledge for case in found.sweep)]
    rows = [[0.0] * (len(found.cities) + 1), *(found.effect(case)[output, :, -1].tolist() for case in found.sweep)]
    _draw(axes, found.cities, strengths, rows, marker="o")
    axes.set_xlim(left=0)


def _draw(
    axes: Axes, cities: tuple[str, ...], across: Sequence[float], rows: list[list[float]], *, marker: str | None = None
) -> None:
    """Draw one line per city, and a dashed one for all; `rows` has one row per point and one column per city."""
    columns = list(zip(*rows, strict=True))
    axes.axhline(0, color=MUTED, linewidth=0.8)
    for city, colour, column in zip(cities, CITY_COLOURS, columns, strict=False):
        axes.plot(across, column, color=colour, label=city, marker=marker, markersize=3)
    axes.plot(across, columns[-1], color=OBSERVED, linestyle=(0, (4, 1.5)), label=TOGETHER)
