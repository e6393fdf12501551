"""Data envelopment analysis: where each unit stands against the best practice observed, and how that moves."""

from rcsd.assessment.dea.analysis import dea
from rcsd.assessment.dea.assessment import Assessment, assess
from rcsd.assessment.dea.data import DeaData, Roles
from rcsd.assessment.dea.malmquist import MalmquistResult, malmquist
from rcsd.assessment.dea.model import DeaModel, model_of
from rcsd.assessment.dea.radial import Weights
from rcsd.assessment.dea.result import DeaResult
from rcsd.assessment.dea.scale import ScaleResult, scale_efficiency
from rcsd.assessment.dea.table import read_table
from rcsd.assessment.dea.windows import Window, window
from rcsd.assessment.dea.writer import dea_document, write_dea

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
