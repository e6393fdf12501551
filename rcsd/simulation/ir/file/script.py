"""A model as its file writes it: functions and macros are called, where `Model.definitions` have them written out."""

from __future__ import annotations

from dataclasses import dataclass

from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.model import Model, Variable

MACRO = "macro "
"""What begins the `function` of a `Call` that calls a macro of the file."""
OUTSIDE = "$"
"""Follows the name of a variable of the model where a macro uses it: ``TIME STEP$``."""


@dataclass(frozen=True, slots=True)
class MacroScript:
    """A macro of a file.

    Attributes
    ----------
    name : str
        What calls it, and which of its variables is its value.
    parameters : tuple of str
        Its arguments.
    definitions : tuple of Definition
        What its variables are defined by.
    variables : tuple of Variable
        Their units and documentation.
    line : int or None
        Where it stands.
    """

    name: str
    parameters: tuple[str, ...]
    definitions: tuple[Definition, ...]
    variables: tuple[Variable, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """A model file, to be written again.

    Attributes
    ----------
    model : Model
        Names, units, documentation, ranges, time axis.
    definitions : tuple of Definition
        What the variables are defined by, in the order of the file. Every function is a `Call` of its key, also one for
        which the tree has a node (``POWER``, draws with their seeds); a macro is a `Call` of its name after `MACRO`.
        What is read from a data file is there as `Model.definitions` have it.
    macros : tuple of MacroScript
        In the order of the file.
    files : tuple of str
        Variables whose values are read from data files.
    """

    model: Model
    definitions: tuple[Definition, ...]
    macros: tuple[MacroScript, ...] = ()
    files: tuple[str, ...] = ()
