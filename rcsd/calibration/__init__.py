"""Finds the parameters that fit the series, and says how well the data determine them."""

from __future__ import annotations

from rcsd.calibration.descent import Search, descend
from rcsd.calibration.fitting import StartStore, assemble, fit, starting_points
from rcsd.calibration.problem import PENALTY, Evaluation, Problem
from rcsd.calibration.progress import Progress, silent
from rcsd.calibration.result import FitResult, Start
from rcsd.calibration.target import Kind, Target, scaled_residuals
from rcsd.calibration.uncertainty import inflation, slopes

__all__ = [
    "PENALTY",
    "Evaluation",
    "FitResult",
    "Kind",
    "Problem",
    "Progress",
    "Search",
    "Start",
    "StartStore",
    "Target",
    "assemble",
    "descend",
    "fit",
    "inflation",
    "scaled_residuals",
    "silent",
    "slopes",
    "starting_points",
]
