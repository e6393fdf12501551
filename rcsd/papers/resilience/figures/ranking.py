"""The index of each city over the years, and below it the ranking: a bump chart."""

from rcsd.papers.resilience import Assessment
from rcsd.papers.resilience.figures.style import city_colour, city_names, marker
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import CARD, house_style, legend_below, new_figure, whole_numbers


def ranking_figure(assessment: Assessment) -> Drawing:
    """Draw index and ranks."""
    names = city_names(assessment)
    with house_style():
        figure = new_figure((CARD[0], 5.2))
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=(1.25, 1))
        for place, name in enumerate(names):
            look = {"color": city_colour(place), "marker": marker(place), "markersize": 4.5}
            above.plot(assessment.years, assessment.index[place], label=name, **look)
            below.plot(assessment.years, assessment.ranks[place], linewidth=2.4, **{**look, "markersize": 7})
        above.set_ylabel("index")
        below.set_ylabel("rank")
        below.set_ylim(len(names) + 0.4, 0.6)
        below.set_yticks(range(1, len(names) + 1))
        whole_numbers(below)
        legend_below(figure, above, columns=4)
        svg, png = save_bytes(figure)
    order = " > ".join(assessment.indicators.cities[city] for city in assessment.order)
    return Drawing(
        "resilience-ranking",
        svg,
        png,
        f"Resilience index and rank of {', '.join(names)} by year; mean order {order}.",
        "How to read it: above, the index from 0 (worst of all cities and years in everything) to 1 (best in "
        "everything); below, the place in each year, 1 the most resilient: where lines cross, cities change places.",
    )
