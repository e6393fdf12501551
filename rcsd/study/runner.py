"""Runs a study step by step: calibrate, score the hold-out, simulate to the horizon, ask what moves it, write."""

from __future__ import annotations

import json
import time
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from rcsd.calibration import Draws, FitResult, Posterior, Progress, fit, silent
from rcsd.ensemble import DrivenSimulator, Simulator
from rcsd.errors import CalibrationError, OutputError, RcsdWarning, StudyError
from rcsd.files import sha256
from rcsd.study.ahead import Ahead
from rcsd.study.drawing import DrawnStudy, ModeAndDraws, RefittedStudy, approximate_draws, held_out_draws, later_draws
from rcsd.study.forecasting import Forecasted, forecast
from rcsd.study.provenance import changed_files, hashes, require_unchanged, scenario_hashes, versions
from rcsd.study.refit import Refit, refit
from rcsd.study.result import StudyResult, TargetResult
from rcsd.study.rolling import Rolling, roll
from rcsd.study.sampling import Sampled, sampling
from rcsd.study.scenario_step import Compared, compare_scenarios
from rcsd.study.sensitivity import sensitivity
from rcsd.study.sobol_result import Sensitivity
from rcsd.study.steps import StartFiles, Steps
from rcsd.study.study import Study
from rcsd.study.summary import Knowledge, summarise
from rcsd.study.trajectories import Trajectories, simulate
from rcsd.study.uncertainty import Uncertainty, uncertainty
from rcsd.study.validation import Backtest, backtest
from rcsd.study.writer import read_quick, write_study

_QUICK_DRAWS = 500
"""Draws of an approximate posterior."""

_BY_PYSD = "PySD runs this model, which would take hours for the chains of a posterior"


@dataclass(frozen=True, slots=True)
class Calibration:
    """A fit, and the model runs per second of wall time that it was made with."""

    fit: FitResult
    runs_per_second: float


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
    job = _Job(study, Path(out), quick=quick, workers=workers, scheduler=scheduler, progress=progress)
    job.warn_of_full_result()
    calibration = job.calibrate()
    tested = job.backtest(calibration.fit)
    # PySD would take hours for the runs of a posterior
    known = None if study.on_pysd else job.uncertainty(calibration.fit)
    thorough = not (quick or study.on_pysd)
    sampled, rolled = (job.sample(calibration.fit), job.roll()) if thorough else (None, None)
    trajectories = job.simulate(calibration.fit)
    moved = job.sensitivity()
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
    job = _Job(study, Path(out), quick=quick, workers=workers, scheduler=scheduler, progress=progress)
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
    job = _Job(study, Path(out), quick=quick, workers=workers, scheduler=scheduler, progress=progress)
    tested = job.backtest(job.calibrate().fit)
    job.warn_of_changes()
    return tested.targets


def _draws(study: Study, posterior: Posterior | None, faults: tuple[str, ...]) -> Draws:
    """Return the draws of a posterior that may be summarised."""
    if posterior is None or faults:
        raise CalibrationError(f"nothing is drawn for {study.name}, whose chains did not converge: {'; '.join(faults)}")
    return posterior.draws


@dataclass(frozen=True, slots=True)
class Kept:
    """What a whole study has found beside estimates and hold-out errors, as far as it was run and still holds."""

    uncertainty: Uncertainty | None
    sampled: Sampled | None
    rolling: Rolling | None


def kept_findings(study: Study, *, out: str | Path, quick: bool = False) -> Kept:
    """Look up what `run_study` has kept; nothing is run.

    Parameters
    ----------
    study
        Read by `load_study`.
    out, quick
        Those of `run_study`.
    """
    steps = _Job(study, Path(out), quick=quick, workers=1, scheduler=None, progress=silent).steps
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
    job = _Job(study, Path(out), quick=False, workers=workers, scheduler=scheduler, progress=progress)
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
    job = _Job(study, Path(out), quick=quick, workers=1, scheduler=None, progress=progress)
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
        raise StudyError(f"has no forecast: {_BY_PYSD}", path=study.path)


@dataclass(slots=True)
class _Job:
    """One run of a study: its folder, its kept steps, and the simulator they share."""

    study: Study
    out: Path
    quick: bool
    workers: int
    scheduler: str | None
    progress: Progress
    folder: Path = field(init=False)
    steps: Steps = field(init=False)
    later: Steps = field(init=False)
    _simulator: Simulator | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.folder = self.out / self.study.name
        inputs = {"versions": versions(), "hashes": hashes(self.study), "quick": self.quick}
        key = sha256(json.dumps(inputs, sort_keys=True).encode())
        kept = self.folder / "steps"
        self.steps = Steps(kept / "quick" if self.quick else kept, key, self._check)
        try:
            self.steps.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"the output folder cannot be made ({error.strerror}): choose one that you may write to",
                path=self.folder,
            ) from error

    @property
    def simulator(self) -> Simulator:
        """Made when first needed: a study whose steps are all kept runs no model."""
        if self._simulator is None:
            self._simulator = self.study.simulator()
        return self._simulator

    def _check(self) -> None:
        require_unchanged(self.study)

    def warn_of_full_result(self) -> None:
        """Say that a quick search is about to take the place of a full one."""
        if self.quick and read_quick(self.folder) is False:
            warnings.warn(
                f"the results of a full search in {self.folder} give way to those of a quick one; the same study "
                "without --quick brings them back, from the steps that it has kept",
                RcsdWarning,
                stacklevel=3,
            )

    def warn_of_changes(self) -> None:
        """Say which files are no longer what this run has read."""
        changed = changed_files(self.study)
        if changed:
            warnings.warn(
                f"{', '.join(map(str, changed))} changed while the study ran: the results, and the hashes beside them, "
                "are those of what was read at its start; run it again for the new content",
                RcsdWarning,
                stacklevel=3,
            )

    def calibrate(self) -> Calibration:
        """Fit on the fit window."""
        found = self.steps.run("calibrate", Calibration, self._fit)
        # the forecast hangs on nothing but the fit, so that it can be had without the other steps
        self.later = self.steps.branch()
        return found

    def _fit(self, key: str) -> Calibration:
        kept = StartFiles(self.steps.folder, key, self._check)
        problem = self.study.problem(self.simulator)
        began = time.perf_counter()
        found = fit(
            problem,
            self.study.search(quick=self.quick),
            rng=np.random.default_rng(self.study.file.study.seed),
            # the compiled engine needs no second process: starting one takes longer than a descent
            workers=self.workers if self.study.on_pysd else 1,
            scheduler=self.scheduler,
            progress=self.progress,
            reuse=kept,
        )
        return Calibration(found, (found.n_runs - kept.n_reused) / (time.perf_counter() - began))

    def backtest(self, fitted: FitResult) -> Backtest:
        """Score the hold-out."""
        self.progress("backtest", 0, 1)
        tested = self.steps.run("backtest", Backtest, lambda _: backtest(self.study, fitted, self.simulator))
        self.progress("backtest", 1, 1)
        return tested

    def uncertainty(self, fitted: FitResult) -> Uncertainty:
        """Examine how well the fit window determines the parameters."""
        self.progress("profiles", 0, 1)
        found = self.steps.run("profiles", Uncertainty, lambda _: uncertainty(self.study, fitted, self.simulator))
        self.progress("profiles", 1, 1)
        return found

    def sample(self, fitted: FitResult) -> Sampled:
        """Sample the posterior of the fit window."""
        return self.steps.run(
            "posterior", Sampled, lambda _: sampling(self.study, fitted, self.simulator, progress=self.progress)
        )

    def posteriors(self, fitted: FitResult) -> tuple[ModeAndDraws, Draws]:
        """Return mode and draws of the posterior of every compared year, and draws of that of the fit window."""
        study, note = self.study, self.progress
        if self.quick:
            return self._approximate(fitted)
        refitted = self.later.run("refit", Refit, lambda _: refit(study, fitted, self.simulator, progress=note))
        # the names of the steps between are part of the key of the next
        self.steps.kept("backtest", Backtest)
        self.steps.kept("profiles", Uncertainty)
        sampled = self.sample(fitted)
        later = ModeAndDraws(refitted.estimate, _draws(study, refitted.posterior, refitted.faults))
        return later, _draws(study, sampled.posterior, sampled.faults)

    def _approximate(self, fitted: FitResult) -> tuple[ModeAndDraws, Draws]:
        """Do without chains."""
        study = self.study
        found: list[ModeAndDraws] = []
        for step, last in (("approximate", study.file.windows.last), ("approximate-fit", None)):
            self.progress("posteriors", len(found), 2)
            found.append(
                self.later.run(
                    step,
                    ModeAndDraws,
                    lambda _, last=last: approximate_draws(study, fitted, self.driven(), _QUICK_DRAWS, last),  # type: ignore[misc]
                )
            )
        self.progress("posteriors", 2, 2)
        return found[0], found[1].draws

    def roll(self) -> Rolling:
        """Fit and forecast from many origins."""
        return self.steps.run("rolling", Rolling, lambda _: roll(self.study, self.simulator, progress=self.progress))

    def simulate(self, fitted: FitResult) -> Trajectories:
        """Simulate to the horizon."""
        self.progress("simulate", 0, 1)
        found = self.steps.run("simulate", Trajectories, lambda _: simulate(self.study, fitted, self.simulator))
        self.progress("simulate", 1, 1)
        return found

    def sensitivity(self) -> Sensitivity:
        """Ask which parameter moves which output."""
        return self.steps.run(
            "sobol",
            Sensitivity,
            lambda _: sensitivity(self.study, lambda: self.simulator, quick=self.quick, progress=self.progress),
        )

    def ahead(self, fitted: FitResult, *, own: bool = True) -> Ahead:
        """Forecast, and compare scenarios."""
        left_out = self._no_forecast()
        if left_out:
            return Ahead(left_out)
        study, note = self.study, self.progress
        refitted = self.later.run("refit", Refit, lambda _: refit(study, fitted, self.simulator, progress=note))
        note("forecast", 0, 1)
        forecasted = self.later.run("forecast", Forecasted, lambda _: forecast(study, refitted, self.driven()))
        note("forecast", 1, 1)
        definition = study.scenarios
        compared = None
        if definition is not None:
            compared = self.later.run(
                "scenarios" if own else "scenarios-other",
                Compared,
                lambda _: compare_scenarios(study, definition, refitted, self.driven(), progress=note),
                inputs=scenario_hashes(study)["scenarios"],
            )
        return Ahead("", refitted, forecasted, compared)

    def _no_forecast(self) -> str:
        """Say why there is no forecast; empty where there is."""
        if self.study.file.forecast is None and self.study.scenarios is None:
            return "the study has no section [forecast]"
        if self.study.on_pysd:
            return _BY_PYSD
        return "a quick run samples no posterior" if self.quick else ""

    def driven(self) -> DrivenSimulator:
        """Return the simulator as one whose drivers can be replaced."""
        simulator = self.simulator
        assert isinstance(simulator, DrivenSimulator)  # only PySD's is none, and that forecasts nothing
        return simulator
