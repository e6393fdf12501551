"""What the page shows beside the equations: the views of the file, and the feedback loops of the model."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rcsd.analysis.loops.models import model_loops
from rcsd.analysis.loops.result import FeedbackLoop
from rcsd.errors import RcsdError
from rcsd.report.model_page.entry import ShownLoop
from rcsd.simulation.loading import LoadedModel
from rcsd.simulation.views import View


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a model beside its equations.

    Attributes
    ----------
    views : tuple of View
        Of its file.
    loops : tuple of ShownLoop
        Its shortest independent feedback loops, and those with a name.
    note : str
        Why there are no loops; empty where they were looked for and found.
    """

    views: tuple[View, ...]
    loops: tuple[ShownLoop, ...] = ()
    note: str = ""


def facts_of(model: LoadedModel, *, loops: bool = True) -> Facts:
    """Gather what stands beside the equations of a model.

    Raises
    ------
    ModelError
        When its file is gone.
    """
    views = tuple(model.views())
    if not loops:
        return Facts(views)
    try:
        found = model_loops(model, limit=1)
    except RcsdError as error:
        return Facts(views, note=f"Loops are told from a run, and the model does not run: {error}")
    return Facts(views, tuple(_of_variables(each for each in found if each.name or each.is_independent)))


def _of_variables(loops: Iterable[FeedbackLoop]) -> list[ShownLoop]:
    """Return loops of variables: those that differ in the elements of arrays alone are one."""
    shown: dict[tuple[str, ...], ShownLoop] = {}
    for loop in loops:
        variables = tuple(dict.fromkeys(name.partition("[")[0] for name in loop.variables))
        label = re.sub(r"\s*\[[^\]]*\]$", "", loop.label)
        shown.setdefault((loop.polarity, *variables), ShownLoop(label, loop.polarity, variables))
    return list(shown.values())
