"""Says which feedback loops rule a study's model, year by year, in what share of the draws of its posterior."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from pydantic import Field

from rcsd.analysis.clock import ClockedSimulator
from rcsd.analysis.loops import Dominance, dominance, named_loops
from rcsd.analysis.loops.documents import dominance_document, dominance_table
from rcsd.errors import InputError, SimulationError, StudyError
from rcsd.names import near_matches
from rcsd.simulation.engine import SystemSimulator
from rcsd.study.file.schema import Section
from rcsd.study.file.section import FileSection
from rcsd.study.file.study import Study
from rcsd.study.graph.request import Request
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Step
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.posterior import without_chains
from rcsd.study.steps.refit import REFIT

NAME = "loops"
"""Of the step, of its table in study.toml and of its entry in result.json."""
_LARGEST = 3000
"""Equations of a model for which loops are scored draw by draw."""


class LoopsSection(Section):
    """`[loops]`: which feedback loops rule a variable, over the draws of the posterior of all compared years."""

    of: str
    """Variable of the model: loops through the stocks from which it is worked out within a step are looked at."""
    draws: int = Field(200, ge=20, le=10_000)
    """Draws of the posterior that are run, evenly spread over all."""


@dataclass(frozen=True, slots=True, eq=False)
class LoopDominance:
    """Loop dominance over the draws of a posterior.

    Attributes
    ----------
    dominance
        None where it could not be worked out.
    fault
        Why not; empty where it could.
    """

    dominance: Dominance | None
    fault: str


def _section(study: Study) -> LoopsSection | None:
    found = getattr(study.file, NAME, None)
    assert found is None or isinstance(found, LoopsSection)  # the file was held to its schema
    return found


def _when(study: Study, request: Request) -> str:
    section = _section(study)
    if section is None:
        return f"the study has no section [{NAME}]"
    if study.model.ir.get(section.of.partition("[")[0]) is None:
        hint = near_matches(section.of, study.model.ir.names) or "take a name of the model"
        raise StudyError(f"the model has no variable {section.of!r}; {hint}", path=study.path, field=f"{NAME}.of")
    return without_chains(study, request)


def _compute(run: Run) -> LoopDominance:
    section, refitted, simulator = _section(run.study), run.get(REFIT), run.simulator
    assert section is not None  # the step is left out without one
    if refitted is None or refitted.posterior is None:
        why = "; ".join(refitted.faults) if refitted is not None else "there is none"
        return LoopDominance(None, f"the posterior of all compared years has no draws: {why}")
    if isinstance(simulator, ClockedSimulator):
        simulator = simulator.inner
    if not isinstance(simulator, SystemSimulator):
        return LoopDominance(None, "the model runs on an engine whose equations cannot be seen")
    if len(simulator.system.steps) > _LARGEST:
        return LoopDominance(None, f"the model has more than {_LARGEST:,} equations")
    draws = refitted.posterior.draws
    chosen = np.unique(np.linspace(0, draws.n - 1, min(section.draws, draws.n)).astype(np.intp))
    rows = {name: values[chosen] for name, values in draws.inputs.items()}
    named = named_loops(run.study.model.path)
    last = float(run.study.clock.to_model(run.study.file.windows.last))
    try:
        found = dominance(simulator, rows, of=section.of, named=named, until=last, progress=run.progress)
    except (InputError, SimulationError) as error:
        return LoopDominance(None, str(error))
    return LoopDominance(found, "")


def _inputs(study: Study, _request: Request) -> object:
    """Return the names of loops, which stand beside the model."""
    return [[each.name, *each.through, "|", *each.via] for each in named_loops(study.model.path)]


def _document(result: StudyResult) -> dict[str, object]:
    found = result.get(LOOPS)
    return {NAME: None if found is None or found.dominance is None else dominance_document(found.dominance)}


def _table(result: StudyResult) -> str | None:
    found = result.get(LOOPS)
    return None if found is None or found.dominance is None else dominance_table(found.dominance)


STEP = LOOPS = Step(
    NAME,
    LoopDominance,
    _compute,
    needs=(CALIBRATE,),
    uses=(REFIT,),
    when=_when,
    reads=(NAME,),
    inputs=_inputs,
    packages=("networkx",),
    section=FileSection(NAME, LoopsSection),
    document=_document,
    files={"loops.csv": _table},
)
