"""What formulas of indicators may call beside ``+ - * /``."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rcsd.papers.resilience.inputs.diversity import shannon
from rcsd.simulation.functions import Function, Primitive, Registry

Floats = NDArray[np.float64]


def _parts(parts: tuple[Floats, ...]) -> Floats:
    whole = np.stack(np.broadcast_arrays(*parts), axis=-1)
    return np.where((whole >= 0) & np.isfinite(whole), whole, np.nan)  # a part of a whole cannot be negative


def _shannon(*parts: Floats) -> Floats:
    return shannon(_parts(parts))


def _share(*parts: Floats) -> Floats:
    whole = _parts(parts)
    return np.asarray(whole[..., 0] / whole.sum(axis=-1))


def _change(x: Floats) -> Floats:
    growth = np.full(x.shape, np.nan)
    growth[..., 1:] = x[..., 1:] / x[..., :-1] - 1
    return growth


FUNCTIONS = Registry(
    {
        "Formulas of indicators": [
            Function(
                "Shannon index of its arguments, the parts of a whole (Peng and Ji, eqs 1-3).",
                Primitive(_shannon),
                vensim="shannon(part, part, ...)",
            ),
            Function("The first argument over the sum of all.", Primitive(_share), vensim="share(part, part, ...)"),
            Function(
                "Growth from the year before, as a share of that year's value.",
                Primitive(_change),
                vensim="change(series)",
            ),
        ]
    }
)
