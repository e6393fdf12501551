"""Check `names`: what the file of checks names must be in the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rcsd.analysis.checks.subject import Subject
from rcsd.names import near_matches
from rcsd.simulation.checks import Finding
from rcsd.simulation.passes.settable import asked
from rcsd.toml.source import dotted

_LISTS = ("rises", "falls", "constant", "zero", "near_zero")


def name_findings(subject: Subject) -> Iterator[Finding]:
    """Find each name in the file of checks that no variable of the model has."""
    for name, *keys in _named(subject.declared.content):
        bare = asked(name).base
        if bare in subject.model.ir:
            continue
        hint = near_matches(bare, subject.model.variables) or "take it out, or add the variable to the model"
        yield subject.declared_finding(
            "names", "error", name, keys, f"{dotted(tuple(keys))} names {name!r}, which the model does not have", hint
        )


def _named(content: Any) -> Iterator[tuple[str, ...]]:
    """Yield every name of a variable with the keys of its place."""
    yield from ((name, "signed_stocks") for name in content.signed_stocks)
    yield from ((name, "bounds", name) for name in content.bounds)
    if content.integration is not None:
        yield from ((name, "integration", "variables") for name in content.integration.names)
        yield from ((name, "integration", "set") for name in content.integration.set)
    for table in ("extremes", "levers", "couplings", "links"):
        for i, case in enumerate(getattr(content, table)):
            yield from ((name, table, str(i), "set") for name in case.set)
            yield from ((name, table, str(i), key) for key in _LISTS for name in getattr(case, key))
            yield from ((name, table, str(i), "settles") for name in case.settles)
    for i, conserved in enumerate(content.conserved):
        yield from ((name, "conserved", str(i), "stocks") for name in conserved.stocks)
    for i, loop in enumerate(content.loops):
        yield from ((name, "loops", str(i), "through") for name in loop.through)
    if content.coupled is not None:
        yield from ((name, "coupled", "set") for name in content.coupled.set)
