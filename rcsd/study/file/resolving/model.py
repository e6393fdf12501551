"""What a study asks of its model: runs that can be repeated, and the variables it names."""

from __future__ import annotations

from rcsd.study.file.resolving.base import Resolving
from rcsd.study.file.section import brought


def check_repeatable(at: Resolving) -> None:
    """No equation draws random numbers: PySD takes no seed for them, so no run could be repeated."""
    random = at.lookup.model.random
    if random:
        at.faults.add(
            ("study", "model"),
            f"draws random numbers in {', '.join(map(repr, random))}, so that no run of it can be repeated: "
            "replace them by constants or a table; `rcsd run` still runs the model",
        )


def check_outputs(at: Resolving) -> None:
    """Other variables that the study names exist."""
    for name in at.file.study.outputs:
        at.lookup.variable(("study", "outputs"), name)
    for section, content in brought(at.file):
        for key, name in section.variables(content).items():
            at.lookup.variable((section.name, key), name)
