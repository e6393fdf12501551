"""Estimates what a model's stocks were, and what its slow parameters are, from series with errors.

`filter_states` runs an ensemble Kalman filter and smoother on any simulator whose runs can be continued
(`rcsd.restart.RestartableSimulator`); `forecast_states` goes on from where it has kept the members.
"""

from __future__ import annotations

from rcsd.analysis.state.filtering import filter_states
from rcsd.analysis.state.forecasting import StateForecast, forecast_states
from rcsd.analysis.state.process import Disturbance, Gap, Process, Update, Walk, prior_members
from rcsd.analysis.state.pulls import Pull, pulls
from rcsd.analysis.state.result import Consistency, Estimate, Filtered, Innovations, Summary

__all__ = [
    "Consistency",
    "Disturbance",
    "Estimate",
    "Filtered",
    "Gap",
    "Innovations",
    "Process",
    "Pull",
    "StateForecast",
    "Summary",
    "Update",
    "Walk",
    "filter_states",
    "forecast_states",
    "prior_members",
    "pulls",
]
