"""What is new in each residual, and how much of it the one before could have told."""

import numpy as np

from rcsd.report.chart import Axis, Chart, Layer, Panel, Points, Rule, Segments, linear, named, time
from rcsd.report.chart.colours import STRIP
from rcsd.report.drawing.style import MUTED, SIMULATED
from rcsd.report.spoken import period
from rcsd.report.wording import fixed, listing
from rcsd.study.findings.profiles import SeriesNoise, Uncertainty
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST

_COLUMNS = 2


def noise_figure(result: StudyResult, known: Uncertainty) -> Chart:
    """Draw the standardised innovations of every series by year, and the autocorrelation before and after."""
    targets = {target.name: target for target in result[BACKTEST].targets}
    first, last = result.info.fit_window
    panels = [_innovations(noise, targets[noise.series], time(first - 0.5, last + 0.5)) for noise in known.noise]
    names = listing([targets[noise.series].variable for noise in known.noise])
    return Chart(
        "noise",
        (*panels, _autocorrelation(known, targets)),
        f"Standardised innovations of the residuals of {names} by {period()}, and their lag-one autocorrelation "
        "before and after.",
        f"What is new in each {period()}'s residual, in units of the estimated scale: it should scatter about zero "
        f"without a pattern, 95 % of the unflagged cells inside the dotted lines{_edges(known)}. Below: the "
        "autocorrelation from one cell to the next should shrink from the hollow to the filled mark.",
        wide=True,
        columns=min(_COLUMNS, len(panels)),
    )


def _edges(known: Uncertainty) -> str:
    """Say where the lines are, if they are at one place."""
    found = {fixed(noise.ordinary, 2) for noise in known.noise}
    return f" (± {found.pop()})" if len(found) == 1 else ""


def _innovations(noise: SeriesNoise, target: TargetResult, years: Axis) -> Panel:
    flagged_years = [year for year, flags in zip(target.years, target.flags, strict=True) if flags]
    flagged = np.isin(noise.years, flagged_years)
    layers: list[Layer] = [Rule(edge, "", MUTED, "dotted", 1.0) for edge in (-noise.ordinary, noise.ordinary)]
    layers += [Rule(0.0), Segments(noise.years, np.zeros(noise.years.size), noise.years, noise.innovations)]
    for mask, hollow, label in ((flagged, True, "innovation of a flagged cell"), (~flagged, False, "innovation")):
        if mask.any():
            layers.append(Points(noise.years[mask], noise.innovations[mask], label, SIMULATED, hollow=hollow))
    most = 1.15 * max(noise.ordinary, float(np.max(np.abs(noise.innovations), initial=0.0)))
    return Panel(tuple(layers), years, linear(low=-most, high=most), target.variable, height=2.0)


def _autocorrelation(known: Uncertainty, targets: dict[str, TargetResult]) -> Panel:
    rows = np.arange(len(known.noise))
    before = np.array([noise.before.lag_one for noise in known.noise])
    after = np.array([noise.after.lag_one for noise in known.noise])
    layers = (
        Rule(0.0, along="x"),
        Segments(before, rows, after, rows, "", STRIP, 1.5),
        Points(before, rows, "of the residuals (before)", MUTED, hollow=True, size=6.0),
        Points(after, rows, "of the innovations (after)", SIMULATED, "diamond", size=6.0),
    )
    names = named([targets[noise.series].variable for noise in known.noise])
    across = linear("autocorrelation from one cell to the next", -1.0, 1.0)
    return Panel(layers, across, names, height=0.8 + 0.3 * len(known.noise), across=True)
