"""What is to be reported of a search for the best parameters."""

from __future__ import annotations

from rcsd.report.question import KNOWN, REPEAT
from rcsd.report.sections.reporting.of_runs import left_out, of_posterior
from rcsd.report.sections.reporting.point import Point, Said
from rcsd.report.wording import count, plain
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.parameters import PARAMETERS
from rcsd.study.steps.posterior import POSTERIOR
from rcsd.study.steps.profiles import PROFILES

_EVOLVED = "differential-evolution"
"""What the search calls starts from a global search."""


def _software(result: StudyResult) -> Said:
    version = f" {result.versions['rcsd']}" if "rcsd" in result.versions else ""
    return Said("done", f"rcsd{version}, its own code", REPEAT)


def _method(result: StudyResult) -> Said:
    evolved = result.info.search.get("sampler") == _EVOLVED
    first = "differential evolution (Storn and Price 1997), then " if evolved else ""
    how = (
        f"{first}Levenberg and Marquardt's least squares (Marquardt 1963), projected on the bounds (Kanzow et al. 2004)"
    )
    return Said("done", how, REPEAT)


def _payoff(result: StudyResult) -> Said:
    n = result[CALIBRATE].fit.n_residuals
    priors = ", and of the priors" if any(each.prior is not None for each in result[PARAMETERS].parameters) else ""
    how = f"half the sum of squared standardised residuals of {count(n, 'cell')}{priors}"
    return Said("done", how, KNOWN)


def _space(result: StudyResult) -> Said:
    n = len(result[PARAMETERS].parameters)
    return Said("done", f"{count(n, 'parameter')}, each with its bounds", KNOWN)


def _settings(result: StudyResult) -> Said:
    how = ", ".join(f"{plain(name)} {value}" for name, value in result.info.search.items())
    return Said("done", how, REPEAT)


def _optimum(result: StudyResult) -> Said:
    found = result[CALIBRATE].agreement
    how = f"{found.n_near} of {count(found.n_starts, 'start')} ended within 1 % of the best cost"
    return Said("done" if found.n_near > 1 else "partly", how, KNOWN)


def _intervals(result: StudyResult) -> Said:
    sampled = result.get(POSTERIOR)
    if sampled is not None and sampled.posterior is not None:
        return of_posterior(sampled, "intervals of the posterior")
    if result.get(PROFILES) is not None:
        return Said("done", "profile likelihoods", KNOWN)
    if result[CALIBRATE].fit.standard_error is not None:
        return Said("partly", "standard errors at the estimate", KNOWN)
    return left_out(result, POSTERIOR.name, "the data do not determine all parameters")


OF_FIT = (
    Point("Software of the search", "minimum", _software),
    Point("Its method, with a reference", "minimum", _method),
    Point("What is made least or greatest", "minimum", _payoff),
    Point("Parameters and the ranges searched", "minimum", _space),
    Point("Settings of the search: starts, limits, tolerances", "preferred", _settings),
    Point("How sure it is that the optimum was found", "preferred", _optimum),
    Point("Confidence intervals of the parameters", "preferred", _intervals),
)
