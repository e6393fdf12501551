"""What is done with a study: the whole of it, or up to a step."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from rcsd.analysis.calibration import FitResult
from rcsd.errors import RcsdWarning, StudyError
from rcsd.simulator import DrivenSimulator
from rcsd.study.counting import counted, timed
from rcsd.study.file.study import Study
from rcsd.study.findings.drawing import DrawnStudy, held_out_draws, later_draws
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.assignment import Assignment, Ran
from rcsd.study.graph.info import model_info, study_info
from rcsd.study.graph.provenance import changed_files, hashes, scenario_hashes, versions
from rcsd.study.graph.registry import all_steps
from rcsd.study.graph.request import Request
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.running import kept_steps, run_steps
from rcsd.study.graph.step import Step
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.draws import DRAWS
from rcsd.study.steps.draws_fit import DRAWS_FIT
from rcsd.study.steps.posterior import BY_PYSD
from rcsd.study.written.crate import earlier_files, write_crate
from rcsd.study.written.inputs import inputs_of, write_inputs
from rcsd.study.written.writer import read_quick, write_study
from rcsd.work.progress import Progress, silent


def run_study(
    study: Study,
    *,
    out: str | Path,
    quick: bool = False,
    workers: int = 1,
    scheduler: str | None = None,
    progress: Progress = silent,
    given: Mapping[str, Any] | None = None,
) -> StudyResult:
    """Run every step of a study, and write its files.

    Finished steps, and finished starts of the calibration, are kept in `out/<study>/steps` and reused while all that
    decides them is the same: the model, the data, the tables of the study file that they read, their code and the
    packages they depend on. Those of a quick search lie in a folder of their own below it: a quick look takes the place
    of a full result, with an `RcsdWarning`, but the full search's steps stay to bring it back.

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
        Processes: steps that do not wait for one another run beside each other, or, where PySD runs the model, the
        calibration's starts do. The result does not depend on it.
    scheduler
        Address of a dask cluster that makes the starts instead; all else is done here.
    progress
        Told after each finished piece of a step.
    given
        By name, steps on demand that are run too, with what each is given.

    Raises
    ------
    OutputError
        When the output folder cannot be written; nothing is run then.
    CalibrationError
        When every start of the fit failed, or a process was killed.
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

    Examples
    --------
    >>> import tempfile
    >>> import rcsd
    >>> study = rcsd.Study(
    ...     "digital_cluster",
    ...     {"digital": (range(6), [0.010, 0.017, 0.027, 0.042, 0.061, 0.088])},
    ...     series={"digital": {"variable": "Digitalisation", "error": 0.05}},
    ...     parameters={"Digital Imitation": (0.05, 1.0)},
    ... )
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     result = run_study(study, out=folder, quick=True)
    >>> result.info.quick
    True
    """
    result, inputs = run_and_write(
        study, out=out, quick=quick, workers=workers, scheduler=scheduler, progress=progress, given=given
    )
    write_crate(result, Path(out) / study.name, inputs)
    return result


def run_and_write(
    study: Study,
    *,
    out: str | Path,
    quick: bool,
    workers: int,
    scheduler: str | None,
    progress: Progress,
    given: Mapping[str, Any] | None,
) -> tuple[StudyResult, Collection[str]]:
    """Do what `run_study` does, but for the description of the folder: more is to be written into it first.

    Returns
    -------
    tuple
        The result, and the names of what stands in the folder of inputs, for the description.
    """
    task = Assignment(study, Request(quick, given or {}), Path(out), workers, scheduler)
    _warn_of_full_result(task)
    inputs = inputs_of(study)  # now, since a file may change while the study runs
    result = _run(task, _wanted(task), progress)
    write_study(result, task.folder)
    write_inputs(inputs, task.folder, earlier_files(task.folder))
    return result, inputs.keys()


def run_to(  # noqa: PLR0913 - an option each
    study: Study,
    steps: Sequence[Step[Any]],
    *,
    out: str | Path,
    quick: bool = False,
    workers: int = 1,
    scheduler: str | None = None,
    progress: Progress = silent,
    beside: Sequence[Step[Any]] = (),
    aside: Sequence[Step[Any]] = (),
) -> StudyResult:
    """Run a study up to some of its steps; see `run_study`, which reuses them.

    Parameters
    ----------
    study, out, quick, workers, scheduler, progress
        As of `run_study`.
    steps
        What is wanted; all that these take results from is run first. Nothing but kept steps is written.
    beside
        Steps whose results are added where they are kept and still hold.
    aside
        Steps that are kept apart: the study stands for another one, whose own results they must not replace.
    """
    task = Assignment(study, Request(quick), Path(out), workers, scheduler, frozenset(step.name for step in aside))
    return _run(task, steps, progress, beside)


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
    found = run_to(study, (CALIBRATE,), out=out, quick=quick, workers=workers, scheduler=scheduler, progress=progress)
    return found[CALIBRATE].fit


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
    found = run_to(study, (BACKTEST,), out=out, quick=quick, workers=workers, scheduler=scheduler, progress=progress)
    return found[BACKTEST].targets


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
    require_forecast(study)
    found = run_to(study, (DRAWS, DRAWS_FIT), out=out, quick=quick, progress=progress)
    simulator = cast(DrivenSimulator, study.simulator())  # all are but PySD's, which has been refused
    return DrawnStudy(
        study.name,
        later_draws(study, found[DRAWS].draws, simulator),
        held_out_draws(study, found[DRAWS_FIT].draws, simulator),
        approximate=quick,
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


def _wanted(task: Assignment) -> tuple[Step[Any], ...]:
    """List the steps of a whole study."""
    return tuple(step for step in all_steps() if not step.on_demand or step.name in task.request.given)


def _run(
    task: Assignment, steps: Sequence[Step[Any]], progress: Progress, beside: Sequence[Step[Any]] = ()
) -> StudyResult:
    ran = run_steps(task, steps, progress)
    if beside:
        kept = kept_steps(task, beside)
        ran.found, ran.left_out = {**kept.found, **ran.found}, {**kept.left_out, **ran.left_out}
    result = _result(task, ran)
    _warn_of_changes(task.study)
    return result


def _result(task: Assignment, ran: Ran) -> StudyResult:
    """Gather what the steps have found."""
    study, quick = task.study, task.request.quick
    times = timed(ran)
    return StudyResult(
        info=study_info(study, quick=quick),
        model=model_info(study),
        drivers=study.drivers,
        constants=study.constants,
        found=ran.found,
        left_out=ran.left_out,
        runs=counted(ran, times),
        steps=times,
        versions=versions(),
        hashes={**hashes(study), **scenario_hashes(study)},
        given=task.request.given,
        source=study.model,
    )


def _warn_of_full_result(task: Assignment) -> None:
    """Say that a quick search is about to take the place of a full one."""
    if task.request.quick and read_quick(task.folder) is False:
        warnings.warn(
            f"the results of a full search in {task.folder} give way to those of a quick one; the same study without "
            "--quick brings them back, from the steps that it has kept",
            RcsdWarning,
            stacklevel=3,
        )


def _warn_of_changes(study: Study) -> None:
    """Say which files are no longer what this run has read."""
    changed = changed_files(study)
    if changed:
        warnings.warn(
            f"{', '.join(map(str, changed))} changed while the study ran: the results, and the hashes beside them, are "
            "those of what was read at its start; run it again for the new content",
            RcsdWarning,
            stacklevel=4,
        )
