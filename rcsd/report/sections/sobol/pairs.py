"""Which parameters act together: second-order indices as matrices."""

import numpy as np

from rcsd.analysis.sensitivity import ranking
from rcsd.report.chart import Cells, Chart, Layer, Panel, Points, named
from rcsd.report.drawing.style import OBSERVED
from rcsd.report.sections.sobol.style import columns, empty_words, leading
from rcsd.report.spoken import at_times
from rcsd.report.wording import count, listing, number
from rcsd.study.sobol.result import SobolStudy

_MOST = 12
"""More parameters than that are too small to read."""


def pairs_figure(study: SobolStudy) -> Chart:
    """Draw the second-order indices of every output at the horizon, each pair once."""
    result = study.result
    order = sorted(leading(result)[:_MOST])
    strongest = _strongest(study)
    panels = tuple(_panel(study, output, order, strongest) for output in range(len(result.outputs)))
    left = len(result.parameters) - len(order)
    return Chart(
        "pairs",
        panels,
        f"Second-order indices of every pair of parameters {at_times(study.horizon)} for {listing(result.outputs)}; "
        f"the largest size is {number(strongest, 2)}.",
        f"Second-order indices {at_times(study.horizon)}: the share of the variance that a pair explains beyond its "
        f"two members. A dot marks a pair whose {100 * result.confidence:g} % interval lies above zero and reaches the "
        "totals of both its members; all others are pale. Values below zero are errors of estimation."
        + (f" {count(left, 'parameter')} with small totals not drawn." if left else ""),
        wide=True,
        columns=columns(result),
    )


def _strongest(study: SobolStudy) -> float:
    second = study.result.indices.shown.second
    if second is None:
        return 1e-3
    size = np.abs(second[study.result.time_index(study.horizon)])
    return max(1e-3, float(np.nanmax(size, initial=0.0)))


def _panel(study: SobolStudy, output: int, order: list[int], strongest: float) -> Panel:
    result, at = study.result, study.result.time_index(study.horizon)
    square = np.ix_(order[:-1], order[1:])  # the first parameter is never the second of a pair, nor the last the first
    second = result.indices.shown.second
    shown = np.full((len(order) - 1,) * 2, np.nan) if second is None else second[at, output][square]
    names = [result.parameters[i] for i in order]
    sure = np.zeros(shown.shape, dtype=bool)
    found = ranking(result, result.outputs[output], study.horizon)
    for pair in found.pairs:
        if set(pair.parameters) <= set(names):
            sure[names.index(pair.parameters[0]), names.index(pair.parameters[1]) - 1] = True
    layers: list[Layer] = [
        Cells(
            shown, (), -strongest, strongest, "differences", ~sure,
            "second-order index" if output + 1 == len(result.outputs) else "",
        )
    ]  # fmt: skip
    rows, across = np.nonzero(sure)
    if rows.size:
        layers.append(Points(across, rows, "", OBSERVED, "dot", size=3.0))
    if not found.ranks:
        layers.append(empty_words(undetermined=found.undetermined))
    height = 1.3 + 0.24 * len(order)
    return Panel(tuple(layers), named(names[1:]), named(names[:-1]), result.outputs[output], height=height)
