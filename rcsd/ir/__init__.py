"""What a model is before anyone runs it."""

from rcsd.ir.model import Method, Model, TimeAxis, Variable, VariableKind

__all__ = ["Method", "Model", "TimeAxis", "Variable", "VariableKind"]
