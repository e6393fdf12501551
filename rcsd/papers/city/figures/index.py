"""The resilience index of a city: how it stood among the others, and what comes of it."""

from rcsd.papers.city.figures.bands import draw_levels
from rcsd.papers.city.story import Story
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import OBSERVED, WIDE, house_style, legend_below, new_figure, whole_numbers
from rcsd.report.wording import NO_BREAK, listing

_OTHERS = "#B5B5B5"


def index_figure(story: Story) -> Drawing:
    """Draw the index as it was, the city's over the others', and its forecast in both scenarios."""
    index, base, years = story.simulated.index, story.assessments.resilience, story.simulated.years
    assert index is not None  # drawn only where there is one
    assert base is not None
    own = base.cities.index(story.assessments.cities[story.study])
    names = [base.indicators.cities[city] for city in base.cities]
    with house_style():
        figure = new_figure((WIDE[0], 4.2))
        axes = figure.add_subplot()
        for row in range(len(names)):
            if row != own:
                label = f"other cities ({listing([name for name in names if name != names[own]])})"
                axes.plot(base.years, base.index[row], color=_OTHERS, linewidth=1.2, label=label)
        axes.plot(
            base.years,
            base.index[own],
            "o-",
            color=OBSERVED,
            markersize=3.5,
            label=f"{names[own]}, observed",
            zorder=5,
        )
        draw_levels(axes, years, index.status_quo, "Status quo")
        if index.pairs:
            draw_levels(axes, years, index.pairs[0].scenario, "Optimal structure")
        axes.axhline(1, color=_OTHERS, linewidth=0.8, linestyle=(0, (1, 2)))
        axes.set_ylabel("resilience index")
        whole_numbers(axes)
        legend_below(figure, axes, columns=2)
        svg, png = save_bytes(figure)
    return Drawing(
        "assessment-index",
        svg,
        png,
        f"Resilience index of {names[own]}, observed {base.years[0]}-{base.years[-1]} and forecast to {years[-1]:.0f}.",
        f"The resilience index. How to read it: dots are the observed index of {names[own]}, grey lines the other "
        f"cities; later lines are medians and bands hold 90{NO_BREAK}% of the draws. Scale and weights stay those of "
        f"{base.years[0]} to {base.years[-1]}, where 1 is the best that any city had in everything: a value can "
        "leave it.",
        wide=True,
    )
