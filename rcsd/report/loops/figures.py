"""Draws which loops rule a run, and in what share of many runs each rules."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from rcsd.analysis.loops import Dominance, LoopAnalysis, Ruling
from rcsd.report.chart import Band, Cells, Chart, Line, Panel, Rule, linear, named
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import CITY_COLOURS, WIDE, house_style, new_figure
from rcsd.report.loops.words import ruling_alt, scores_alt
from rcsd.tables import shortened

_SEEN = 0.1
"""Per cent that can be seen in a drawing."""
_STACKED = 6
"""Loops with a colour of their own in a partition."""
_PANELS = 4
_NAMED = 3
"""Stocks in the title of a panel."""
_LABEL = 44
_REST = "#C9C9C9"


def scores_figure(found: LoopAnalysis) -> Drawing | None:
    """Draw relative loop scores of one run, stacked: reinforcing loops upwards, balancing ones downwards.

    None where no partition has two loops: one loop alone has all of the score.
    """
    shown = sorted((i for i, each in enumerate(found.partitions) if each.n_loops > 1), key=lambda i: _size(found, i))
    shown = shown[:_PANELS]
    if not shown:
        return None
    with house_style():
        figure = new_figure((WIDE[0], 1.0 + 2.9 * len(shown)))
        panels = list(np.ravel(figure.subplots(len(shown), 1, sharex=True, squeeze=False)))
        for axes, partition in zip(panels, shown, strict=True):
            _stack(axes, found, partition)
        panels[-1].set_xlabel("time")
        svg, png = save_bytes(figure)
    return Drawing(
        "loop-scores",
        svg,
        png,
        scores_alt(found),
        "Relative loop scores: reinforcing loops above zero, balancing loops below; all absolute scores of a panel add "
        "up to 100 %.",
        wide=True,
    )


def _size(found: LoopAnalysis, partition: int) -> tuple[int, int]:
    return -found.partitions[partition].n_loops, partition


def _stack(axes: Axes, found: LoopAnalysis, partition: int) -> None:
    own = [i for i, loop in enumerate(found.loops) if loop.partition == partition and loop.mean_share > 0]
    own = sorted(own, key=lambda i: -found.loops[i].mean_share)[:_STACKED]
    percent = 100 * found.relative[1:, own]
    times = found.times[1:]
    reinforcing = np.nan_to_num(100 * found.partitions[partition].reinforcing[1:])
    moves = np.isfinite(found.partitions[partition].reinforcing[1:])
    rest_up = reinforcing - np.maximum(percent, 0).sum(axis=1)
    rest_down = np.where(moves, reinforcing - 100, 0.0) - np.minimum(percent, 0).sum(axis=1)
    labels = [shortened(_label(found, i), _LABEL) for i in own]
    labels.append("all others" if max(rest_up.max(), -rest_down.min()) > _SEEN else "")
    colours = [*CITY_COLOURS[: len(own)], _REST]
    axes.stackplot(times, *np.maximum(percent, 0).T, np.maximum(rest_up, 0), labels=labels, colors=colours)
    axes.stackplot(times, *np.minimum(percent, 0).T, np.minimum(rest_down, 0), colors=colours)
    axes.axhline(0, color="#333333", linewidth=0.8)
    axes.set_ylim(-100, 100)
    axes.set_ylabel("share of scores, %")
    states = found.partitions[partition].states
    more = f" and {len(states) - _NAMED} more stocks" if len(states) > _NAMED else ""
    axes.set_title(", ".join(states[:_NAMED]) + more)
    axes.margins(x=0)
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0))


def _label(found: LoopAnalysis, i: int) -> str:
    loop = found.loops[i]
    return f"{loop.id} {loop.name or loop.chain}"


def ruling_figure(found: Dominance, *, name: str = "loop-dominance") -> Chart | None:
    """Draw in what share of many runs each loop with a name rules, by period, and how much all reinforcing ones have.

    Single loops take their place where none has a name. None where nothing moves.
    """
    rows = [each for each in found.families or found.loops if np.nansum(each.rules) > 0]
    if not rows:
        return None
    panels = (_rules(found, rows), _reinforcing(found))
    caption = (
        "In each period of each run, relative loop scores are averaged; the loop with the greatest average has the "
        "most. Below: the share of all reinforcing loops; the rest is balancing."
    )
    return Chart(name, panels, ruling_alt(found, rows), caption, wide=True)


def _rules(found: Dominance, rows: Sequence[Ruling]) -> Panel:
    rules = 100 * np.array([each.rules for each in rows])
    texts = tuple(tuple(f"{share:.0f}" if np.isfinite(share) and share >= 1 else "" for share in row) for row in rules)
    starts = [f"{start:g}" for start in found.starts]
    names = named([shortened(each.name, _LABEL) for each in rows])
    title = "Share of the runs in which each loop rules, %"
    return Panel((Cells(rules, texts, 0.0, 100.0),), named(starts), names, title, height=1.0 + 0.33 * len(rows))


def _reinforcing(found: Dominance) -> Panel:
    share = found.reinforcing
    layers = (
        Band(found.starts, 100 * share.low, 100 * share.high, "90 % of the runs"),
        Rule(50.0, dash="dashed"),
        Line(found.starts, 100 * share.median, "median"),
    )
    times = linear(whole=bool(np.array_equal(found.starts, np.round(found.starts))))
    return Panel(layers, times, linear(low=0.0, high=100.0), "Share of all scores that is reinforcing, %", height=1.9)
