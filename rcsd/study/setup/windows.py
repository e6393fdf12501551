"""Which periods are fitted, held out and forecast."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rcsd.study.setup.proposal import Windows

_SHARE = 0.2
"""Of the periods with data, held out at the end."""
_LEAST = 6
"""Periods with data below which none is held out."""


def windows_of(periods: Sequence[NDArray[np.int_]], last: float) -> Windows:
    """Propose windows.

    Parameters
    ----------
    periods
        Of each series, by the study's clock.
    last
        Last period that the model reaches, or may be made to reach.
    """
    have = np.unique(np.concatenate(periods))
    n_held = round(_SHARE * have.size) if have.size >= _LEAST else 0
    first, end = int(have[0]), int(have[-1])
    ahead = max(1, round(_SHARE * (end - first + 1)))
    horizon = int(min(end + ahead, np.floor(last)))
    fit_end = int(have[-1 - n_held])
    return Windows(
        fit=(first, fit_end),
        holdout=(int(have[-n_held]), end) if n_held else None,
        horizon=horizon if horizon > end else None,
    )
