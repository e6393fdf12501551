"""What a model is before anyone runs it."""

from rcsd.ir.definition import Definition
from rcsd.ir.model import METHODS, Method, Model, TimeAxis, Variable, VariableKind
from rcsd.ir.ranges import Ranges
from rcsd.ir.system import Equation, Memory, Pipe, Stock, System

__all__ = [
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
    "Variable",
    "VariableKind",
]
