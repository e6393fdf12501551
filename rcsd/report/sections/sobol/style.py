"""What the figures of a sensitivity analysis share: which parameters stand out, and in which colours."""

import numpy as np

from rcsd.analysis.sensitivity import SobolResult
from rcsd.report.chart import Words
from rcsd.report.chart.colours import REST

OTHERS = REST
"""Parameters that have no colour of their own."""

# Okabe and Ito's palette (2008), its yellow darkened so that lines show on white, then two more.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#A8A000", "#6B4226", "#1A1A1A")
"""A colour for each of the parameters that stand out, the same in every figure."""

_COLUMNS = 2


def leading(result: SobolResult) -> list[int]:
    """Order the parameters by their largest mean total index over the years of any output, the largest first."""
    total = result.indices.shown.total
    count = np.isfinite(total).sum(axis=0)
    mean = np.where(np.isfinite(total), total, 0.0).sum(axis=0) / np.maximum(count, 1)
    return [int(i) for i in np.argsort(-mean.max(axis=0), kind="stable")]


def coloured(result: SobolResult) -> dict[int, str]:
    """Give the leading parameters a colour each; where some get none, one colour less is used, to set grey off."""
    order = leading(result)
    own = order if len(order) <= len(COLOURS) else order[: len(COLOURS) - 1]
    return dict(zip(own, COLOURS, strict=False))


def empty_words(*, undetermined: bool) -> Words:
    """Say in an empty panel why it is empty."""
    return Words("not determined" if undetermined else "does not vary")


def columns(result: SobolResult) -> int:
    """Return how many panels, one for each output, stand in a row."""
    return min(len(result.outputs), _COLUMNS)
