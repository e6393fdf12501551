"""The sensitivity analysis of a study: its parameters, its outputs, its years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rcsd.calibration import Progress, silent
from rcsd.errors import OutputError, ParameterError
from rcsd.parameters import ParameterSpace
from rcsd.sensitivity import (
    FirstCrossing,
    Outcome,
    PeakYear,
    RefusedError,
    SettlingYear,
    SobolResult,
    SobolSettings,
    outcomes_document,
    sobol_document,
    sobol_indices,
)
from rcsd.sensitivity.failures import OnFailure
from rcsd.sensitivity.marginals import marginals_of
from rcsd.sensitivity.runs import Task
from rcsd.sensitivity.sobol import LEAST_FOR_PAWN
from rcsd.study.provenance import hashes, versions
from rcsd.study.sobol_writer import write_failures, write_indices
from rcsd.study.study import Study
from rcsd.study.trajectories import output_names
from rcsd.study.varied import Bounds, varied_space

FOLDER = "sobol"
"""Name of the folder for the analysis, inside that of the study."""


@dataclass(frozen=True, slots=True)
class SobolRequest:
    """What to analyse.

    Attributes
    ----------
    n_base
        N, a power of two: N (2 D + 2) runs for D parameters.
    seed
        Of the sample and the resamples; the study's own when None. 0 is a seed.
    parameters
        Constants to vary; those that the study estimates when None.
    bounds
        Ranges in place of those known.
    outputs
        Variables; those of the study's series, of its life cycle, and its other outputs when None.
    n_resamples
        Bootstrap resamples behind the intervals.
    on_failure
        What to do when runs fail: "refuse", or put the "median" of the others in their place.
    """

    n_base: int = 1024
    seed: int | None = None
    parameters: tuple[str, ...] | None = None
    bounds: Mapping[str, Bounds] = field(default_factory=dict)
    outputs: tuple[str, ...] | None = None
    n_resamples: int = 200
    on_failure: OnFailure = "refuse"


@dataclass(frozen=True, slots=True, eq=False)
class SobolStudy:
    """The sensitivity analysis of one study.

    Attributes
    ----------
    name, title
        The study.
    seed
        That was used.
    space
        What varied, between its bounds; all other constants kept the value that the study or the model gives them.
    data_end, horizon
        The last saved time that is compared with data, and the last simulated one.
    result
        The indices.
    versions, hashes
        What a repetition needs.
    """

    name: str
    title: str
    seed: int
    space: ParameterSpace
    data_end: float
    horizon: float
    result: SobolResult
    versions: Mapping[str, str]
    hashes: Mapping[str, str]

    @property
    def chosen_times(self) -> tuple[float, ...]:
        """The times that figures and words speak of: the end of the data and the horizon, once where they are one."""
        return tuple(dict.fromkeys((self.data_end, self.horizon)))


def sobol_study(
    study: Study,
    request: SobolRequest | None = None,
    *,
    out: str | Path,
    scheduler: str | None = None,
    progress: Progress = silent,
) -> SobolStudy:
    """Run the sensitivity analysis of a study, and write its tables into ``out/<study>/sobol``.

    Parameters
    ----------
    study
        Read by `load_study`.
    request
        What to analyse.
    out
        Folder of all studies.
    scheduler
        Address of a dask cluster that makes the runs, with the same numbers; this process makes them when None.
    progress
        Told how many runs are done.

    Raises
    ------
    ParameterError, ModelError
        For input that makes no analysis; nothing is run then.
    OutputError
        When the folder cannot be written; nothing is run then either.
    SensitivityError
        When runs failed and the request refuses that; they are listed in ``failed_runs.csv``.
    SimulationError
        When all runs failed.
    ClusterError
        When the cluster cannot be used, or has lost its workers.
    """
    request = request or SobolRequest()
    space = varied_space(study, request.parameters, request.bounds)
    times = _times(study)
    data_end, horizon = float(times[times <= study.file.windows.last][-1]), float(times[-1])
    seed = study.file.study.seed if request.seed is None else request.seed
    if seed < 0:
        raise ParameterError(f"seed {seed}: a seed is a whole number from 0 on")
    settings = _settings(request, (data_end, horizon))
    outputs = output_names(study) if request.outputs is None else request.outputs
    outputs = tuple(dict.fromkeys(study.model.ir[name].name if name in study.model.ir else name for name in outputs))
    simulator = study.simulator(scheduler=scheduler)
    Task(simulator, marginals_of(space), outputs).check()
    folder = _made(Path(out) / study.name / FOLDER)
    with _failures_listed(folder):
        result = sobol_indices(
            simulator,
            space,
            settings,
            rng=np.random.default_rng(seed),
            outputs=outputs,
            times=times,
            outcomes=_life_cycle(study, outputs, horizon),
            progress=progress,
        )
    found = SobolStudy(
        name=study.name,
        title=study.file.study.title or study.name,
        seed=seed,
        space=space,
        data_end=data_end,
        horizon=horizon,
        result=result,
        versions={**versions(), "SALib": version("SALib")},
        hashes=hashes(study),
    )
    write_indices(found.result, sobol_study_document(found), folder)
    return found


def _settings(request: SobolRequest, moments: tuple[float, float]) -> SobolSettings:
    """Turn a request into settings; the second opinion is asked for at the moments that are read out."""
    return SobolSettings(
        n_base=request.n_base,
        n_resamples=request.n_resamples,
        on_failure=request.on_failure,
        pawn_times=tuple(dict.fromkeys(moments)) if request.n_base >= LEAST_FOR_PAWN else (),
    )


@contextmanager
def _failures_listed(folder: Path) -> Iterator[None]:
    """Write the failed runs down when an analysis is refused because of them, and say where."""
    try:
        yield
    except RefusedError as refusal:
        if refusal.failures is None:
            raise
        path = write_failures(refusal.failures, folder)
        raise RefusedError(f"{refusal}. All failed runs are listed in {path}", refusal.failures) from None


def sobol_study_document(found: SobolStudy) -> dict[str, object]:
    """Arrange an analysis as the content of ``sobol.json``."""
    result = found.result
    return {
        "study": found.name,
        "n_base": result.n_base,
        "seed": found.seed,
        "confidence": result.confidence,
        "n_resamples": result.n_resamples,
        "data_end": found.data_end,
        "horizon": found.horizon,
        "parameters": {
            parameter.name: {
                "lower": parameter.lower,
                "upper": parameter.upper,
                "scale": parameter.scale,
                "unit": parameter.unit,
                "source": parameter.source,
            }
            for parameter in found.space.parameters
        },
        "sobol": sobol_document(result),
        "outcomes": outcomes_document(result),
        "notes": result.notes(),
        "runs": {"total": result.n_runs, "failed": result.failures.n, "rule": result.failures.rule},
        "versions": found.versions,
        "hashes": found.hashes,
    }


def _times(study: Study) -> NDArray[np.float64]:
    """List the saved times up to the horizon."""
    saved = study.model.time.saved_times()
    return saved[saved <= study.file.windows.end]


def _life_cycle(study: Study, outputs: Sequence[str], horizon: float) -> tuple[Outcome, ...]:
    """Years that part the stages of the life cycle; what is not reached by the horizon counts as the horizon."""
    cycle = study.file.life_cycle
    if cycle is None:
        return ()
    preference = study.model.ir[cycle.preference].name
    if preference not in outputs:
        return ()
    return (
        FirstCrossing(preference, 0.0, never=horizon),
        PeakYear(preference),
        SettlingYear(preference, 0.0, cycle.band, never=horizon),
    )


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"the output folder cannot be made ({error.strerror}): choose one that you may write to", path=folder
        ) from error
    return folder
