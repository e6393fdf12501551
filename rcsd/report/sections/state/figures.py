"""Disturbed stocks and walking parameters over time: smoothed bands, filtered medians, and what each year corrected."""

import numpy as np

from rcsd.analysis.state import Estimate
from rcsd.report.chart import Axis, Band, Boxes, Chart, Layer, Line, Panel, Points, Rule, Span, linear, time
from rcsd.report.drawing.style import FROZEN, HOLDOUT_WINDOW, MUTED, OBSERVED, SIMULATED
from rcsd.report.sections.state.words import shown
from rcsd.report.spoken import at_times, period, when
from rcsd.report.wording import NO_BREAK, number
from rcsd.study.findings.state.estimating import States
from rcsd.study.graph.result import StudyResult

_MOST = 8
"""Figures; state.csv has all quantities."""


def state_figures(result: StudyResult, found: States) -> tuple[Chart, ...]:
    """Draw every disturbed stock and walking parameter."""
    by_name = {each.name: each for each in found.estimates}
    shown = [by_name[name] for name in found.disturbed if name in by_name]
    return tuple(state_figure(result, found, each, i) for i, each in enumerate(shown[:_MOST], start=1))


def state_figure(result: StudyResult, found: States, estimate: Estimate, place: int) -> Chart:
    """Draw one quantity: its band over time, and below it what the data of each year corrected."""
    panels = (_band(result, found, estimate), _corrections(result, found, estimate))
    name, largest = shown(estimate.name), int(np.argmax(np.abs(estimate.increments)))
    moved = f"{estimate.increments[largest]:+.2g}{f'{NO_BREAK}%' if estimate.relative else ''}"
    last = f"{number(estimate.smoothed.low[-1], 3)} to {number(estimate.smoothed.high[-1], 3)} {estimate.unit}"
    return Chart(
        f"state-{place}",
        panels,
        f"{name}: 90 % band of {when(found.times[-1])} {last}; largest correction {moved} "
        f"{at_times(found.times[largest])}.",
        f"{name}. How to read it: the dark band holds the quantity with 90{NO_BREAK}% given all data, the "
        f"light one before the data of each {period()} came. Bars: by how much these moved the mean"
        f"{', in per cent' if estimate.relative else ''}; bars of one sign say that the model errs in one direction.",
        linked=True,
    )


def _held_out(result: StudyResult) -> tuple[Span, ...]:
    window = result.info.holdout_window
    return () if window is None else (Span(window[0] - 0.5, window[1] + 0.5, HOLDOUT_WINDOW),)


def _along(found: States) -> Axis:
    return time(float(found.times[0]) - 0.6, float(found.times[-1]) + 0.6)


def _band(result: StudyResult, found: States, estimate: Estimate) -> Panel:
    before, after = estimate.forecast, estimate.smoothed
    observed = (each for each in found.innovations if each.variable == estimate.name)
    layers: tuple[Layer, ...] = (
        *_held_out(result),
        Band(found.times, before.low, before.high, f"before the {period()}'s data", MUTED, 0.18),
        Band(found.times, after.low, after.high, "given all data", SIMULATED, 0.3),
        Line(found.times, after.median, "given all data, median"),
        Points(found.times, estimate.filtered.median, "given data so far", OBSERVED, "dot", size=3.0),
        *(Points(each.times, each.observed, "observed", OBSERVED, hollow=True) for each in observed),
    )
    name = shown(estimate.name)
    return Panel(layers, _along(found), linear(f"{name} ({estimate.unit})" if estimate.unit else name), height=2.7)


def _corrections(result: StudyResult, found: States, estimate: Estimate) -> Panel:
    zero = np.zeros(found.times.size)
    low, high = np.minimum(zero, estimate.increments), np.maximum(zero, estimate.increments)
    layers: tuple[Layer, ...] = (
        *_held_out(result),
        Boxes(found.times - 0.3, found.times + 0.3, low, high, "correction", FROZEN, 1.0),
        Rule(0.0),
    )
    return Panel(layers, _along(found), linear("correction (%)" if estimate.relative else "correction"), height=1.2)
