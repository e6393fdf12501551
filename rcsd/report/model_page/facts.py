"""What the page shows beside the equations: the views of the file."""

from __future__ import annotations

from dataclasses import dataclass

from rcsd.report.model_page.entry import ShownLoop
from rcsd.simulation.loading import LoadedModel
from rcsd.simulation.views import View, read_views


@dataclass(frozen=True, slots=True)
class Facts:
    """The views of a model, and its feedback loops as far as they are known."""

    views: tuple[View, ...]
    loops: tuple[ShownLoop, ...] = ()


def facts_of(model: LoadedModel) -> Facts:
    """Gather what stands beside the equations of a model.

    Raises
    ------
    ModelError
        When its file is gone.
    """
    stocks = [each.name for each in model.ir if each.kind == "stock"]
    return Facts(read_views(model.path, stocks))
