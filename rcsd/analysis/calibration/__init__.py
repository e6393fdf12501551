"""Finds the parameters that fit the series, and says how well the data determine them."""

from __future__ import annotations

from rcsd.analysis.calibration.course import PLAIN, GapCourse
from rcsd.analysis.calibration.errors.kinds import COUNTS, GAPS, HEAVY, KINDS, LOGARITHMS, PLAIN_SPREAD, Kind, Spread
from rcsd.analysis.calibration.errors.model import ErrorModel, NoiseValues
from rcsd.analysis.calibration.errors.scaling import scaled_residuals
from rcsd.analysis.calibration.fit.agreement import Agreement, agreement
from rcsd.analysis.calibration.fit.fitting import StartStore, assemble, fit, starting_points
from rcsd.analysis.calibration.fit.result import FitResult, Start
from rcsd.analysis.calibration.fit.search import Search, descend
from rcsd.analysis.calibration.identifiability import (
    COLLINEAR,
    HARDLY,
    INFINITE,
    Collinear,
    Identifiability,
    identifiability,
    verdict,
)
from rcsd.analysis.calibration.noise import Cells, Noise
from rcsd.analysis.calibration.posterior.chains import Posterior, sample
from rcsd.analysis.calibration.posterior.density import LogPosterior
from rcsd.analysis.calibration.posterior.draws import Draws, laplace_draws
from rcsd.analysis.calibration.posterior.mode import Mode, find_mode
from rcsd.analysis.calibration.posterior.predictive import Predictive, predict, replicate
from rcsd.analysis.calibration.posterior.sampler.diagnostics import Diagnostics
from rcsd.analysis.calibration.posterior.sampling import Sampling
from rcsd.analysis.calibration.problem import PENALTY, Evaluation, Problem
from rcsd.analysis.calibration.profiles import Profile, Profiles, profiles
from rcsd.analysis.calibration.target import Target
from rcsd.analysis.calibration.uncertainty import inflation, slopes
from rcsd.analysis.calibration.whiteness import Whiteness, whiteness

__all__ = [
    "COLLINEAR",
    "COUNTS",
    "GAPS",
    "HARDLY",
    "HEAVY",
    "INFINITE",
    "KINDS",
    "LOGARITHMS",
    "PENALTY",
    "PLAIN",
    "PLAIN_SPREAD",
    "Agreement",
    "Cells",
    "Collinear",
    "Diagnostics",
    "Draws",
    "ErrorModel",
    "Evaluation",
    "FitResult",
    "GapCourse",
    "Identifiability",
    "Kind",
    "LogPosterior",
    "Mode",
    "Noise",
    "NoiseValues",
    "Posterior",
    "Predictive",
    "Problem",
    "Profile",
    "Profiles",
    "Sampling",
    "Search",
    "Spread",
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
    "slopes",
    "starting_points",
    "verdict",
    "whiteness",
]
