"""What the targets ask for: by how much each input and output would change on the frontier."""

import numpy as np

from rcsd.papers.dea.assessment import Assessment
from rcsd.papers.dea.courses import improvements
from rcsd.papers.dea.figures.lines import colours, markers
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import CARD, MUTED, house_style, legend_below, new_figure
from rcsd.report.wording import listing


def improvement_figure(found: Assessment) -> Drawing:
    """Draw a row for each column of the table and a marker for each unit, or a group's median."""
    data, window = found.data, found.window
    names = (*data.input_names, *data.output_names, *data.undesirable_names)
    changes = improvements(found)
    labels = [name for name, _ in changes]
    colour, marker = colours(labels), markers(labels)
    last = f" of {data.distinct_periods[-1]}" if data.periods else ""
    with house_style():
        figure = new_figure((CARD[0], 1.5 + 0.45 * len(names)))
        axes = figure.add_subplot()
        rows = np.arange(len(names))
        for k, (name, change) in enumerate(changes):
            # side by side within a row, so that equal values stay visible
            offset = 0.16 * (k - (len(changes) - 1) / 2) / max(1, len(changes) / 4)
            axes.scatter(change, rows + offset, color=colour[name], marker=marker[name], s=26, label=name, zorder=3)
        axes.axvline(0, color=MUTED, linewidth=0.8)
        axes.axhline(len(data.input_names) - 0.5, color=MUTED, linewidth=0.6, linestyle=(0, (2, 2)))
        axes.set_yticks(rows, [window.label(name) for name in names])
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.margins(x=0.06)
        axes.set_xlabel("change to the target, %")
        legend_below(figure, axes, columns=4)
        svg, png = save_bytes(figure)
    medians = "" if len(changes) == len(set(data.units)) else " Markers are medians of a group."
    return Drawing(
        "dea-targets",
        svg,
        png,
        f"Change to the target of {listing([window.label(name).lower() for name in names])}{last}.",
        f"How to read it: each marker says by how many per cent an input (above the dotted line) could be less or an "
        f"output (below it) more{last} if the unit did as the mix of its peers does; 0 is as it is.{medians}",
    )
