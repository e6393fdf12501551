"""Says which feedback loops lead the fitted run, and when, where no posterior says so of many runs."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.checks.file.reading import checks_beside
from rcsd.analysis.clock import Clock, ClockedSimulator
from rcsd.analysis.loops import feedback_loops, named_loops
from rcsd.errors import RcsdError
from rcsd.files import file_sha256
from rcsd.simulation.engine import SystemSimulator
from rcsd.study.file.study import Study
from rcsd.study.findings.checked.loops import FittedLoops, LoopPartition, fitted_loops, without_loops
from rcsd.study.graph.request import Request
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Step
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.loops import LOOPS

NAME = "fitted_loops"
"""Of the step and of its entry in result.json."""
_LIMIT = 1000
"""Loops at work beyond which the strongest are looked for, which takes a second and not minutes."""
_LARGEST = 3000
"""Equations of a model whose loops are scored."""


def _when(study: Study, request: Request) -> str:
    if study.on_pysd:
        return "PySD runs the model, and loops are scored on the engine's own equations"
    return "" if LOOPS.when(study, request) else "[loops] says which loops rule in every draw of the posterior"


def _compute(run: Run) -> FittedLoops:
    run.progress(NAME, 0, 1)
    found = _found(run)
    run.progress(NAME, 1, 1)
    return found


def _found(run: Run) -> FittedLoops:
    simulator = run.simulator
    if isinstance(simulator, ClockedSimulator):
        simulator = simulator.inner
    if not isinstance(simulator, SystemSimulator):
        return without_loops("the model runs on an engine whose equations cannot be seen")
    if len(simulator.system.steps) > _LARGEST:
        return without_loops(f"the model has more than {_LARGEST:,} equations")
    try:
        named = named_loops(run.study.model.path)
        loops = feedback_loops(simulator, run[CALIBRATE].fit.values, named=named, limit=_LIMIT)
    except RcsdError as error:
        return without_loops(str(error))
    return fitted_loops(loops, partial(_periods, run.study))


def _periods(study: Study, times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Count times of the model in periods of the study."""
    clock = study.clock
    if clock.identity:
        return times
    first, last = study.within
    known = np.arange(first, last + 1, dtype=np.float64)
    return np.asarray(np.interp(times, clock.to_model(known), known))


def _inputs(study: Study, _request: Request) -> object:
    """Return the hash of what names loops, which stands beside the model."""
    return file_sha256(checks_beside(study.model.path))


def _document(result: StudyResult) -> dict[str, object]:
    """Arrange the loops: ``fitted_loops`` has, by partition, the strongest with their relative scores and leads."""
    found = result.get(FITTED_LOOPS)
    if found is None:
        return {NAME: None}
    return {
        NAME: {
            "fault": found.fault or None,
            "times": result.info.clock.shown(found.times),
            "scored": found.n_scored,
            "complete": found.is_complete,
            "partitions": [_partition(each, result.info.clock) for each in found.partitions],
            "notes": found.notes,
        }
    }


def _partition(each: LoopPartition, clock: Clock) -> dict[str, object]:
    return {
        "stocks": each.stocks,
        "scored": each.n_loops,
        "independent": each.n_independent,
        "reinforcing": each.reinforcing,
        "loops": [
            {
                "id": loop.id,
                "name": loop.name or None,
                "polarity": loop.polarity,
                "variables": loop.variables,
                "mean_share": loop.mean_share,
                "leads": [clock.shown([lead.start, lead.stop]) for lead in loop.leads],
                "relative_scores": loop.relative,
            }
            for loop in each.loops
        ],
    }


STEP = FITTED_LOOPS = Step(
    NAME,
    FittedLoops,
    _compute,
    needs=(CALIBRATE,),
    when=_when,
    inputs=_inputs,
    packages=("networkx",),
    document=_document,
)
