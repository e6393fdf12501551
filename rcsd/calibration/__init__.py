"""Finds the parameters that fit the series, and says how well the data determine them."""

from __future__ import annotations

from rcsd.calibration.agreement import Agreement, agreement
from rcsd.calibration.density import LogPosterior
from rcsd.calibration.draws import Draws, laplace_draws
from rcsd.calibration.fitting import StartStore, assemble, fit, starting_points
from rcsd.calibration.identifiability import (
    COLLINEAR,
    HARDLY,
    INFINITE,
    Collinear,
    Identifiability,
    identifiability,
    verdict,
)
from rcsd.calibration.mode import Mode, find_mode
from rcsd.calibration.noise import Cells, Noise
from rcsd.calibration.posterior import Chains, Diagnostics, Posterior, sample
from rcsd.calibration.predictive import Predictive, predict, replicate
from rcsd.calibration.problem import PENALTY, Evaluation, Problem
from rcsd.calibration.profiles import Profile, Profiles, profiles
from rcsd.calibration.progress import Progress, silent
from rcsd.calibration.result import FitResult, Start
from rcsd.calibration.search import Search, descend
from rcsd.calibration.target import Kind, Target, scaled_residuals
from rcsd.calibration.uncertainty import inflation, slopes
from rcsd.calibration.whiteness import Whiteness, whiteness
from rcsd.calibration.workers import worker_pool

__all__ = [
    "COLLINEAR",
    "HARDLY",
    "INFINITE",
    "PENALTY",
    "Agreement",
    "Cells",
    "Chains",
    "Collinear",
    "Diagnostics",
    "Draws",
    "Evaluation",
    "FitResult",
    "Identifiability",
    "Kind",
    "LogPosterior",
    "Mode",
    "Noise",
    "Posterior",
    "Predictive",
    "Problem",
    "Profile",
    "Profiles",
    "Progress",
    "Search",
    "Start",
    "StartStore",
    "Target",
    "Whiteness",
    "agreement",
    "assemble",
    "descend",
    "find_mode",
    "fit",
    "identifiability",
    "inflation",
    "laplace_draws",
    "predict",
    "profiles",
    "replicate",
    "sample",
    "scaled_residuals",
    "silent",
    "slopes",
    "starting_points",
    "verdict",
    "whiteness",
    "worker_pool",
]
