"""The fitted run made once more: by the interpreter, and at half the time step.

Both are of the study's own run, with its estimates, constants and drivers: what a reader sees is what is checked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.checks.file.reading import Declared
from rcsd.analysis.checks.file.schema import ChecksFile
from rcsd.analysis.checks.subject import Subject, Unmade, quiet
from rcsd.ensemble import Ensemble
from rcsd.errors import RcsdError
from rcsd.simulator import Simulator
from rcsd.study.file.study import Study
from rcsd.study.findings.checked.result import Moved, Rerun

LARGEST_CHANGE = 0.01
"""Share of its largest size by which half a step may move a compared variable."""
LARGEST_GAP = 1e-9
"""Share of its largest size by which two engines may differ in a variable."""
_RUNS = 3.0
"""Work of both reruns, in runs of the model as it is."""
_NOTHING = 1e-12


def reruns(study: Study, values: Mapping[str, float], simulator: Simulator) -> tuple[Rerun, Rerun]:
    """Run the fitted model at half the step, and by the interpreter.

    Parameters
    ----------
    study
        With its model.
    values
        The estimates.
    simulator
        Of the study.

    Returns
    -------
    tuple of Rerun
        At half the step, compared in the variables of the series; by the interpreter, compared in all.
    """
    unmade = _hindrance(study)
    if unmade:
        return Rerun((), 0, LARGEST_CHANGE, unmade), Rerun((), 0, LARGEST_GAP, unmade)
    times, compared = study.saved, tuple(dict.fromkeys(target.variable for target in study.targets))
    own = simulator.run(values, outputs=None, times=times)
    try:
        with quiet():
            plain = _interpreted(study).run(values, outputs=None, times=times)
            finer = _interpreted(study, halves=2).run(values, outputs=compared, times=times)
    except RcsdError as error:
        why = f"the interpreter cannot run it ({error})"
        return Rerun((), 0, LARGEST_CHANGE, why), Rerun((), 0, LARGEST_GAP, why)
    return (
        _rerun(plain, finer, compared, compared, LARGEST_CHANGE),
        _rerun(own, plain, own.variables, compared, LARGEST_GAP),
    )


def _rerun(one: Ensemble, other: Ensemble, variables: Sequence[str], told: Sequence[str], largest: float) -> Rerun:
    """Compare two runs, and keep the variables that are told and the one that moves most."""
    moved = [_of(name, one.of(name)[0], other.of(name)[0], one.times) for name in variables]
    worst = max(moved, key=lambda each: each.share)
    return Rerun(tuple(each for each in moved if each.variable in told or each is worst), len(moved), largest)


def _hindrance(study: Study) -> str:
    """Say why the fitted run is not made in another way; empty where it is."""
    if study.on_pysd:
        return "the study runs on PySD"
    if study.model.ir.random:
        return "the model draws random numbers"
    try:
        Subject(study.model, Declared(ChecksFile())).require_work(_RUNS)
    except Unmade as why:
        return str(why)
    return ""


def _interpreted(study: Study, *, halves: int = 1) -> Simulator:
    """Make the study's simulator on the interpreter, its step divided."""
    head = study.file.study.model_copy(update={"backend": "interpreted"})
    time = study.model.time
    model = study.model if halves == 1 else study.model.with_time(step=time.step / halves, save_step=time.save_step)
    return study.changed(file=study.file.model_copy(update={"study": head}), model=model).simulator()


def _of(name: str, one: NDArray[np.float64], other: NDArray[np.float64], times: NDArray[np.float64]) -> Moved:
    known = np.isfinite(one)
    lost = known != np.isfinite(other)
    if lost.any():
        return Moved(name, float("inf"), float(times[int(np.argmax(lost))]))
    if not known.any():
        return Moved(name, 0.0, float(times[0]))
    size = max(float(np.max(np.abs(one[known]))), _NOTHING)
    gaps = np.where(known, np.abs(one - other), 0.0) / size
    at = int(np.argmax(gaps))
    return Moved(name, float(gaps[at]), float(times[at]))
