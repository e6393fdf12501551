"""One run of a study: the steps it takes, each kept in the output folder and reused while it holds."""

from __future__ import annotations

import json
import time
import warnings
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

from rcsd.analysis.calibration import Draws, FitResult, Posterior, fit
from rcsd.errors import CalibrationError, OutputError, RcsdWarning
from rcsd.files import sha256
from rcsd.simulator import DrivenSimulator, Simulator
from rcsd.study.file.study import Study
from rcsd.study.graph.kept import StartFiles, Steps
from rcsd.study.graph.provenance import changed_files, hashes, require_unchanged, scenario_hashes, versions
from rcsd.study.sobol.result import Sensitivity
from rcsd.study.written.ahead import Ahead
from rcsd.study.findings.drawing import ModeAndDraws, approximate_draws
from rcsd.study.findings.backtest import Backtest, backtest
from rcsd.study.findings.forecast import Forecasted, forecast
from rcsd.study.findings.posterior import Sampled, sampling
from rcsd.study.findings.profiles import Uncertainty, uncertainty
from rcsd.study.findings.refit import Refit, refit
from rcsd.study.findings.rolling import Rolling, roll
from rcsd.study.findings.scenarios import Compared, compare_scenarios
from rcsd.study.findings.simulate import Trajectories, simulate
from rcsd.study.sobol.analyses import sensitivity
from rcsd.study.written.writer import read_quick
from rcsd.work.progress import Progress

_QUICK_DRAWS = 500
"""Draws of an approximate posterior."""

BY_PYSD = "PySD runs this model, which would take hours for the chains of a posterior"


@dataclass(frozen=True, slots=True)
class Calibration:
    """A fit, and the model runs per second of wall time that it was made with."""

    fit: FitResult
    runs_per_second: float


def steps_of(study: Study, out: Path, *, quick: bool) -> Steps:
    """Return the steps of a study that an output folder keeps, or may come to keep."""
    inputs = {"versions": versions(), "hashes": hashes(study), "quick": quick}
    key = sha256(json.dumps(inputs, sort_keys=True).encode())
    kept = out / study.name / "steps"
    return Steps(kept / "quick" if quick else kept, key, partial(require_unchanged, study))


@dataclass(slots=True)
class Job:
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
        self.steps = steps_of(self.study, self.out, quick=self.quick)
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
        kept = StartFiles(self.steps.folder, key, self.steps.check)
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
        windows = {"approximate": self.study.file.windows.last, "approximate-fit": None}
        found: list[ModeAndDraws] = []
        for step, last in windows.items():
            self.progress("posteriors", len(found), len(windows))
            found.append(self.later.run(step, ModeAndDraws, partial(self._around_mode, fitted, last)))
        self.progress("posteriors", len(windows), len(windows))
        return found[0], found[1].draws

    def _around_mode(self, fitted: FitResult, last: int | None, _key: str) -> ModeAndDraws:
        return approximate_draws(self.study, fitted, self.driven(), _QUICK_DRAWS, last)

    def roll(self) -> Rolling:
        """Fit and forecast from many origins."""
        return self.steps.run("rolling", Rolling, lambda _: roll(self.study, self.simulator, progress=self.progress))

    def simulate(self, fitted: FitResult) -> Trajectories:
        """Simulate to the horizon."""
        self.progress("simulate", 0, 1)
        found = self.steps.run("simulate", Trajectories, lambda _: simulate(self.study, fitted, self.simulator))
        self.progress("simulate", 1, 1)
        return found

    def sensitivity(self, fitted: FitResult) -> Sensitivity:
        """Ask which parameter moves which output."""
        return self.steps.run(
            "sobol",
            Sensitivity,
            lambda _: sensitivity(
                self.study, fitted.values, lambda: self.simulator, quick=self.quick, progress=self.progress
            ),
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
            return BY_PYSD
        return "a quick run samples no posterior" if self.quick else ""

    def driven(self) -> DrivenSimulator:
        """Return the simulator as one whose drivers can be replaced."""
        simulator = self.simulator
        assert isinstance(simulator, DrivenSimulator)  # only PySD's is none, and that forecasts nothing
        return simulator


def _draws(study: Study, posterior: Posterior | None, faults: tuple[str, ...]) -> Draws:
    """Return the draws of a posterior that may be summarised."""
    if posterior is None or faults:
        raise CalibrationError(f"nothing is drawn for {study.name}, whose chains did not converge: {'; '.join(faults)}")
    return posterior.draws
