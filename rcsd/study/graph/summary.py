"""Puts the pieces of a finished study together as one `StudyResult`."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rcsd.analysis.calibration import FitResult, agreement, inflation, slopes
from rcsd.analysis.parameters import Parameter, ParameterSpace
from rcsd.papers.coevolution import read_life_cycle
from rcsd.study.file.prior_shape import prior_shape
from rcsd.study.file.study import Study
from rcsd.study.graph.provenance import hashes, scenario_hashes, versions
from rcsd.study.graph.result import (
    LifeCycle,
    ModelInfo,
    ParameterResult,
    RunCount,
    StepTime,
    Strip,
    StudyInfo,
    StudyResult,
)
from rcsd.study.sobol.result import Sensitivity
from rcsd.study.written.ahead import Ahead
from rcsd.study.findings.backtest import Backtest
from rcsd.study.findings.posterior import Sampled
from rcsd.study.findings.profiles import Uncertainty
from rcsd.study.findings.rolling import Rolling
from rcsd.study.findings.simulate import Trajectories


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a study finds out about its parameters beside their estimates."""

    uncertainty: Uncertainty | None
    sampled: Sampled | None
    rolling: Rolling | None
    sensitivity: Sensitivity
    ahead: Ahead

    @property
    def n_runs(self) -> int:
        """Model runs spent."""
        parts = (self.uncertainty, self.sampled, self.rolling, self.sensitivity, self.ahead)
        return sum(part.n_runs for part in parts if part is not None)

    @property
    def n_failed(self) -> int:
        """Runs that did not end well."""
        posterior = None if self.sampled is None else self.sampled.posterior
        return self.sensitivity.n_failed + self.ahead.n_failed + (0 if posterior is None else posterior.n_failed)


def summarise(
    study: Study,
    fit: FitResult,
    tested: Backtest,
    trajectories: Trajectories,
    knowledge: Knowledge,
    *,
    quick: bool,
    per_second: float,
    steps: tuple[StepTime, ...],
) -> StudyResult:
    """Gather everything that a report draws."""
    variables = [study.model.ir[name] for name in trajectories.simulated]
    return StudyResult(
        info=study_info(study, quick=quick),
        model=model_info(study),
        targets=tested.targets,
        drivers=study.drivers,
        constants=study.constants,
        parameters=_parameters(fit, study.space.parameters, knowledge.uncertainty),
        fit=fit,
        agreement=agreement(fit, study.space),
        times=trajectories.times,
        simulated=trajectories.simulated,
        simulated_frozen=trajectories.frozen,
        units={variable.name: variable.unit for variable in variables},
        documentation={variable.name: variable.documentation for variable in variables},
        life_cycle=_life_cycle(study, trajectories),
        sensitivity=knowledge.sensitivity,
        uncertainty=knowledge.uncertainty,
        sampled=knowledge.sampled,
        rolling=knowledge.rolling,
        ahead=knowledge.ahead,
        runs=RunCount(
            total=fit.n_runs + tested.n_runs + trajectories.n_runs + knowledge.n_runs,
            failed=fit.n_failed + knowledge.n_failed,
            per_second=per_second,
        ),
        steps=steps,
        versions=versions(),
        hashes={**hashes(study), **scenario_hashes(study)},
    )


def study_info(study: Study, *, quick: bool) -> StudyInfo:
    """Say which study this is and how it was run."""
    head, windows, search = study.file.study, study.file.windows, study.search(quick=quick)
    return StudyInfo(
        name=study.name,
        title=head.title or study.name,
        documentation=head.documentation,
        study_file=study.path.name,
        data_file=study.data_path.name,
        quick=quick,
        fit_window=windows.fit,
        holdout_window=windows.holdout,
        horizon=windows.end,
        seeds={
            "search": head.seed,
            "sobol": head.seed,
            "posterior": head.seed,
            "rolling": head.seed,
            "forecast": head.seed,
        },
        search={
            "starts": search.n_starts,
            "sampler": search.sampler,
            "max_evaluations": search.max_evaluations,
            "tolerance": search.tolerance,
        },
    )


def model_info(study: Study) -> ModelInfo:
    """Say which model was simulated, and how."""
    model, time = study.model.ir, study.model.time
    return ModelInfo(
        name=model.name,
        file=model.path.name,
        format=model.format,
        counts=dict(sorted(Counter(str(variable.kind) for variable in model.variables).items())),
        start=time.start,
        stop=time.stop,
        step=time.step,
        # PySD integrates by Euler's method whatever the file asks for.
        method="euler" if study.on_pysd else time.method,
        backend="pysd" if study.on_pysd else "compiled",
    )


def _parameters(
    fit: FitResult, parameters: Sequence[Parameter], known: Uncertainty | None
) -> tuple[ParameterResult, ...]:
    """Every estimate; how far the data narrow a prior is told under the estimated noise, where that was examined."""
    n_residuals = fit.n_residuals + sum(parameter.prior is not None for parameter in parameters)
    n_free = int(np.sum(~(fit.at_lower | fit.at_upper)))
    widened = inflation(2 * fit.cost, n_residuals, n_free)
    found = (_parameter(fit, i, each, widened) for i, each in enumerate(parameters))
    if known is None:
        return tuple(found)
    return tuple(
        each if each.prior is None else replace(each, error_over_prior=known.error_over_prior[each.name])
        for each in found
    )


def _parameter(fit: FitResult, i: int, parameter: Parameter, widened: float) -> ParameterResult:
    """One estimate with all that was assumed about it."""
    prior, estimate = parameter.prior, float(fit.estimate[i])
    start = fit.starts[0].initial[parameter.name]
    deviation = float("nan") if fit.standard_error is None else float(fit.standard_error[i])
    searched = _on_search_scale(parameter, estimate, deviation)
    return ParameterResult(
        name=parameter.name,
        estimate=estimate,
        lower=parameter.lower,
        upper=parameter.upper,
        start=start,
        at_lower=bool(fit.at_lower[i]),
        at_upper=bool(fit.at_upper[i]),
        standard_error=deviation,
        scale=parameter.scale,
        unit=parameter.unit,
        source=parameter.source,
        documentation=parameter.documentation,
        prior=None if prior is None else (prior.centre, prior.sd),
        error_over_prior=None if prior is None else searched / widened / prior.sd,
        strip=Strip(
            estimate=parameter.position(estimate),
            start=parameter.position(start),
            error=_error_band(parameter, estimate, deviation),
            prior=parameter.prior_band(),
        ),
        shape=prior_shape(parameter),
    )


def _on_search_scale(parameter: Parameter, estimate: float, deviation: float) -> float:
    """Take a standard deviation to the scale on which priors are stated (delta method)."""
    return deviation / float(slopes(ParameterSpace((parameter,)), np.array([estimate]))[0])


def _error_band(parameter: Parameter, estimate: float, deviation: float) -> tuple[float, float] | None:
    """Positions of one standard error to either side of the estimate, cut at the bounds; None without an error."""
    if not math.isfinite(deviation):
        return None
    low, high = np.clip([estimate - deviation, estimate + deviation], parameter.lower, parameter.upper)
    return parameter.position(float(low)), parameter.position(float(high))


def _life_cycle(study: Study, trajectories: Trajectories) -> LifeCycle | None:
    """Read the stages off the fitted run, where the study names the preference."""
    section = study.file.life_cycle
    if section is None:
        return None
    model = study.model.ir
    preference = model[section.preference].name
    path = np.asarray(trajectories.simulated[preference])
    reading = read_life_cycle(trajectories.times, path, band=section.band)
    return LifeCycle(
        preference=preference,
        alpha=None if section.alpha is None else model[section.alpha].name,
        band=section.band,
        kind=reading.kind,
        stages=reading.stages,
    )
