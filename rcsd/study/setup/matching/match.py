"""A column of a table, and what of the model it was taken for."""

from __future__ import annotations

from dataclasses import dataclass

from rcsd.study.setup.matching.candidates import Candidate
from rcsd.study.setup.matching.units import Agreement
from rcsd.study.setup.tables import TableColumn


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """A column and what it stands for.

    Attributes
    ----------
    column : TableColumn
        Of the table.
    candidate : Candidate
        Of the model.
    likeness : float
        From 0 to 1; 1 where a person has said so.
    agreement : str
        How the units go together.
    why : str
        "named by you", "by its name", "by its documentation", or "guessed by its course".
    """

    column: TableColumn
    candidate: Candidate
    likeness: float
    agreement: Agreement
    why: str

    @property
    def is_guess(self) -> bool:
        """Whether somebody should look at it."""
        return self.why.startswith("guessed")
