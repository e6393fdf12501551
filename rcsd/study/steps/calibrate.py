"""Fits the parameters to the fit window."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from rcsd.analysis.calibration import Agreement, FitResult, agreement, fit
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Step


@dataclass(frozen=True, slots=True)
class Calibration:
    """A fit.

    Attributes
    ----------
    fit
        With all its starts.
    agreement
        How many of these found the same optimum, and in the same place or not.
    runs_per_second
        Model runs per second of wall time.
    """

    fit: FitResult
    agreement: Agreement
    runs_per_second: float

    @property
    def n_runs(self) -> int:
        """Model runs spent."""
        return self.fit.n_runs

    @property
    def n_failed(self) -> int:
        """How many of these failed."""
        return self.fit.n_failed


def _compute(run: Run) -> Calibration:
    study, kept = run.study, run.starts()
    problem = study.problem(run.simulator)
    began = time.perf_counter()
    found = fit(
        problem,
        study.search(quick=run.request.quick),
        rng=np.random.default_rng(study.file.study.seed),
        # the compiled engine needs no second process: starting one takes longer than a descent
        workers=run.workers if study.on_pysd else 1,
        scheduler=run.scheduler,
        progress=run.progress,
        reuse=kept,
    )
    seconds = time.perf_counter() - began
    return Calibration(found, agreement(found, study.space), (found.n_runs - kept.n_reused) / seconds)


STEP = CALIBRATE = Step("calibrate", Calibration, _compute, packages=("SALib",))
