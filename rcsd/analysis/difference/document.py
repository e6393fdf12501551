"""A difference as plain values for JSON."""

from __future__ import annotations

from typing import Any

from rcsd.analysis.difference.behaviour.difference import BehaviourDifference, Moved
from rcsd.analysis.difference.comparing import ModelDifference
from rcsd.analysis.difference.structure.difference import Change, StructureDifference, VariableChange
from rcsd.bands import Band
from rcsd.simulation.ir import Variable


def difference_document(difference: ModelDifference) -> dict[str, Any]:
    """Arrange what differs.

    Returns
    -------
    dict
        ``{"same", "structure": {"added", "removed", "changed", "settings", "uncompared"}, "behaviour", "not_run"}``.
        ``behaviour`` is None where the models were not run; numbers that are not defined are NaN.
    """
    return {
        "same": difference.same,
        "structure": structure_document(difference.structure),
        "behaviour": None if difference.behaviour is None else _behaviour(difference.behaviour),
        "not_run": difference.not_run,
    }


def structure_document(difference: StructureDifference) -> dict[str, Any]:
    """Arrange what the files of two models say differently."""
    return {
        "same": difference.same,
        "added": [_variable(each) for each in difference.added],
        "removed": [_variable(each) for each in difference.removed],
        "changed": [_changed(each) for each in difference.changed],
        "settings": [_change(each) for each in difference.settings],
        "uncompared": list(difference.uncompared),
    }


def _variable(variable: Variable) -> dict[str, Any]:
    return {
        "name": variable.name,
        "kind": variable.kind,
        "unit": variable.unit,
        "equation": variable.equation,
        "line": variable.line,
    }


def _changed(change: VariableChange) -> dict[str, Any]:
    return {
        "name": change.new.name,
        "old_name": change.old.name,
        "renamed": change.is_renamed,
        "line": change.new.line,
        "old_line": change.old.line,
        "changes": [_change(each) for each in change.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    named = {"name": change.name} if change.name else {}
    return {
        "aspect": change.aspect,
        **named,
        "old": change.old,
        "new": change.new,
        "details": list(change.details),
        "matters": change.matters,
    }


def _behaviour(behaviour: BehaviourDifference) -> dict[str, Any]:
    return {
        "same": behaviour.same,
        "times": behaviour.times.tolist(),
        "compared": behaviour.n_compared,
        "draws": behaviour.n_draws,
        "varied": list(behaviour.varied),
        "failed": {"old": behaviour.failed[0], "new": behaviour.failed[1]},
        "notes": list(behaviour.notes),
        "moved": [_moved(each) for each in behaviour.moved],
    }


def _moved(moved: Moved) -> dict[str, Any]:
    return {
        "name": moved.name,
        "old_name": moved.old_name,
        "unit": moved.unit,
        "base": {"share_of_range": moved.base, "at": moved.at, "old": moved.old.tolist(), "new": moved.new.tolist()},
        "draws": {
            "share_of_range": {"median": moved.median, "p95": moved.high},
            "moved_in": moved.moved_in,
            "standard_deviations": moved.in_sd,
            "new_less_old": _band(moved.gap),
        },
    }


def _band(band: Band | None) -> dict[str, list[float]] | None:
    if band is None:
        return None
    return {"p05": band.low.tolist(), "median": band.median.tolist(), "p95": band.high.tolist()}
