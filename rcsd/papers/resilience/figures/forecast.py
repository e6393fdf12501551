"""The index of each city, observed and forecast."""

import numpy as np

from rcsd.papers.resilience import Assessment
from rcsd.papers.resilience.figures.style import city_colour, city_names
from rcsd.papers.resilience.studies import Outlook
from rcsd.report.drawing.grid import panel_grid
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import FIT_WINDOW, OBSERVED, house_style, legend_below, whole_numbers


def forecast_figure(assessment: Assessment, ahead: Outlook) -> Drawing:
    """Draw a panel for each city with the index and its 90 % band."""
    names = city_names(assessment)
    with house_style():
        figure, frames = panel_grid(len(names), 2, 2.4)
        highest = max(float(each.band.high[:, 0].max()) for each in ahead.cities)
        lowest = min(float(each.band.low[:, 0].min()) for each in ahead.cities)
        for place, (axes, name, each) in enumerate(zip(frames, names, ahead.cities, strict=True)):
            band, colour = each.band, city_colour(place)
            axes.axvspan(ahead.summary_years[0] - 0.5, ahead.summary_years[1] + 0.5, color=FIT_WINDOW, zorder=0)
            axes.plot(assessment.years, assessment.index[place], "o-", color=OBSERVED, markersize=3.5, label="observed")
            axes.fill_between(band.years, band.low[:, 0], band.high[:, 0], color=colour, alpha=0.22, linewidth=0)
            axes.plot(band.years, band.median[:, 0], color=colour)
            axes.set_title(name)
            axes.set_ylim(min(0.0, lowest), max(1.0, highest) * 1.02)
            whole_numbers(axes)
        for axes in frames[::2]:
            axes.set_ylabel("index")
        # one entry for all panels, whose colours differ
        frames[0].fill_between([], [], [], color="#8A8A8A", alpha=0.4, label="90 % of the draws")
        frames[0].plot([], [], color="#8A8A8A", label="median forecast")
        legend_below(figure, frames[0])
        svg, png = save_bytes(figure)
    first, last = ahead.summary_years
    least = np.round(min(float(each.summary[1, 0]) for each in ahead.cities), 2)
    most = np.round(max(float(each.summary[1, 0]) for each in ahead.cities), 2)
    return Drawing(
        "resilience-forecast",
        svg,
        png,
        f"Index of {', '.join(names)} to {int(ahead.cities[0].band.years[-1])}; medians {first}-{last} from {least} to "
        f"{most}.",
        "How to read it: dots are the observed index, the line and its band the forecast; scale and weights stay those "
        f"of the observed years. Shaded years are those that the tables average, {first} to {last}.",
        wide=True,
    )
