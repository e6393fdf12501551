"""Output by parameter at a few times: total-order indices as a heat map."""

import numpy as np

from rcsd.report.chart import Cells, Chart, Panel, named
from rcsd.report.sections.sobol.style import leading
from rcsd.report.spoken import at_times, when
from rcsd.report.wording import MISSING, fixed, listing
from rcsd.study.sobol.result import SobolStudy


def heat_figure(study: SobolStudy) -> Chart:
    """Draw a heat map for each chosen time, parameters down and outputs across."""
    result = study.result
    order = leading(result)
    times = study.chosen_times
    panels = tuple(_panel(study, time, order, last=time == times[-1]) for time in times)
    years = at_times(*study.chosen_times)
    return Chart(
        "outputs-and-parameters",
        panels,
        f"Total-order indices {years} of {listing(result.outputs)} (across) by parameter (down).",
        f"Total-order indices {years}. Pale: the {100 * result.confidence:g} % interval reaches zero. A "
        "dash: the output does not vary, or the sample does not determine its indices.",
        wide=True,
        columns=len(panels),
    )


def _panel(study: SobolStudy, time: float, order: list[int], *, last: bool) -> Panel:
    result = study.result
    at = result.time_index(time)
    shown = result.indices.shown
    total, conf = shown.total[at][:, order].T, shown.total_conf[at][:, order].T
    texts = tuple(tuple(MISSING if np.isnan(value) else fixed(value, 2) for value in row) for row in total)
    cells = Cells(total, texts, pale=total <= conf, label="total-order index" if last else "")
    names = named([result.parameters[i] for i in order])
    return Panel((cells,), named(result.outputs), names, when(time), height=2.0 + 0.26 * len(order))
