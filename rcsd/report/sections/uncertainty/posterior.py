"""Draws of the posterior: every parameter over its prior, and how parameters go together."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration import Posterior
from rcsd.report.chart import Boxes, Cells, Chart, Layer, Line, Panel, Points, Rule, linear, named
from rcsd.report.drawing.style import OBSERVED, PRIOR_LINE, SIMULATED
from rcsd.report.wording import count
from rcsd.study.findings.parameters import ParameterResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.parameters import PARAMETERS

_COLUMNS = 3
_BINS = 30
_LIKELY = 0.03
"""Share of its peak from which on a prior is shown."""
_STRONGEST = 3
"""Pairs whose draws are shown."""
_DRAWS = 300
"""Draws of each that are shown."""
_PAIR = 2
"""Parameters whose one correlation the title of their draws says."""
_LETTERED = 16
"""Up to so many parameters, correlations are written into their cells."""


def marginals_figure(result: StudyResult, posterior: Posterior) -> Chart:
    """Draw the distribution of every parameter, with its prior and its least-squares estimate."""
    draws, parameters = posterior.draws, result[PARAMETERS].parameters
    return Chart(
        "marginals",
        tuple(_marginal(each, draws.values[:, draws.names.index(each.name)]) for each in parameters),
        f"Posterior distributions of {count(len(parameters), 'parameter')} over their priors.",
        f"What {count(draws.n, 'draw')} of the posterior say of each parameter (blue) over what was assumed before "
        "(green line): where both look alike the data have added nothing. Dashed: the least-squares estimate.",
        wide=True,
        columns=min(_COLUMNS, len(parameters)),
        vertical="density",
    )


def _marginal(parameter: ParameterResult, values: NDArray[np.float64]) -> Panel:
    shape = parameter.shape
    density, edges = np.histogram(values, bins=_BINS, density=True)
    likely = shape.values[shape.density > _LIKELY * shape.density.max()]
    low, high = min(values.min(), likely.min()), max(values.max(), likely.max())
    margin = 0.02 * float(high - low)
    layers = (
        Boxes(edges[:-1], edges[1:], np.zeros(_BINS), density, "posterior"),
        Line(shape.values, shape.density, "prior", PRIOR_LINE, width=1.3),
        Rule(parameter.estimate, "least squares", OBSERVED, "dashed", 1.0, along="x"),
    )
    across = linear(low=float(low) - margin, high=float(high) + margin)
    return Panel(layers, across, linear(low=0.0, ticks=()), parameter.name, height=1.7)


def pair_figure(result: StudyResult, posterior: Posterior) -> Chart:
    """Draw the correlation of every pair of parameters, and the draws of the strongest, on search scales."""
    draws = posterior.draws
    n = len(draws.names)
    scales = {parameter.name: parameter.scale for parameter in result[PARAMETERS].parameters}
    values, correlations = draws.on_search_scales(scales), draws.correlations(scales)
    names = [name if scales[name] == "linear" else f"{name} ({scales[name]})" for name in draws.names]
    strongest = _strongest(correlations)
    clouds = tuple(_cloud(values, names, correlations, *pair) for pair in strongest)
    told = ""
    if strongest:
        first, second = strongest[0]
        told = (
            f" The strongest correlation, {correlations[first, second]:+.2f}, is between {draws.names[first]} and "
            f"{draws.names[second]}."
        )
    return Chart(
        "pairs",
        (*((_matrix(correlations, names),) if n != _PAIR else ()), *clouds),
        f"Posterior correlations of every pair of {count(n, 'parameter')}.{told}",
        "How parameters go together in the draws: the correlation of each pair, and the draws of the pairs that go "
        "together most, where a narrow slanted ridge is a pair that the data only know together."
        + _scales_said(scales.values()),
        wide=n != _PAIR,
        columns=max(1, len(clouds)),
    )


def _matrix(correlations: NDArray[np.float64], names: list[str]) -> Panel:
    n = len(names)
    below = np.where(np.tri(n, k=-1, dtype=bool), correlations, np.nan)[1:, :-1] if n > 1 else correlations
    shown = np.round(below, 2) + 0.0
    texts = tuple(tuple("" if np.isnan(value) else f"{value:+.2f}" for value in row) for row in shown)
    cells = Cells(below, texts if n <= _LETTERED else (), -1.0, 1.0, "differences", label="correlation")
    rows, columns = (names[1:], names[:-1]) if n > 1 else (names, names)
    return Panel((cells,), named(columns), named(rows), "Correlations", height=1.5 + 0.26 * n, across=True)


def _cloud(
    values: NDArray[np.float64], names: list[str], correlations: NDArray[np.float64], first: int, second: int
) -> Panel:
    # evenly through all draws, so that every chain is in it
    some = np.unique(np.linspace(0, len(values) - 1, _DRAWS).round().astype(int))
    points: tuple[Layer, ...] = (
        Points(values[some, first], values[some, second], "draws", SIMULATED, "dot", size=3.0, opacity=0.35),
    )
    title = f"Correlation {correlations[first, second]:+.2f}"
    return Panel(points, linear(names[first]), linear(names[second]), title, height=2.3)


def _strongest(correlations: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Return the pairs that go together most, the strongest first."""
    size = np.abs(np.tril(correlations, -1))
    order = np.argsort(-size, axis=None, kind="stable")[:_STRONGEST]
    pairs = [np.unravel_index(int(place), size.shape) for place in order]
    return [(int(second), int(first)) for first, second in pairs if first > second]


def _scales_said(scales: Iterable[str]) -> str:
    """Say what stands for a parameter that is not searched on its natural scale; nothing where all are."""
    said = {"log": "(log) stands for its logarithm", "logit": "(logit) stands for the logarithm of its odds"}
    found = set(scales)
    words = ", ".join(text for scale, text in said.items() if scale in found)
    return f" Each parameter is on the scale of its search: {words}." if words else ""
