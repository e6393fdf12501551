"""The sensitivity analysis of a study: its parameters, its outputs, its years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.parameters import ParameterSpace
from rcsd.analysis.sensitivity import Marginal, SobolSettings, outcomes_document, sobol_document, sobol_indices
from rcsd.analysis.sensitivity.failures import OnFailure
from rcsd.analysis.sensitivity.sobol import LEAST_FOR_PAWN
from rcsd.errors import ParameterError
from rcsd.names import canonical
from rcsd.simulation.passes.named import named
from rcsd.simulator import Simulator
from rcsd.study.file.groups import CALIBRATED, CHOSEN, Bounds, Group, group_named, groups_of
from rcsd.study.file.study import Study
from rcsd.study.graph.provenance import hashes, versions
from rcsd.study.sobol.distributions import Distribution, marginals_by
from rcsd.study.sobol.held import HeldSimulator
from rcsd.study.sobol.outcomes import study_outcomes
from rcsd.study.sobol.result import SobolStudy
from rcsd.study.sobol.varied import varied_space
from rcsd.work.progress import Progress, silent


@dataclass(frozen=True, slots=True)
class SobolRequest:
    """What to analyse.

    Attributes
    ----------
    n_base
        N, a power of two: N (2 D + 2) runs for D parameters.
    seed
        Of the sample and the resamples; the study's own when None. 0 is a seed.
    group
        A group of parameters: "calibrated", which are those that the study estimates, or one that the study names.
    parameters
        Constants to vary instead of a group.
    bounds
        Ranges in place of those known.
    distribution
        "bounds", "priors" or "posterior"; the last reads ``out/<study>/posterior.csv``.
    outputs
        Variables; those that the study names for it, else those of its series, of its life cycle, and its other outputs
        when None.
    n_resamples
        Bootstrap resamples behind the intervals.
    on_failure
        What to do when runs fail: "refuse", or put the "median" of the others in their place.
    second_opinion
        Whether PAWN is asked as well, which takes longer than the indices.
    """

    n_base: int = 1024
    seed: int | None = None
    group: str = CALIBRATED
    parameters: tuple[str, ...] | None = None
    bounds: Mapping[str, Bounds] = field(default_factory=dict)
    distribution: Distribution = "bounds"
    outputs: tuple[str, ...] | None = None
    n_resamples: int = 200
    on_failure: OnFailure = "refuse"
    second_opinion: bool = True


def requests_for(study: Study, request: SobolRequest, groups: Sequence[str] | None = None) -> tuple[SobolRequest, ...]:
    """Make a request for each of several groups; given ranges go to the groups whose constants they are for.

    Parameters
    ----------
    study : Study
        Whose groups are meant.
    request : SobolRequest
        All but the group; one that names its parameters stands for itself.
    groups : sequence of str, optional
        Names; all groups of the study when None.

    Raises
    ------
    ParameterError
        For a group that is none, groups beside named parameters, or a range for what does not vary in any.
    """
    if request.parameters is not None:
        if groups:
            raise ParameterError("name either groups or parameters: parameters make a group of their own")
        return (request,)
    chosen = [group_named(study.file, name) for name in dict.fromkeys(groups or groups_of(study.file))]
    varied = {group.name: {canonical(name) for name in _names(study, group)} for group in chosen}
    for name in request.bounds:
        if not any(canonical(name) in names for names in varied.values()):
            raise ParameterError(f"bounds are given for {name!r}, which does not vary: name it among the parameters")
    return tuple(
        replace(
            request,
            group=group.name,
            bounds={name: pair for name, pair in request.bounds.items() if canonical(name) in varied[group.name]},
        )
        for group in chosen
    )


def _names(study: Study, group: Group) -> tuple[str, ...]:
    return study.space.names if group.parameters is None else group.parameters


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request that has been checked against its study; nothing has been run yet."""

    study: Study
    group: Group
    seed: int
    distribution: Distribution
    space: ParameterSpace
    marginals: tuple[Marginal, ...]
    outputs: tuple[str, ...]
    times: NDArray[np.float64]
    settings: SobolSettings

    @property
    def moments(self) -> tuple[float, float]:
        """The last saved time that is compared with data, and the last of all."""
        return _moments(self.study, self.times)

    @property
    def unvaried(self) -> tuple[str, ...]:
        """The parameters that the study estimates and this analysis does not vary."""
        return tuple(name for name in self.study.space.names if name not in self.space.names)

    def run(self, simulator: Simulator, estimates: Mapping[str, float], progress: Progress = silent) -> SobolStudy:
        """Make the analysis.

        Parameters
        ----------
        simulator
            Of the study.
        estimates
            Of the study's parameters: those that do not vary are held there.
        progress
            Told how many runs are done.

        Raises
        ------
        SensitivityError
            When runs failed and the request refuses that.
        SimulationError
            When all runs failed.
        """
        study, (data_end, horizon) = self.study, self.moments
        held = {name: estimates[name] for name in self.unvaried}
        result = sobol_indices(
            HeldSimulator(simulator, held),
            self.marginals,
            self.settings,
            rng=np.random.default_rng(self.seed),
            outputs=self.outputs,
            times=self.times,
            outcomes=study_outcomes(study, self.outputs, data_end, horizon),
            progress=progress,
        )
        return SobolStudy(
            name=study.name,
            title=study.file.study.title or study.name,
            group=self.group.name,
            group_title=self.group.title,
            seed=self.seed,
            distribution=self.distribution,
            space=self.space,
            held=held,
            data_end=data_end,
            horizon=horizon,
            result=replace(result, clock=study.clock),
            versions=versions(),
            hashes=hashes(study),
        )


def prepare(study: Study, request: SobolRequest, *, draws: Path) -> Prepared:
    """Check a request.

    Parameters
    ----------
    study : Study
        Read by `load_study`.
    request : SobolRequest
        What to analyse.
    draws : Path
        Where a posterior would lie.

    Raises
    ------
    ParameterError, ModelError
        For a request that makes no analysis.
    """
    group = group_named(study.file, request.group)
    if request.parameters is not None:
        group = Group(CHOSEN, "chosen constants", request.parameters)
    source = group.source if group.bounds and not request.bounds else "given for this analysis"
    space = varied_space(study, group.parameters, {**group.bounds, **request.bounds}, source=source)
    seed = study.file.study.seed if request.seed is None else request.seed
    if seed < 0:
        raise ParameterError(f"seed {seed}: a seed is a whole number from 0 on")
    times = _times(study)
    return Prepared(
        study=study,
        group=group,
        seed=seed,
        distribution=request.distribution,
        space=space,
        marginals=marginals_by(study, space, request.distribution, draws),
        outputs=_outputs(study, request.outputs),
        times=times,
        settings=_settings(request, _moments(study, times)),
    )


def _settings(request: SobolRequest, moments: tuple[float, float]) -> SobolSettings:
    """Turn a request into settings; the second opinion is asked for at the moments that are read out."""
    wanted = request.second_opinion and request.n_base >= LEAST_FOR_PAWN
    return SobolSettings(
        n_base=request.n_base,
        n_resamples=request.n_resamples,
        on_failure=request.on_failure,
        pawn_times=tuple(dict.fromkeys(moments)) if wanted else (),
    )


def sobol_study_document(found: SobolStudy) -> dict[str, object]:
    """Arrange an analysis as the content of ``sobol.json``."""
    return {
        "study": found.name,
        "group": found.group,
        **settings_document(found),
        "sobol": sobol_document(found.result),
        "versions": found.versions,
        "hashes": found.hashes,
    }


def settings_document(found: SobolStudy) -> dict[str, object]:
    """Say how an analysis was made, and what it found beside the indices of the outputs."""
    result = found.result
    return {
        "title": found.group_title,
        "n_base": result.n_base,
        "seed": found.seed,
        "distribution": found.distribution,
        "confidence": result.confidence,
        "n_resamples": result.n_resamples,
        "data_end": result.clock.shown(found.data_end),
        "horizon": result.clock.shown(found.horizon),
        "parameters": {
            parameter.name: {
                "lower": parameter.lower,
                "upper": parameter.upper,
                "scale": parameter.scale,
                "unit": parameter.unit,
                "source": parameter.source,
                "distribution": words,
            }
            for parameter, words in zip(found.space.parameters, result.distributions, strict=True)
        },
        "held": found.held,
        "outcomes": outcomes_document(result),
        "notes": result.notes(),
        "runs": {"total": result.n_runs, "failed": result.failures.n, "rule": result.failures.rule},
    }


def _outputs(study: Study, names: tuple[str, ...] | None) -> tuple[str, ...]:
    """Name the outputs as the model does; an unknown name is left for the check of the task."""
    section = study.file.sobol
    if names is None:
        names = tuple(section.outputs) if section is not None and section.outputs else study.outputs
    found = ((name, named(study.model.ir, name)) for name in names)
    return tuple(dict.fromkeys(name if own is None else own.name for name, own in found))


def _times(study: Study) -> NDArray[np.float64]:
    """List the saved times up to the horizon at which every variable has a value."""
    clock, begin = study.clock, study.model.time.start - study.model.time.step / 2
    spans = [target.series.span for target in study.targets if target.measure != "end"]
    whole = [all(clock.to_model(clock.before(round(k), span)) >= begin for span in spans) for k in study.saved]
    return study.saved[np.array(whole, dtype=np.bool_)] if spans else study.saved


def _moments(study: Study, times: NDArray[np.float64]) -> tuple[float, float]:
    return float(times[times <= study.file.windows.last][-1]), float(times[-1])
