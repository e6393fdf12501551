"""What if: later prices drawn from their own history, runs that each have a course of their own, paired comparisons."""

from __future__ import annotations

from rcsd.analysis.scenarios.comparison import Comparison, compare, share_between
from rcsd.analysis.scenarios.courses import CourseSimulator
from rcsd.analysis.scenarios.definition import Better, Claim, Lever, Measure, Outcome, Scenario, ScenarioSet
from rcsd.analysis.scenarios.process import LogProcess, log_process

__all__ = [
    "Better",
    "Claim",
    "Comparison",
    "CourseSimulator",
    "Lever",
    "LogProcess",
    "Measure",
    "Outcome",
    "Scenario",
    "ScenarioSet",
    "compare",
    "log_process",
    "share_between",
]
