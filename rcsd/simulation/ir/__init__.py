"""What a model is before anyone runs it."""

from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.file.unit_names import UnitNames
from rcsd.simulation.ir.model import CONTROLS, METHODS, Method, Model, TimeAxis, Variable, VariableKind
from rcsd.simulation.ir.ranges import Ranges
from rcsd.simulation.ir.system import Equation, Memory, Pipe, Stock, System

__all__ = [
    "CONTROLS",
    "METHODS",
    "Definition",
    "Equation",
    "Memory",
    "Method",
    "Model",
    "Pipe",
    "Ranges",
    "Stock",
    "System",
    "TimeAxis",
    "UnitNames",
    "Variable",
    "VariableKind",
]
