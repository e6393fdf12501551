"""Numbers of the forecast and of the scenarios with their places in result.json."""

from rcsd.analysis.scenarios import Outcome
from rcsd.report.fact import fact
from rcsd.report.sections.forecast.words import signed
from rcsd.report.wording import NO_BREAK, measured
from rcsd.study.findings.forecast import ForecastBand, Forecasted
from rcsd.study.findings.scenarios import Compared


def marked_difference(compared: Compared, outcome: Outcome, scenario: str, year: int) -> tuple[str, str]:
    """Write the median difference of a compared year, and its 90 % band."""
    beyond = compared.beyonds[0]
    found, at = compared.of(scenario, outcome.variable, beyond), compared.at(year)
    place = ("scenarios", scenario, "outcomes", outcome.variable, beyond)
    k = compared.definition.years.index(year)
    digits, unit = (1, f"{NO_BREAK}%") if outcome.measure == "percent" else (3, "")
    low, median, high = (
        fact(signed(float(values[at]), digits), *place, key, k)
        for key, values in (("p05", found.low), ("difference", found.median), ("p95", found.high))
    )
    return f"{median}{unit}", f"{low} to {high}"


def marked_band(forecasted: Forecasted, band: ForecastBand, year: int) -> tuple[str, str]:
    """Write the median of a forecast in a year, and the ends of its 90 % band."""
    at = int((band.years == year).argmax())
    place: tuple[str, ...] = ("forecast", band.series)
    if band.beyond != forecasted.main:
        place = (*place, "assumptions", band.beyond)
    return (
        fact(measured(float(band.median[at])), *place, "median", at),
        f"{fact(measured(float(band.low[at]), 3), *place, 'p05', at)} to "
        f"{fact(measured(float(band.high[at]), 3), *place, 'p95', at)}",
    )
