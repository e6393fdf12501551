"""Which parameter moves an output, year by year: stacked total-order indices."""

import numpy as np

from rcsd.report.chart import Band, Chart, Layer, Line, Panel, Rule, linear, time
from rcsd.report.drawing.style import OBSERVED
from rcsd.report.sections.sobol.style import OTHERS, coloured, columns, empty_words, leading
from rcsd.report.spoken import span
from rcsd.report.wording import count, listing
from rcsd.study.sobol.result import SobolStudy


def areas_figure(study: SobolStudy) -> Chart:
    """Draw the total-order indices of every output as areas over the years, the parameters stacked."""
    result = study.result
    order = leading(result)
    own = coloured(result)
    others = [i for i in order if i not in own]
    rest = len(order) - len(own)
    names = listing([result.parameters[i] for i in own]) + (f", and {count(rest, 'other')} in grey" if rest else "")
    return Chart(
        "total-by-year",
        tuple(_panel(study, output, own, others) for output in range(len(result.outputs))),
        f"Total-order Sobol indices of {listing(result.outputs)}, {span(result.times[0], result.times[-1])}, stacked "
        f"by parameter: {names}.",
        "Total-order indices, stacked: the share of the variance that each parameter takes part in. They add up to 1 "
        "(thin line) where parameters act alone, and to more where they act together; the dotted line is the sum of "
        "the first-order indices. The dashed line ends the time with data. Where nothing is drawn the output does not "
        "vary, or the sample does not determine its indices.",
        wide=True,
        columns=columns(result),
        vertical="total-order index, stacked",
    )


def _panel(study: SobolStudy, output: int, own: dict[int, str], rest: list[int]) -> Panel:
    result = study.result
    shown = result.indices.shown
    total, varies = shown.total[:, output], ~np.isnan(shown.total[:, output]).any(axis=-1)
    parts = [(total[:, i], colour, result.parameters[i]) for i, colour in own.items()]
    if rest:
        parts.append((total[:, rest].sum(axis=1), OTHERS, count(len(rest), "other parameter")))
    layers: list[Layer] = []
    bottom = np.where(varies, 0.0, np.nan)
    for height, colour, label in parts:
        layers.append(Band(result.times, bottom, bottom + height, label, colour, 0.9, stacked=True))
        bottom = bottom + height
    first = np.where(varies, shown.first[:, output].sum(axis=1), np.nan)
    layers += [Rule(1.0), Line(result.times, first, "sum of first order", OBSERVED, "dotted", 1.2)]
    if study.data_end < study.horizon:
        layers.append(Rule(study.data_end, dash="dashed", width=0.9, along="x"))
    if not varies.any():
        layers.append(empty_words(undetermined=bool(shown.undetermined[:, output].any())))
    low = min(0.0, float(np.nanmin(first, initial=0.0)) - 0.02)
    years = time(float(result.times[0]), float(result.times[-1]))
    return Panel(tuple(layers), years, linear(low=low), result.outputs[output], height=2.4)
