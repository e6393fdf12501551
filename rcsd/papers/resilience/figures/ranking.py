"""The index of each city over the years, and below it the ranking: a bump chart."""

from rcsd.papers.resilience import Assessment
from rcsd.papers.resilience.figures.style import city_colour, city_names, mark
from rcsd.report.chart import Chart, Line, Panel, linear, named


def ranking_figure(assessment: Assessment) -> Chart:
    """Draw index and ranks."""
    names, years = city_names(assessment), assessment.years
    index, ranks = (
        tuple(
            Line(years, values[place], name, city_colour(place), mark=mark(place), width=width)
            for place, name in enumerate(names)
        )
        # an axis of names counts from 0, the first place on top
        for values, width in ((assessment.index, 1.8), (assessment.ranks - 1, 2.4))
    )
    places = [str(rank) for rank in range(1, len(names) + 1)]
    order = " > ".join(assessment.indicators.cities[city] for city in assessment.order)
    return Chart(
        "resilience-ranking",
        (
            Panel(index, linear(whole=True), linear("index")),
            Panel(ranks, linear(whole=True), named(places, "rank"), height=2.6),
        ),
        f"Resilience index and rank of {', '.join(names)} by year; mean order {order}.",
        "How to read it: above, the index from 0 (worst of all cities and years in everything) to 1 (best in "
        "everything); below, the place in each year, 1 the most resilient: where lines cross, cities change places.",
        linked=True,
    )
