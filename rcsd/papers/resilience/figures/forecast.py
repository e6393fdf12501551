"""The index of each city, observed and forecast."""

import numpy as np

from rcsd.papers.resilience import Assessment
from rcsd.papers.resilience.figures.style import city_names
from rcsd.papers.resilience.studies import CityOutlook, Outlook
from rcsd.report.chart import Band, Chart, Line, Panel, Rule, Span, linear
from rcsd.report.drawing.style import FIT_WINDOW, FORECAST, MUTED, OBSERVED

_COLUMNS = 2


def forecast_figure(assessment: Assessment, ahead: Outlook) -> Chart:
    """Draw a panel for each city with the index and its 90 % band."""
    names = city_names(assessment)
    highest = max(1.0, *(float(each.band.high[:, 0].max()) for each in ahead.cities)) * 1.02
    lowest = min(0.0, *(float(each.band.low[:, 0].min()) for each in ahead.cities))
    panels = tuple(_panel(assessment, ahead, place, each, (lowest, highest)) for place, each in enumerate(ahead.cities))
    first, last = ahead.summary_years
    least = np.round(min(float(each.summary[1, 0]) for each in ahead.cities), 2)
    most = np.round(max(float(each.summary[1, 0]) for each in ahead.cities), 2)
    return Chart(
        "resilience-forecast",
        panels,
        f"Index of {', '.join(names)} to {int(ahead.cities[0].band.years[-1])}; medians {first}-{last} from {least} to "
        f"{most}.",
        "How to read it: dots are the observed index, the line and its band the forecast; scale and weights stay those "
        f"of the observed years. Shaded years are those that the tables average, {first} to {last}; the line at 1 is "
        "the best that any of the cities had in everything.",
        wide=True,
        columns=min(_COLUMNS, len(panels)),
        linked=True,
        vertical="index",
    )


def _panel(
    assessment: Assessment, ahead: Outlook, place: int, each: CityOutlook, between: tuple[float, float]
) -> Panel:
    first, last = ahead.summary_years
    band = each.band
    return Panel(
        (
            Span(first - 0.5, last + 0.5, FIT_WINDOW),
            Rule(1.0, colour=MUTED, dash="dotted"),
            Band(band.years, band.low[:, 0], band.high[:, 0], "90 % of the draws", FORECAST),
            Line(band.years, band.median[:, 0], "median forecast", FORECAST),
            Line(assessment.years, assessment.index[place], "observed", OBSERVED, mark="circle"),
        ),
        linear(whole=True),
        linear(low=between[0], high=between[1]),
        city_names(assessment)[place],
        2.6,
    )
