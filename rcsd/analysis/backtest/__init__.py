"""Scores the years that no fit has seen, beside the benchmark forecasts."""

from __future__ import annotations

from rcsd.analysis.backtest.baselines import BASELINES
from rcsd.analysis.backtest.result import BaselineScore, HoldoutScore
from rcsd.analysis.backtest.scoring import benchmark_scores, score

__all__ = ["BASELINES", "BaselineScore", "HoldoutScore", "benchmark_scores", "score"]
