"""`result.json`: what a study found, for machines. Two runs of one study give the same bytes, the speed apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rcsd.errors import PluginError
from rcsd.files import plain
from rcsd.study.graph.registry import all_steps
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.step import Check, Step


def result_document(result: StudyResult) -> dict[str, Any]:
    """Arrange a result as `result.json`, in plain JSON values; an analysis not made is null or empty, never absent."""
    document = {"study": result.info.name, "quick": result.info.quick, "model": result.model.name}
    if not result.info.clock.identity:
        document["time"] = result.info.clock.document
    if result.info.conversions:
        document["conversions"] = result.info.conversions
    tail = {"checks": checks_of(result), "runs": result.runs}
    entries = document_of(result, all_steps())
    taken = [name for name in (*document, *tail) if name in entries]
    if taken:
        raise PluginError(f"a step writes the entry {taken[0]!r} of result.json, which is every study's: rename it")
    found: dict[str, Any] = plain({**document, **entries, **tail})
    return found


def document_of(result: StudyResult, steps: Iterable[Step[Any]]) -> dict[str, Any]:
    """Return the entries of some steps, merged in the order of their names.

    Raises
    ------
    PluginError
        When two steps write one entry.
    """
    merged: dict[str, Any] = {}
    for step in sorted(steps, key=lambda step: step.name):
        _merge(merged, step.document(result), step.name)
    return merged


def checks_of(result: StudyResult) -> list[Check]:
    """Return what the steps that have run say of themselves."""
    return [check for step in all_steps() if step.name in result.found for check in step.checks(result)]


def _merge(into: dict[str, Any], more: Mapping[str, object], step: str) -> None:
    """Lay entries over others: mappings are merged, lists go on, and nothing is written twice."""
    for key, value in more.items():
        known = into.get(key)
        if key not in into:
            into[key] = dict(value) if isinstance(value, Mapping) else value
        elif isinstance(known, dict) and isinstance(value, Mapping):
            _merge(known, value, step)
        elif isinstance(known, list) and isinstance(value, list):
            into[key] = [*known, *value]
        else:
            raise PluginError(
                f"the step {step!r} writes the entry {key!r} of result.json, as another step does: rename it"
            )
