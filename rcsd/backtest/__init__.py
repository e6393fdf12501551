"""Scores the years that no fit has seen, beside the trivial forecasts."""

from __future__ import annotations

from rcsd.backtest.baselines import BASELINES
from rcsd.backtest.result import BaselineScore, HoldoutScore
from rcsd.backtest.scoring import score

__all__ = ["BASELINES", "BaselineScore", "HoldoutScore", "score"]
