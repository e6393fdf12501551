"""Two models -> everything that differs: what they say, and what they do."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rcsd.analysis.difference.behaviour.comparing import compare_runs, output_pairs
from rcsd.analysis.difference.behaviour.difference import BehaviourDifference
from rcsd.analysis.difference.behaviour.draws import shared_draws
from rcsd.analysis.difference.structure.comparing import compare_structure
from rcsd.analysis.difference.structure.difference import StructureDifference
from rcsd.analysis.difference.structure.subscripts import other_names
from rcsd.errors import RcsdError
from rcsd.shown import as_html, in_one_line
from rcsd.simulation.backends import Backend
from rcsd.simulation.ir import Model
from rcsd.simulation.loading import DataFiles, LoadedModel
from rcsd.simulator import Simulator

_LONG = 10_000_000
"""Equations times steps beyond which kernels are worth compiling, even for one ensemble."""


@dataclass(frozen=True, slots=True, eq=False)
class ModelDifference:
    """How two models differ.

    Attributes
    ----------
    structure : StructureDifference
        What their files say.
    behaviour : BehaviourDifference or None
        What their runs do; None where they were not run.
    not_run : str
        Why they were not; empty where they were, or nobody asked.
    """

    structure: StructureDifference
    behaviour: BehaviourDifference | None = None
    not_run: str = ""

    def __repr__(self) -> str:
        structure = self.structure
        counts = {
            "added": len(structure.added),
            "removed": len(structure.removed),
            "renamed": len(structure.renamed),
            "changed": sum(any(each.matters for each in change.changes) for change in structure.changed),
        }
        facts = [f"{count} {words}" for words, count in counts.items() if count] or ["no variable changed"]
        if self.behaviour is not None:
            facts.append(f"{len(self.behaviour.moved)} moved in runs")
        return in_one_line(type(self).__name__, "", *facts, "not run" if self.not_run else "")

    def _repr_html_(self) -> str:
        structure = self.structure
        rows = [(each.name, "added", "", each.equation) for each in structure.added]
        rows += [(each.name, "removed", each.equation, "") for each in structure.removed]
        rows += [(each.new.name, "renamed", each.old.name, each.new.name) for each in structure.renamed]
        every = [(each.new.name, change) for each in structure.changed for change in each.changes]
        every += [(change.name, change) for change in structure.settings]
        rows += [(name, change.aspect, change.old, change.new) for name, change in every if change.matters]
        moved = () if self.behaviour is None else self.behaviour.moved
        rows += [(each.name, f"moved by {each.base:.3g} of its range", "", "") for each in moved]
        return as_html(repr(self).strip("<>"), ("variable", "what", "old", "new"), rows)

    @property
    def same(self) -> bool:
        """Whether the models say the same and, where they were run, do the same but for rounding."""
        return self.structure.same and not self.not_run and (self.behaviour is None or self.behaviour.same)


def compare_models(
    old: LoadedModel | None,
    new: LoadedModel | None,
    *,
    runs: bool = True,
    n_draws: int = 64,
    seed: int = 0,
    data: DataFiles = (),
) -> ModelDifference:
    """Compare two models: their equations, units, words and views, then their runs.

    Parameters
    ----------
    old, new : LoadedModel or None
        Of one format or of two; None for one that is not there.
    runs : bool
        Whether to run them: once as they are, and over the same draws from the ranges that they state.
    n_draws : int
        Runs of each model in the ensemble; 0 for none.
    seed : int
        Of the draws.
    data : path, or sequence of path
        Files with the series of data variables, for both.

    Returns
    -------
    ModelDifference

    Examples
    --------
    >>> import rcsd
    >>> city = rcsd.load("resource_city")
    >>> compare_models(city, city, n_draws=4).same
    True
    """
    structure = compare_structure(None if old is None else old.ir, None if new is None else new.ir)
    if old is None or new is None or not runs:
        return ModelDifference(structure)
    simulators: list[Simulator] = []
    for which, model in (("old", old), ("new", new)):
        try:
            simulators.append(model.simulator(_backend(model), data=data))
        except RcsdError as error:
            return ModelDifference(structure, not_run=f"the {which} model does not run: {error}")
    before, after = simulators
    renamed = other_names(old.ir.ranges, new.ir.ranges)
    pairs = output_pairs(structure.counterparts, before.variables, after.variables, lambda e: renamed.get(e, e))
    if not pairs:
        return ModelDifference(structure, not_run="the models have no variable in common")
    on_pysd = any(model.runs_on_pysd("auto") for model in (old, new))
    many = bool(n_draws) and not on_pysd
    draws = shared_draws(structure, before, after, n_draws, rng=np.random.default_rng(seed)) if many else None
    try:
        behaviour = compare_runs(before, after, pairs, (old.time.saved_times(), new.time.saved_times()), draws)
    except RcsdError as error:
        return ModelDifference(structure, not_run=str(error))
    notes = [*behaviour.notes, *_notes(old.ir, new.ir)]
    if on_pysd and n_draws:
        notes.append("PySD runs one of the models, a run at a time: only the base runs are compared.")
    elif many and draws is not None and not draws.space.n:
        notes.append("No constant of both models states a finite range: only the base runs are compared.")
    return ModelDifference(structure, replace(behaviour, notes=tuple(notes)))


def _backend(model: LoadedModel) -> Backend:
    """Choose what runs one ensemble soonest: the interpreter, unless the model has very many steps."""
    axis = model.time
    if model.runs_on_pysd("auto"):
        return "auto"
    return "auto" if (axis.stop - axis.start) / axis.step * len(model.ir.definitions) > _LONG else "interpreted"


def _notes(old: Model, new: Model) -> list[str]:
    """Say what a reader of the numbers must know."""
    notes = []
    if old.random or new.random:
        notes.append(
            "The models draw random numbers: where one has another number of draws, its runs differ for that alone."
        )
    if (old.time.start, old.time.step, old.time.method) != (new.time.start, new.time.step, new.time.method):
        notes.append("The models start, step or integrate differently; each runs as its own file says.")
    return notes
