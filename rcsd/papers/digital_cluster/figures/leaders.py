"""Leader changes by chance beside their mean."""

from rcsd.papers.digital_cluster import Survey
from rcsd.papers.digital_cluster.figures.wording import settings
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import CITY_COLOURS, MUTED, OBSERVED, WIDE, house_style, legend_below, new_figure

_DRAWN = 12


def leaders_figure(found: Survey) -> Drawing:
    """Draw the hazard, and some runs of leader changes in the band of all of them around the accumulated hazard."""
    times, leaders = found.path.times, found.leaders
    counts, spread, mean = leaders.counts(), leaders.spread(), leaders.mean()
    with house_style():
        figure = new_figure((WIDE[0], 3.9))
        left, right = figure.subplots(1, 2)
        left.plot(times, found.path.values["Leader Change Hazard"], color=CITY_COLOURS[0], label="hazard, 1/year")
        probability = found.path.values["Leader Change Probability"]
        horizon = found.path.parameters.leader_horizon
        left.plot(
            times,
            probability,
            color=CITY_COLOURS[1],
            linestyle="--",
            label=f"probability of a change in {horizon:g} years",
        )
        left.set_title("Leader change")
        for count in counts[:_DRAWN]:
            right.step(times, count, where="post", color=MUTED, linewidth=0.5, alpha=0.7, label="one run")
        right.fill_between(
            times, spread.low, spread.high, step="post", color=CITY_COLOURS[0], alpha=0.18, label="90 % of runs"
        )
        right.plot(times, mean, color=CITY_COLOURS[0], label="mean of runs")
        right.plot(times, leaders.accumulated, color=OBSERVED, linestyle=":", label="integral of the hazard")
        right.set_title("Changes so far")
        for axes in (left, right):
            axes.set_xlim(times[0], times[-1])
            axes.set_ylim(bottom=0)
            axes.set_xlabel("year")
        legend_below(figure, left, right, columns=3)
        svg, png = save_bytes(figure)
    return Drawing(
        "digital-leaders",
        svg,
        png,
        f"Leader changes in {counts.shape[0]} runs: {mean[-1]:.3g} on average after {times[-1]:g} years, "
        f"{leaders.accumulated[-1]:.3g} by the integral of the hazard; nine runs of ten "
        f"have {spread.low[-1]:g} to {spread.high[-1]:g}.",
        "How to read it: each thin step is one run drawn from the hazard on the left; their mean follows the integral "
        f"of the hazard. {settings(found.path.parameters)}.",
        wide=True,
    )
