"""How much each system weighs, in all and in each city's own years."""

import numpy as np

from rcsd.papers.resilience import Assessment
from rcsd.papers.resilience.figures.style import city_colour, city_names, marker, system_labels
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import CARD, house_style, legend_below, new_figure


def weights_figure(assessment: Assessment, by_city: Assessment) -> Drawing:
    """Draw the weights of the systems as bars, those of each city's own years as points."""
    labels = system_labels(assessment)
    rows = np.arange(len(labels))
    with house_style():
        figure = new_figure((CARD[0], 1.6 + 0.42 * len(labels)))
        axes = figure.add_subplot()
        weights = 100 * assessment.mean_weights.systems[0, 0]
        bars = axes.barh(rows, weights, color="#C9D8E6", height=0.7, zorder=2)
        bars.patches[0].set_label("all cities and years")
        for place, name in enumerate(city_names(assessment)):
            axes.plot(
                100 * by_city.weights.systems[place, 0],
                rows + 0.14 * (place - (len(by_city.cities) - 1) / 2),
                linestyle="none",
                marker=marker(place),
                markersize=5.5,
                color=city_colour(place),
                label=name,
                zorder=3,
            )
        axes.set_yticks(rows, labels)
        axes.invert_yaxis()
        axes.set_xlim(left=0)
        axes.set_xlabel("weight of the system, %")
        axes.grid(visible=False, axis="y")
        legend_below(figure, axes)
        svg, png = save_bytes(figure)
    return Drawing(
        "resilience-weights",
        svg,
        png,
        f"Weights of {', '.join(labels)}.",
        "How to read it: a bar is the weight that the index uses; a point is what the same method gives when "
        "it sees the years of one city alone. A system weighs much where its indicators lie far apart.",
    )
