"""Figures of what observes the preference."""

import numpy as np
from matplotlib.axes import Axes

from rcsd.papers.coevolution.evidence.comparison import REFERENCE
from rcsd.papers.coevolution.evidence.identification import CUT
from rcsd.papers.coevolution.evidence.result import PROFILED_CLOCK, Findings
from rcsd.papers.coevolution.evidence.words import PAIRS, answer
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import (
    ALERT,
    CITY_COLOURS,
    MUTED,
    OBSERVED,
    SIMULATED,
    WIDE,
    house_style,
    legend_below,
    new_figure,
    whole_numbers,
)

_SHOWN = (70, 200)
"""Per cent of the random walk's CRPS that fit on the page; an error bar may end outside."""

_DRAWN = ("trend", "logistic", "assumed", "pair", "own_pair")


def verdict_figure(found: Findings) -> Drawing:
    """Draw, by course, AIC and the CRPS of each proxy against the random walk's."""
    labels = [each.evidence.clock.label for each in found.estimates]
    colours = [ALERT if each.evidence.clock.name in PAIRS else SIMULATED for each in found.estimates]
    heights = np.arange(len(labels))[::-1]
    with house_style():
        figure = new_figure((WIDE[0], 4.0))
        panels = figure.subplots(1, 1 + len(found.proxies), sharey=True)
        least = min(each.aic for each in found.estimates)
        panels[0].barh(heights, [each.aic - least for each in found.estimates], color=colours, height=0.6)
        panels[0].set_axisbelow(True)
        panels[0].set_title("AIC above the best")
        panels[0].set_yticks(heights, labels)
        for axes, proxy in zip(panels[1:], found.proxies, strict=True):
            _gains(axes, found, proxy.rule.name, heights, colours)
        svg, png = save_bytes(figure)
    return Drawing(
        "evidence-verdict",
        svg,
        png,
        answer(found),
        "Left: AIC above that of the best course. Right: CRPS of forecasts one to three years ahead, in per cent of "
        "the random walk's, with two standard errors clustered by origin; left of the line is better. Red: the "
        "paper's pair.",
        wide=True,
    )


def _gains(axes: Axes, found: Findings, proxy: str, heights: np.ndarray, colours: list[str]) -> None:
    walk = found.score(REFERENCE, proxy).crps
    for each, height, colour in zip(found.estimates, heights, colours, strict=True):
        score = found.score(each.evidence.clock.name, proxy)
        axes.errorbar(
            100 * (1 - score.crps_gain / walk),
            height,
            xerr=200 * score.crps_error / walk,
            fmt="o",
            color=colour,
            markersize=4,
            linewidth=1,
        )
    axes.axvline(100, color=MUTED, linewidth=0.9)
    axes.set_title(proxy)
    axes.set_xlim(*_SHOWN)
    axes.set_xlabel("CRPS, % of random walk")


def courses_figure(found: Findings) -> Drawing:
    """Draw the mean of the cities of each proxy and what the courses make of it."""
    with house_style():
        figure = new_figure((WIDE[0], 3.2))
        panels = figure.subplots(1, len(found.proxies), squeeze=False)[0]
        for k, (axes, proxy) in enumerate(zip(panels, found.proxies, strict=True)):
            mean = found.estimates[0].evidence.blocks[k].mean
            axes.plot(proxy.years, mean.series[0], "o", color=OBSERVED, markersize=3, label="mean of the cities")
            for name, colour in zip(_there(found), CITY_COLOURS, strict=False):
                estimate = found.estimate(name)
                axes.plot(proxy.years, _fitted(found, name, k), color=colour, label=estimate.evidence.clock.label)
            axes.set_title(proxy.rule.name)
            whole_numbers(axes)
        panels[0].set_ylabel("logarithm")
        legend_below(figure, *panels)
        svg, png = save_bytes(figure)
    return Drawing(
        "evidence-courses",
        svg,
        png,
        "Means of the proxies over the cities, with the fitted courses.",
        "Each proxy's mean over the cities with every year (dots), and level plus loading times course. The level is "
        "set here by least squares; science over education has one before and one from 2007 on.",
        wide=True,
    )


def _there(found: Findings) -> list[str]:
    """Return the courses that are drawn, of those that were estimated."""
    estimated = {each.evidence.clock.name for each in found.estimates}
    return [name for name in _DRAWN if name in estimated]


def _fitted(found: Findings, name: str, proxy: int) -> np.ndarray:
    """Return level plus loading times mean course, levels by least squares."""
    estimate = found.estimate(name)
    evidence, part = estimate.evidence, estimate.evidence.blocks[proxy]
    _, loadings, shapes = evidence.split(estimate.point)
    path = evidence.clock.weights @ evidence.courses(shapes[np.newaxis], part.proxy.years)[0]
    design, left = part.mean.design[0], part.mean.series[0] - loadings[proxy] * path
    return np.asarray(loadings[proxy] * path + design @ np.linalg.lstsq(design, left, rcond=None)[0])


def profiles_figure(found: Findings) -> Drawing:
    """Draw the profile likelihood of each parameter of the dynamics."""
    pair = found.estimate(PROFILED_CLOCK)
    with house_style():
        figure = new_figure((WIDE[0], 2.6))
        panels = figure.subplots(1, len(found.profiles), sharey=True, squeeze=False)[0]
        for axes, each in zip(panels, found.profiles, strict=True):
            axes.plot(each.values, each.falls, marker="o", markersize=3, color=SIMULATED)
            axes.axhline(CUT, color=ALERT, linewidth=0.9, linestyle="--")
            axes.axvline(pair.value(each.name), color=MUTED, linewidth=0.9)
            axes.set_title(each.name)
        panels[0].set_ylim(0, 4 * CUT)
        panels[0].set_ylabel("fall of 2 ln L")
        svg, png = save_bytes(figure)
    return Drawing(
        "evidence-profiles",
        svg,
        png,
        "Profile likelihood of the dynamics of the pair with the cities' own clocks.",
        "Fall of twice the log likelihood with one parameter held and all others estimated. Values below the dashed "
        "line are not rejected at 5 %; a curve that stays below it to the end of the range is not ended by the data.",
        wide=True,
    )
