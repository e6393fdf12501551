"""The table that compares three stages of a cluster (Zhernov et al., section 3, table), in words of our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

STAGES = ("conventional cluster", "digital cluster", "business ecosystem")
"""The three stages, in the order in which digitalisation leads through them."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of the table.

    Attributes
    ----------
    key : str
        Short name.
    characteristic : str
        What is compared: the name by which the models cite the row.
    cells : (str, str, str)
        What the paper says of each stage, reworded; equal texts where it makes no difference between two.
    """

    key: str
    characteristic: str
    cells: tuple[str, str, str]

    def stages_of(self, stage: int) -> tuple[int, ...]:
        """Return the stages that the table gives the cell of this stage to."""
        return tuple(other for other, cell in enumerate(self.cells) if cell == self.cells[stage])

    @property
    def shared(self) -> tuple[int, ...]:
        """The stages that the table does not tell apart; empty where all three differ."""
        return next((same for same in map(self.stages_of, range(3)) if len(same) > 1), ())


TABLE: tuple[TableRow, ...] = (
    TableRow(
        "essence",
        "Kind of organisation",
        (
            "Related firms close to each other, rivals and partners at once",
            "Firms gathered around a centre that is online and has no address",
            "A community that develops together; its members make and use what is new as they deal and compete",
        ),
    ),
    TableRow("geography", "Geographic factor", ("Decisive", "Secondary", "Deliberately given up")),
    TableRow(
        "knowledge",
        "Knowledge exchange",
        (
            "Little will to share, though talk among neighbours helps to innovate",
            "Raised by digital tools along the whole chain",
            "Everyone is to use new knowledge and technology",
        ),
    ),
    TableRow(
        "integration",
        "Basis for integration",
        ("A shared place", "A digital environment", "One technological platform that holds the knowledge"),
    ),
    TableRow("transactions", "Place of transactions", ("In the territory", "Online", "Online")),
    TableRow(
        "control",
        "Control",
        (
            "Independent firms; the one with the largest market share leads",
            "The founding firm leads",
            "The founding firm leads, and may well lose the lead",
        ),
    ),
    TableRow("sustainability", "Sustainability", ("Enough", "Enough", "Limited: the inside keeps changing")),
    TableRow(
        "innovation",
        "Competition and cooperation",
        (
            "Rivalry brings innovation",
            "Joint work brings innovation",
            "Both matter alike, and together sustain development",
        ),
    ),
    TableRow("regulation", "Regulation", ("Hierarchy", "Etharchy", "Etharchy")),
)

ROW_BY_KEY: Mapping[str, TableRow] = {row.key: row for row in TABLE}
