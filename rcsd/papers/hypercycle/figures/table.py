"""Table 1 of the paper with the outcome of each row."""

from collections.abc import Mapping, Sequence

from rcsd.papers.hypercycle import Experiment
from rcsd.papers.hypercycle.figures.wording import in_lines
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import ALERT, MUTED, OBSERVED, PRIOR_LINE, WIDE, house_style, new_figure

_COLUMNS = (("Row of Table 1", 0.0, 38), ("Hypothesis", 0.29, 44), ("Outcome", 0.62, 40), ("Holds", 0.94, 6))


def table_figure(experiments: Sequence[Experiment], ranges: Mapping[str, tuple[float, ...]] | None = None) -> Drawing:
    """Write each row of Table 1, what must come out of its experiment, and what came out.

    Parameters
    ----------
    experiments
        The rows.
    ranges
        For each row's key the links, 1/Year, at which it holds; untold when None.
    """
    cells = [
        [in_lines(text, width) for text, (_, _, width) in zip(_texts(each, ranges or {}), _COLUMNS, strict=True)]
        for each in experiments
    ]
    heights = [max(text.count("\n") + 1 for text in row) + 0.9 for row in cells]
    total = sum(heights) + 2.0
    with house_style():
        figure = new_figure((WIDE[0], 0.165 * total))
        axes = figure.add_subplot()
        axes.axis("off")
        axes.set_xlim(0, 1)
        axes.set_ylim(total, 0)
        for title, left, _ in _COLUMNS:
            axes.text(left, 0.4, title, weight="bold", va="top")
        below = 2.0
        for row, height, experiment in zip(cells, heights, experiments, strict=True):
            axes.axhline(below - 0.3, color=MUTED, linewidth=0.5)
            for text, (title, left, _) in zip(row, _COLUMNS, strict=True):
                colour = OBSERVED if title != "Holds" else PRIOR_LINE if experiment.holds else ALERT
                axes.text(left, below, text, va="top", fontsize=7.5, color=colour, linespacing=1.25)
            below += height
        svg, png = save_bytes(figure)
    held = sum(experiment.holds for experiment in experiments)
    return Drawing(
        "hypercycle-table",
        svg,
        png,
        f"Table 1 as experiments: {held} of {len(experiments)} rows come out as the paper says.",
        "Each row of Table 1 as an experiment with three enterprises: what the row says, what must come out in the "
        "network, and what came out; advantages and rates are 1/year.",
        wide=True,
    )


def _texts(experiment: Experiment, ranges: Mapping[str, tuple[float, ...]]) -> tuple[str, str, str, str]:
    outcome, links = experiment.outcome, ranges.get(experiment.key)
    if links is not None:
        listed = ", ".join(f"{link:g}" for link in links)
        outcome += f"; holds at links of {listed}" if links else "; holds at no link tried"
    return experiment.row, experiment.hypothesis, outcome, "yes" if experiment.holds else "no"
