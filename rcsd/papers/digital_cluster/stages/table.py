"""The paper's table of conventional cluster, digital cluster and business ecosystem (Zhernov et al., table)."""

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
        What is compared, in the paper's words.
    cells : (str, str, str)
        What the paper says of each stage; equal texts where it makes no difference between two.
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
        "The essence of the type of organization",
        (
            "Geographically concentrated groups of interrelated entities in related industries that compete but "
            "collaborate",
            "The core of the cluster, uniting organizations around itself, is located in a virtual digital space, not "
            "tied to a specific geographic location",
            "A dynamic and jointly developing community of entities creating and receiving new content in the process "
            "of interaction and competition",
        ),
    ),
    TableRow(
        "geography", "Geographic factor", ("Fundamental", "Not fundamental", "Rejected fundamentally (knowingly)")
    ),
    TableRow(
        "knowledge",
        "Knowledge generation and exchange quality",
        (
            "The desire to cooperatively create and exchange knowledge is limited, but local communication is an "
            "incentive for innovation",
            "Increasing by end-to-end digital technologies",
            "Focus on involving all entities (participants) in the use of new knowledge and technologies",
        ),
    ),
    TableRow(
        "integration",
        "Basis for the integration of cluster entities",
        (
            "Territorial placement",
            "Digital environment",
            "A single technological platform as a knowledge resource",
        ),
    ),
    TableRow(
        "transactions",
        "Place of transactions",
        ("Territorial space", "Digital virtual space", "Digital virtual space"),
    ),
    TableRow(
        "control",
        "Control concept",
        (
            "Participants are legally independent, controlled by the one who has a large market share",
            "Controlled by the founding company (keystone)",
            "Controlled by the founding company (keystone). High probability of a leader change",
        ),
    ),
    TableRow(
        "sustainability",
        "Sustainability",
        ("Sufficient", "Sufficient", "Relative due to constant internal transformations"),
    ),
    TableRow(
        "innovation",
        "The role of competition and cooperation in providing innovation for sustainable development",
        (
            "Competition between participants is a source of innovation",
            "Cooperation of participants is a source of innovation",
            "Are equally important: their combination ensures sustainable development",
        ),
    ),
    TableRow(
        "regulation",
        "Internal system of regulation of economic relations",
        ("Hierarchy", "Etharchy", "Etharchy"),
    ),
)

ROW_BY_KEY: Mapping[str, TableRow] = {row.key: row for row in TABLE}
