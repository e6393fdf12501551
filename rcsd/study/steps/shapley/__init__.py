"""Shares what the posterior leaves uncertain of an output out among parameters, however they are correlated."""

from __future__ import annotations

from typing import Any

from rcsd.analysis.clock import Clock
from rcsd.analysis.sensitivity.document import sizes_document
from rcsd.study.findings.shapley import PosteriorShares, Shapley, posterior_shares
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import BROUGHT, Step
from rcsd.study.steps.posterior import POSTERIOR, without_chains
from rcsd.study.steps.refit import REFIT


def _compute(run: Run) -> Shapley:
    """Take the posterior that the forecast stands on; that of the fit window where there is none."""
    run.progress("shapley", 0, 1)
    refitted, sampled = run.get(REFIT), run[POSTERIOR]
    windows = run.study.file.windows
    posterior, faults, fitted = sampled.posterior, sampled.faults, (windows.fit[0], windows.fit[1])
    if refitted is not None and refitted.posterior is not None:
        posterior, faults, fitted = refitted.posterior, refitted.faults, (refitted.first, refitted.last)
    draws = None if posterior is None else posterior.draws
    found = posterior_shares(run.study, draws, run.simulator, fitted=fitted, faults=faults)
    run.progress("shapley", 1, 1)
    return found


def _document(result: StudyResult) -> dict[str, object]:
    """Arrange the effects.

    ``shapley``: by output, at the end of the data and at the horizon, mean and standard deviation over the draws, and
    by parameter the share of the variance with the half-width of its interval, and the size of the effect;
    ``shapley_settings``: how they were made, or why not.
    """
    found = result.get(SHAPLEY)
    shares = None if found is None else found.shares
    return {
        "shapley": {} if shares is None else _shares(shares, result.info.clock),
        "shapley_settings": _settings(result),
    }


def _shares(shares: PosteriorShares, clock: Clock) -> dict[str, Any]:
    def by_parameter(values: Any) -> dict[str, Any]:
        return {name: values[..., j] for j, name in enumerate(shares.parameters)}

    return {
        output: {
            "unit": shares.units[i],
            "times": [clock.shown(time) for time in shares.times],
            "mean": shares.mean[:, i],
            "sd": shares.sd[:, i],
            "effects": by_parameter(shares.effects[:, i]),
            "conf": by_parameter(shares.conf[:, i]),
            "explained": shares.explained[:, i],
            "undetermined": shares.undetermined[:, i],
            **sizes_document(shares.parameters, shares.sizes(i), shares.units[i]),
        }
        for i, output in enumerate(shares.outputs)
    }


def _settings(result: StudyResult) -> dict[str, Any]:
    found = result.get(SHAPLEY)
    if found is None or found.shares is None:
        return {"left_out": result.left_out.get(SHAPLEY.name, "") if found is None else found.why}
    return {
        "left_out": None,
        "fitted": [result.info.clock.shown(each) for each in found.fitted],
        "converged": not found.faults,
        "draws": found.shares.n_draws,
        "confidence": found.shares.confidence,
        "runs": found.n_runs,
        "failed": found.n_failed,
    }


STEP = SHAPLEY = Step(
    "shapley",
    Shapley,
    _compute,
    needs=(POSTERIOR,),
    uses=(REFIT,),
    when=without_chains,
    reads=("sobol", BROUGHT),
    document=_document,
)
