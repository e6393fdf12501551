"""What is done with a study: the whole of it, or a part."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rcsd.analysis.calibration import FitResult
from rcsd.errors import StudyError
from rcsd.study.file.study import Study
from rcsd.study.graph.job import BY_PYSD, Calibration, Job, steps_of
from rcsd.study.graph.result import StudyResult, TargetResult
from rcsd.study.graph.summary import Knowledge, summarise
from rcsd.study.written.ahead import Ahead
from rcsd.study.findings.drawing import DrawnStudy, RefittedStudy, held_out_draws, later_draws
from rcsd.study.findings.backtest import Backtest
from rcsd.study.findings.posterior import Sampled
from rcsd.study.findings.profiles import Uncertainty
from rcsd.study.findings.rolling import Rolling
from rcsd.study.written.writer import write_study
from rcsd.work.progress import Progress, silent


def run_study(
    study: Study,
    *,
    out: str | Path,
    quick: bool = False,
    workers: int = 1,
    scheduler: str | None = None,
    progress: Progress = silent,
) -> StudyResult:
    """Calibrate, backtest and simulate a study, analyse its sensitivity, and write its files.

    Finished steps, and finished starts of the calibration, are kept in `out/<study>/steps` and reused while the model,
    the data, the study and the software are the same. Those of a quick search lie in a folder of their own below it: a
    quick look takes the place of a full result, with an `RcsdWarning`, but the full search's steps stay to bring it
    back.

    Parameters
    ----------
    study
        Read by `load_study`.
    out
        Folder under which `<study>/` is written.
    quick
        Use the study's smaller search and the smaller sample of the sensitivity analysis, and leave the posterior, the
        rolling backtest and the forecast out.
    workers
        Processes for the calibration's starts; the result does not depend on it.
    scheduler
        Address of a dask cluster that makes the starts instead; all else is done here.
    progress
        Told after each finished piece of a step.

    Raises
    ------
    OutputError
        When the output folder cannot be written; nothing is run then.
    CalibrationError
        When every start of the fit failed.
    ClusterError
        When the cluster cannot be used, or has lost its workers.
    SimulationError
        When the fitted run does not reach the horizon.
    ModelError
        When the model, or a file that it reads, is no longer what the study was checked with.

    Warns
    -----
    RcsdWarning
        When a quick search takes the place of a full result, and when an input has changed during the run: the result
        is that of what was read at its start.
    """
    job = Job(study, Path(out), quick=quick, workers=workers, scheduler=scheduler, progress=progress)
    job.warn_of_full_result()
    calibration = job.calibrate()
    tested = job.backtest(calibration.fit)
    # PySD would take hours for the runs of a posterior
    known = None if study.on_pysd else job.uncertainty(calibration.fit)
    thorough = not (quick or study.on_pysd)
    sampled, rolled = (job.sample(calibration.fit), job.roll()) if thorough else (None, None)
    trajectories = job.simulate(calibration.fit)
    moved = job.sensitivity(calibration.fit)
    ahead = job.ahead(calibration.fit)
    result = summarise(
        study,
        calibration.fit,
        tested,
        trajectories,
        Knowledge(known, sampled, rolled, moved, ahead),
        quick=quick,
        per_second=calibration.runs_per_second,
        steps=tuple(job.steps.times),
    )
    write_study(result, job.folder)
    job.warn_of_changes()
    return result


def calibrate_study(
    study: Study,
    *,
    out: str | Path,
    quick: bool = False,
    workers: int = 1,
    scheduler: str | None = None,
    progress: Progress = silent,
) -> FitResult:
    """Run the calibration of a study alone; see `run_study`, which reuses it."""
    job = Job(study, Path(out), quick=quick, workers=workers, scheduler=scheduler, progress=progress)
    fitted = job.calibrate().fit
    job.warn_of_changes()
    return fitted


def backtest_study(
    study: Study,
    *,
    out: str | Path,
    quick: bool = False,
    workers: int = 1,
    scheduler: str | None = None,
    progress: Progress = silent,
) -> tuple[TargetResult, ...]:
    """Run the calibration and the backtest of a study; see `run_study`, which reuses both."""
    job = Job(study, Path(out), quick=quick, workers=workers, scheduler=scheduler, progress=progress)
    tested = job.backtest(job.calibrate().fit)
    job.warn_of_changes()
    return tested.targets


@dataclass(frozen=True, slots=True)
class Kept:
    """What a whole study has found beside estimates and hold-out errors, as far as it was run and still holds."""

    uncertainty: Uncertainty | None
    sampled: Sampled | None
    rolling: Rolling | None


def kept_findings(study: Study, *, out: str | Path, quick: bool = False) -> Kept:
    """Look up what `run_study` has kept; nothing is run, and nothing written.

    Parameters
    ----------
    study
        Read by `load_study`.
    out, quick
        Those of `run_study`.
    """
    steps = steps_of(study, Path(out), quick=quick)
    # in the order in which a study runs them, since the key of a step holds the names before it
    steps.kept("calibrate", Calibration)
    steps.kept("backtest", Backtest)
    return Kept(steps.kept("profiles", Uncertainty), steps.kept("posterior", Sampled), steps.kept("rolling", Rolling))


def scenario_study(
    study: Study,
    *,
    out: str | Path,
    workers: int = 1,
    scheduler: str | None = None,
    progress: Progress = silent,
    own: bool = True,
) -> Ahead:
    """Run the calibration, the forecast and the scenarios of a study; see `run_study`, which reuses them.

    Parameters
    ----------
    study, out, workers, scheduler, progress
        As of `run_study`.
    own
        Whether the scenarios are the study's own: others do not take the place of its kept step.

    Raises
    ------
    StudyError
        When there are no scenarios, or PySD runs the model.
    """
    if study.scenarios is None:
        raise StudyError(
            "names no scenarios: give a file of them with --scenarios, or name one here",
            path=study.path,
            field="forecast.scenarios",
        )
    require_forecast(study)
    job = Job(study, Path(out), quick=False, workers=workers, scheduler=scheduler, progress=progress)
    ahead = job.ahead(job.calibrate().fit, own=own)
    job.warn_of_changes()
    return ahead


def draw_study(study: Study, *, out: str | Path, quick: bool = False, progress: Progress = silent) -> DrawnStudy:
    """Run the calibration and the posteriors of a study, and draw its series; see `run_study`, which reuses them.

    Parameters
    ----------
    study, out, progress
        As of `run_study`.
    quick
        Use the study's smaller search, and approximate the posteriors near their modes in place of chains.

    Raises
    ------
    StudyError
        When PySD runs the model.
    CalibrationError
        When a posterior may not be summarised.
    """
    found = refitted_study(study, out=out, quick=quick, progress=progress)
    simulator = found.simulator()
    return DrawnStudy(
        study.name,
        later_draws(study, found.draws, simulator),
        held_out_draws(study, found.fitted, simulator),
        approximate=quick,
    )


def refitted_study(study: Study, *, out: str | Path, quick: bool = False, progress: Progress = silent) -> RefittedStudy:
    """Run the calibration and the posteriors of a study, and go on from there; see `run_study`, which reuses them.

    Parameters, errors and warnings are those of `draw_study`.
    """
    require_forecast(study)
    job = Job(study, Path(out), quick=quick, workers=1, scheduler=None, progress=progress)
    later, fitted = job.posteriors(job.calibrate().fit)
    job.warn_of_changes()
    return RefittedStudy(
        study=study,
        estimate=later.estimate,
        draws=later.draws,
        fitted=fitted,
        approximate=quick,
        steps=job.later.branch(),
        simulator=job.driven,
    )


def require_forecast(study: Study) -> None:
    """Insist on a study whose model can be run often enough for a forecast.

    Raises
    ------
    StudyError
        When PySD runs the model.
    """
    if study.on_pysd:
        raise StudyError(f"has no forecast: {BY_PYSD}", path=study.path)
