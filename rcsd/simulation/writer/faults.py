"""What a language cannot say, gathered over a whole model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.reader.source import Fault, model_error
from rcsd.simulation.writer.formula import Unsayable


@dataclass(slots=True)
class Findings:
    """What is found while a model is written.

    Attributes
    ----------
    faults : list of Fault
        What cannot be said: nothing is written then.
    notes : dict of str to None
        What is said otherwise, in order, each once.
    """

    faults: list[Fault] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)

    @contextmanager
    def at(self, definition: Definition) -> Iterator[None]:
        """Take what is refused in a block as a fault of a definition."""
        try:
            yield
        except Unsayable as reason:
            self.faults.append(Fault(definition.line, definition.name, str(reason)))
        except RecursionError:
            message = "has an equation that is nested too deep to be written; part it into several variables"
            self.faults.append(Fault(definition.line, definition.name, message))

    def note(self, words: str) -> None:
        """Note what is said otherwise."""
        self.notes[words] = None

    def require_none(self, path: Path) -> None:
        """Refuse the model, if anything cannot be said.

        Raises
        ------
        ModelError
            With all of it.
        """
        if self.faults:
            told = {(fault.line, fault.variable, fault.message): fault for fault in self.faults}
            raise model_error(path, list(told.values()))
