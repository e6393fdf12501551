"""`result.json`: what a study found, for machines. Two runs of one study give the same bytes, the speed apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rcsd.analysis.backtest import HoldoutScore
from rcsd.analysis.backtest.rolling import Forecast
from rcsd.analysis.sensitivity import sobol_document
from rcsd.bands import SHARES
from rcsd.study.file.groups import CALIBRATED
from rcsd.study.graph.codec import encode
from rcsd.study.graph.result import StudyResult, TargetResult
from rcsd.study.sobol.request import settings_document
from rcsd.study.sobol.result import Sensitivity
from rcsd.study.findings.coverage import Coverage, Inside, coverage
from rcsd.study.findings.posterior import Sampled
from rcsd.study.findings.profiles import SeriesNoise, Uncertainty
from rcsd.study.findings.rolling import Rolling
from rcsd.study.written.ahead_json import ahead_document
from rcsd.study.written.rolling_scores import group_scores

_FORECAST = ("observed", "simulated", "median", "lower", "upper", "crps")


def result_document(result: StudyResult) -> dict[str, Any]:
    """Arrange a result as `result.json`, in plain JSON values; an analysis not made is null or empty, never absent.

    A study that was run with assessments has an entry more, which `rcsd.papers.city.story_document` arranges.
    """
    document = {
        "study": result.info.name,
        "quick": result.info.quick,
        "model": result.model.name,
        "series": series_document(result.targets, result.sampled),
        "parameters": {
            parameter.name: {
                "estimate": parameter.estimate,
                "lower": parameter.lower,
                "upper": parameter.upper,
                "at_bound": parameter.on_bound,
                "standard_error": parameter.standard_error,
                "error_over_prior": parameter.error_over_prior,
                **determined_document(parameter.name, result.uncertainty, result.sampled),
                "unit": parameter.unit,
                "source": parameter.source,
            }
            for parameter in result.parameters
        },
        "backtest": [
            *backtest_document(result.targets, result.info.fit_window[1], result.frozen_drivers),
            *rolling_document(result.rolling),
        ],
        "rolling": rolling_scores(result.rolling, result.targets),
        **_uncertainty(result.uncertainty),
        "posterior": _posterior(result.sampled),
        "life_cycle": None
        if result.life_cycle is None
        else {"kind": result.life_cycle.kind, "band": result.life_cycle.band, "stages": result.life_cycle.stages},
        **sensitivity_document(result.sensitivity),
        **ahead_document(result.ahead),
        "checks": [],
        "runs": result.runs,
    }
    plain: dict[str, Any] = encode(document, lossless=False)
    return plain


def determined_document(name: str, known: Uncertainty | None, sampled: Sampled | None) -> dict[str, Any]:
    """Say how well the data determine one parameter."""
    if known is None:
        return {"profile": None, "identified": None}
    profile = next(each for each in known.profiles if each.name == name)
    return {
        "profile": [profile.lower, profile.upper],
        "profile_open": profile.open,
        "identified": profile.open == "",
        "determined_by": known.verdicts[name],
        "prior_against_data": name in known.conflicts,
        "posterior": _quantiles(sampled, name),
    }


def _quantiles(sampled: Sampled | None, name: str) -> list[float] | None:
    """Return 5 %, 50 % and 95 % of a parameter's draws; None where there are none that may be summarised."""
    if sampled is None or sampled.posterior is None or sampled.faults:
        return None
    draws = sampled.posterior.draws
    values = sampled.posterior.quantiles(SHARES)[:, draws.names.index(name)]
    return [float(value) for value in values]


def _uncertainty(known: Uncertainty | None) -> dict[str, Any]:
    if known is None:
        return {"noise": {}, "collinear": [], "most_probable": {}}
    return {
        "noise": {each.series: _noise(each) for each in known.noise},
        "collinear": known.identifiability.collinear,
        "most_probable": known.estimate,
    }


def _noise(noise: SeriesNoise) -> dict[str, Any]:
    return {
        "scale": noise.scale,
        "memory": noise.memory,
        "anchor": noise.anchor,
        "autocorrelation": {"residuals": noise.before, "innovations": noise.after},
    }


def _posterior(sampled: Sampled | None) -> dict[str, Any] | None:
    """Arrange the posterior without its draws, which posterior.csv has."""
    if sampled is None:
        return None
    return {
        "converged": not sampled.faults,
        "faults": sampled.faults,
        "diagnostics": None if sampled.posterior is None else sampled.posterior.diagnostics,
        "within": {band.series: band for band in sampled.within},
        "beyond": {band.series: band for band in sampled.beyond},
    }


def rolling_document(rolling: Rolling | None) -> list[dict[str, Any]]:
    """One entry per origin and knowledge of the drivers: forecasts by series, each refitted to that origin."""
    found: dict[tuple[int, str], dict[str, list[Forecast]]] = {}
    for each in () if rolling is None else rolling.forecasts:
        found.setdefault((each.origin, each.drivers), {}).setdefault(each.series, []).append(each)
    return [
        {
            "origin": origin,
            "drivers": drivers,
            "refitted": True,
            "series": {
                name: {
                    "years": [each.origin + each.horizon for each in forecasts],
                    **{key: [getattr(each, key) for each in forecasts] for key in _FORECAST},
                    "baselines": {
                        rule: [each.baselines[rule] for each in forecasts] for rule in forecasts[0].baselines
                    },
                }
                for name, forecasts in series.items()
            },
        }
        for (origin, drivers), series in found.items()
    ]


def rolling_scores(rolling: Rolling | None, targets: Sequence[TargetResult]) -> list[dict[str, Any]]:
    """Errors of the rolling forecasts by series, horizon and knowledge of the drivers."""
    return [
        {"series": each.series, "horizon": each.horizon, "drivers": each.drivers, **asdict(each.score)}
        for each in group_scores(rolling, [target.name for target in targets])
    ]


def sensitivity_document(found: Sensitivity) -> dict[str, Any]:
    """Arrange the sensitivity analyses.

    Returns
    -------
    dict
        ``sobol``: indices over the parameters that the study estimates, by output; ``sobol_groups``: the same over each
        group that the study names; ``sobol_settings``: for each group how it was made, what it found of crossings,
        peaks and values at chosen times, and, where it was left out, why.
    """
    documents = {each.group: sobol_document(each.result) for each in found.analyses}
    settings: dict[str, Any] = {each.group: {**settings_document(each), "left_out": None} for each in found.analyses}
    settings |= {group: {"left_out": reason} for group, reason in found.left_out.items()}
    return {"sobol": documents.pop(CALIBRATED, {}), "sobol_groups": documents, "sobol_settings": settings}


def series_document(targets: Sequence[TargetResult], sampled: Sampled | None) -> dict[str, Any]:
    """Errors of every series in both windows, and the cells inside the posterior's bands where there are any."""
    inside = {each.series: each for each in coverage(sampled, targets)}
    return {target.name: _series(target, inside.get(target.name)) for target in targets}


def _series(target: TargetResult, inside: Coverage | None) -> dict[str, Any]:
    return {
        "unit": target.unit,
        "variable": target.variable,
        "fit": target.fit_all,
        "fit_unflagged": target.fit_unflagged,
        "holdout": None if target.holdout is None else _holdout(target, target.holdout),
        "coverage": None if inside is None else {"fit": _share(inside.fit), "holdout": _share(inside.holdout)},
    }


def _share(inside: Inside) -> dict[str, int] | None:
    return None if inside.n == 0 else {"n": inside.n, "inside": inside.n_inside}


def _holdout(target: TargetResult, score: HoldoutScore) -> dict[str, Any]:
    """Errors over the `n` scored cells of the hold-out window, and the trivial forecasts' errors over the same."""
    return {
        **asdict(score.statistics),
        "n_dropped": target.n_holdout - score.statistics.n,
        "baselines": {name: baseline.statistics for name, baseline in score.baselines.items()},
        "mase": score.mase,
        "skill": score.skill,
        "best_baseline": score.best_baseline,
        "beats_last": score.beats_last,
        "beats_best": score.beats_best,
    }


def backtest_document(targets: Sequence[TargetResult], origin: int, held: Sequence[str]) -> list[dict[str, Any]]:
    """One entry per forecast of the hold-out: drivers as they were, and those in `held` frozen at the origin."""
    scored = {
        "known": [(target, target.holdout) for target in targets if target.holdout is not None],
        "frozen": [(target, target.holdout_frozen) for target in targets if target.holdout_frozen is not None],
    }
    return [
        {
            "origin": origin,
            "drivers": drivers,
            "refitted": False,
            "held": held if drivers == "frozen" else (),
            "series": {target.name: _forecast(target, score) for target, score in scores},
        }
        for drivers, scores in scored.items()
        if scores
    ]


def _forecast(target: TargetResult, score: HoldoutScore) -> dict[str, Any]:
    """List the forecast years of one series and their errors."""
    cells = {"years": score.years, "observed": score.observed, "simulated": score.simulated}
    return {**cells, **_holdout(target, score)}
