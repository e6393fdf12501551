"""The phase plane of x and alpha."""

from matplotlib.axes import Axes

from rcsd.papers.coevolution import LimitCycle, PhasePortrait
from rcsd.papers.coevolution.figures.wording import settings
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import CITY_COLOURS, MUTED, OBSERVED, WIDE, house_style, legend_below, new_figure
from rcsd.report.wording import count

_X, _ALPHA, _CYCLE = CITY_COLOURS[0], CITY_COLOURS[1], CITY_COLOURS[2]


def phase_figure(portrait: PhasePortrait) -> Drawing:
    """Draw the streams, nullclines, equilibria and cycles of the pair, with one path on them."""
    with house_style():
        figure = new_figure((WIDE[0], 5.6))
        axes = figure.add_subplot()
        axes.streamplot(
            portrait.x, portrait.alpha, portrait.force, portrait.drift, color="#C4C4C4", linewidth=0.6, arrowsize=0.7
        )
        axes.plot(*portrait.x_nullcline, color=_X, linewidth=1.3, linestyle="--", label="dx/dt = 0")
        axes.plot(*portrait.alpha_nullcline, color=_ALPHA, linewidth=1.3, linestyle="--", label="dα/dt = 0")
        for cycle in portrait.cycles:
            _draw_cycle(axes, cycle)
        axes.plot(portrait.path.preference, portrait.path.alpha, color=OBSERVED, linewidth=1.0, label="path")
        axes.plot(portrait.path.preference[:1], portrait.path.alpha[:1], "s", color=OBSERVED, markersize=5)
        _draw_equilibria(axes, portrait)
        axes.set_xlim(-1.03, 1.03)
        axes.set_ylim(portrait.alpha[0], portrait.alpha[-1])
        axes.set_xlabel("x: technology (−1) to institutions (+1)")
        axes.set_ylabel("α")
        legend_below(figure, axes, columns=4)
        svg, png = save_bytes(figure)
    points = ", ".join(
        f"{_article(point.kind)} {point.kind} at x = {point.x + 0.0:.3g}" for point in portrait.equilibria
    )
    n_points = count(len(portrait.equilibria), "equilibrium", "equilibria")
    cycles = "; ".join(_in_words(cycle) for cycle in portrait.cycles) or "no cycle was found"
    return Drawing(
        "coevolution-phase",
        svg,
        png,
        f"Phase plane of x and α with {n_points}: {points}; {cycles}.",
        f"Streams of the pair, the lines on which x or α stands still, points at rest and cycles; the path begins at "
        f"the square. {cycles[:1].upper()}{cycles[1:]}. {settings(portrait.parameters)}.",
        wide=True,
    )


def _draw_cycle(axes: Axes, cycle: LimitCycle) -> None:
    kind, style = ("stable", "-") if cycle.stable else ("unstable", (0, (1, 1)))
    axes.plot(cycle.preference, cycle.alpha, color=_CYCLE, linewidth=3.4, linestyle=style, label=f"{kind} cycle")


def _draw_equilibria(axes: Axes, portrait: PhasePortrait) -> None:
    marks = {True: (OBSERVED, "stable equilibrium"), False: ("white", "unstable equilibrium")}
    for point in portrait.equilibria:
        face, label = ("white", "saddle") if point.kind == "saddle" else marks[point.stable]
        axes.plot(
            point.x,
            point.alpha,
            "D" if point.kind == "saddle" else "o",
            color=MUTED if point.kind == "saddle" else OBSERVED,
            markerfacecolor=face,
            markersize=7,
            linestyle="none",
            label=label,
            zorder=5,
        )


def _article(noun: str) -> str:
    return "an" if noun.startswith("unstable") else "a"


def _in_words(cycle: LimitCycle) -> str:
    kind = "a stable cycle" if cycle.stable else "an unstable cycle"
    around = "" if cycle.centre[0] == 0 else f" around x = {cycle.centre[0]:.3g}"
    return f"{kind}{around} of amplitude {cycle.amplitude:.3g} and period {cycle.period:.3g} years"
