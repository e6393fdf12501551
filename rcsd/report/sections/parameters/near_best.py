"""Where the starts that ended near the best cost lie."""

from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import ALERT, PRIOR, SIMULATED, WIDE, house_style, legend_below, new_figure
from rcsd.report.wording import count, percent
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.parameters import PARAMETERS


def near_best_figure(result: StudyResult) -> Drawing:
    """Draw a strip per parameter with the estimate of every near-best start on it."""
    found, n = result[CALIBRATE].agreement, len(result[PARAMETERS].parameters)
    with house_style():
        figure = new_figure((WIDE[0], 1.1 + 0.3 * n))
        axes = figure.add_subplot()
        axes.grid(visible=False)
        for row, parameter in enumerate(result[PARAMETERS].parameters):
            axes.hlines(row, 0, 1, color="#CFCFCF", linewidth=4, zorder=1)
            if parameter.strip.prior is not None:
                axes.hlines(row, *parameter.strip.prior, color=PRIOR, linewidth=9, zorder=2)
            apart = parameter.name in found.apart
            axes.plot(
                found.positions[parameter.name],
                [row] * found.n_near,
                "D" if apart else "o",
                color=ALERT if apart else SIMULATED,
                alpha=0.45,
                markeredgewidth=0,
                markersize=6.5,
                zorder=3,
            )
        for marker, colour, label, present in (
            ("o", SIMULATED, "a near-best start", len(found.apart) < n),
            ("D", ALERT, "a near-best start, where they differ", bool(found.apart)),
            ("s", PRIOR, "prior ± 1 sd", any(each.strip.prior is not None for each in result[PARAMETERS].parameters)),
        ):
            if present:
                axes.plot([], [], marker, color=colour, markersize=7, label=label)
        axes.set_yticks(range(n), [parameter.name for parameter in result[PARAMETERS].parameters])
        axes.set_ylim(n - 0.4, -0.6)
        axes.set_xlim(-0.03, 1.03)
        axes.set_xticks([0, 1], ["lower bound", "upper bound"])
        axes.tick_params(left=False)
        axes.spines["left"].set_visible(False)
        legend_below(figure, axes, columns=4)
        svg, png = save_bytes(figure)
    widest = max(found.spreads.values(), default=0.0)
    return Drawing(
        "near-best",
        svg,
        png,
        f"Estimates of {count(found.n_near, 'start')} near the lowest cost, within their bounds; the widest spread is "
        f"{percent(100 * widest, 1)} of a search interval.",
        "Estimates of the starts that ended within 1 % of the lowest cost, one dot each: a single dot to a row says "
        "that they ended in one place, a smear that the cost is level along that parameter.",
        wide=True,
    )
