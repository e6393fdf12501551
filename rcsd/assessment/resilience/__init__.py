"""The economic resilience index of Peng and Ji (2023), eqs (1)-(9), over indicators that a file defines.

A file of indicators and the series it names are read by `load_indicators`; `assess` makes the index, `robustness` and
`rank_acceptability` say what the ranking hangs on, and `index_draws` carries the index on from a model's forecasts.
"""

from __future__ import annotations

from rcsd.assessment.resilience.acceptability import Acceptability, rank_acceptability
from rcsd.assessment.resilience.assessment import Assessment, Scheme, assess, mean_over
from rcsd.assessment.resilience.claims import (
    INDEX,
    Claims,
    Judged,
    judge_order,
    judge_orders,
    judge_weights,
    load_claims,
)
from rcsd.assessment.resilience.forecast import (
    IndexBand,
    IndexDraws,
    covered,
    errors_of,
    index_band,
    index_draws,
    joint_means,
    period_means,
    rank_shares,
)
from rcsd.assessment.resilience.formula import Formula, parse_formula
from rcsd.assessment.resilience.indicators import Indicator, IndicatorSet, System
from rcsd.assessment.resilience.reading import load_indicators
from rcsd.assessment.resilience.robustness import Variant, robustness
from rcsd.assessment.resilience.series_table import SeriesTable

__all__ = [
    "INDEX",
    "Acceptability",
    "Assessment",
    "Claims",
    "Formula",
    "IndexBand",
    "IndexDraws",
    "Indicator",
    "IndicatorSet",
    "Judged",
    "Scheme",
    "SeriesTable",
    "System",
    "Variant",
    "assess",
    "covered",
    "errors_of",
    "index_band",
    "index_draws",
    "joint_means",
    "judge_order",
    "judge_orders",
    "judge_weights",
    "load_claims",
    "load_indicators",
    "mean_over",
    "parse_formula",
    "period_means",
    "rank_acceptability",
    "rank_shares",
    "robustness",
]
