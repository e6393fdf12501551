"""The economic resilience index of Peng and Ji (2023), eqs (1)-(9), over indicators that a file defines.

A file of indicators and the series it names are read by `load_indicators`; `assess` makes the index, `robustness` and
`rank_acceptability` say what the ranking depends on, and `index_draws` carries the index on from a model's forecasts.
"""

from typing import TYPE_CHECKING

from rcsd.facade import on_first_use

if TYPE_CHECKING:
    from rcsd.papers.resilience.claims import (
        INDEX,
        Claims,
        Judged,
        judge_order,
        judge_orders,
        judge_weights,
        load_claims,
    )
    from rcsd.papers.resilience.forecast import (
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
    from rcsd.papers.resilience.index.acceptability import Acceptability, rank_acceptability
    from rcsd.papers.resilience.index.assessment import Assessment, Scheme, assess, mean_over
    from rcsd.papers.resilience.index.robustness import Variant, robustness
    from rcsd.papers.resilience.inputs.formula import Formula, parse_formula
    from rcsd.papers.resilience.inputs.indicators import Indicator, IndicatorSet, System
    from rcsd.papers.resilience.inputs.reading import load_indicators
    from rcsd.papers.resilience.inputs.series_table import SeriesTable

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

__getattr__, __dir__ = on_first_use(__name__)
