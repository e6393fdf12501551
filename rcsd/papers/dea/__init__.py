"""Data envelopment analysis: where each unit stands against the best practice observed, and how that moves."""

from typing import TYPE_CHECKING

from rcsd.facade import on_first_use

if TYPE_CHECKING:
    from rcsd.papers.dea.assessment import Assessment, assess
    from rcsd.papers.dea.method.analysis import dea
    from rcsd.papers.dea.method.data import DeaData, Roles
    from rcsd.papers.dea.method.malmquist import MalmquistResult, malmquist
    from rcsd.papers.dea.method.model import DeaModel, model_of
    from rcsd.papers.dea.method.radial import Weights
    from rcsd.papers.dea.method.result import DeaResult
    from rcsd.papers.dea.method.scale import ScaleResult, scale_efficiency
    from rcsd.papers.dea.table import read_table
    from rcsd.papers.dea.windows import Window, window
    from rcsd.papers.dea.writer import dea_document, write_dea

__all__ = [
    "Assessment",
    "DeaData",
    "DeaModel",
    "DeaResult",
    "MalmquistResult",
    "Roles",
    "ScaleResult",
    "Weights",
    "Window",
    "assess",
    "dea",
    "dea_document",
    "malmquist",
    "model_of",
    "read_table",
    "scale_efficiency",
    "window",
    "write_dea",
]

__getattr__, __dir__ = on_first_use(__name__)
