"""From point to line to surface to domain."""

from collections.abc import Sequence

from rcsd.papers.hypercycle import Rung
from rcsd.papers.hypercycle.figures.wording import in_lines
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import ALERT, MUTED, OBSERVED, SIMULATED, WIDE, house_style, legend_below, new_figure


def ladder_figure(rungs: Sequence[Rung]) -> Drawing:
    """Draw the advantage of each step, simulated and from the formula of equal shares, and what the step needs."""
    with house_style():
        figure = new_figure((WIDE[0], 4.4))
        axes = figure.add_subplot()
        heights = [rung.advantage for rung in rungs]
        colours = [SIMULATED if rung.met else "#C9D6DF" for rung in rungs]
        axes.bar(range(len(rungs)), heights, width=0.55, color=colours, zorder=2)
        axes.plot(
            range(len(rungs)), [rung.shared for rung in rungs], "_", color=ALERT, markersize=26, markeredgewidth=2,
            zorder=3, label="all units at equal shares (formula)",
        )  # fmt: skip
        room = 0.04 * max(*heights, *(rung.shared for rung in rungs), 1e-9)
        for at, rung in enumerate(rungs):
            level = max(rung.advantage, rung.shared)
            axes.text(at, level + room, f"{rung.advantage:.4f}", ha="center", va="bottom", color=OBSERVED)
        axes.set_xticks(
            range(len(rungs)),
            [
                f"{rung.step}: {rung.mode}\n{in_lines(rung.needs, 29)}\n{'met' if rung.met else 'not met'}{_open(rung)}"
                for rung in rungs
            ],
        )
        axes.axhline(0, color=MUTED, linewidth=0.8)
        axes.margins(y=0.15)
        axes.grid(visible=False, axis="x")
        axes.set_ylabel("advantage in the long run, 1/year")
        legend_below(figure, axes, columns=1)
        svg, png = save_bytes(figure)
    said = ", ".join(f"{rung.step} {rung.advantage:.4f}" for rung in rungs)
    return Drawing(
        "hypercycle-ladder",
        svg,
        png,
        f"Industrial advantage a year: {said}.",
        "From point to line to surface to domain: the advantage that each innovation mode ends with, and under it what "
        "the step needs to last and to pay; a pale bar is a step that does not.",
        wide=True,
    )


def _open(rung: Rung) -> str:
    """Say so where the run does not show who is left."""
    return "" if rung.decided else f"\nundecided after\n{rung.years:,.0f} years"
