"""How a state of the cluster is read against each row of the table: thresholds on variables, assumed, with ranges.

A row has a first boundary, which parts the conventional cluster from the digital one, and a second, which parts the
digital cluster from the ecosystem; where the table gives two stages one cell there is no boundary between them. The
second is passed only together with the first. Each boundary is monotone: once passed, it stays so as the variable moves
on in the boundary's direction. What the model has no variable for in a conventional cluster (the largest share,
competition, hierarchy) is read as the absence of what comes after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.papers.digital_cluster.dynamics import UNITS
from rcsd.papers.digital_cluster.stages.table import STAGES


@dataclass(frozen=True, slots=True)
class Boundary:
    """A threshold between two neighbouring stages.

    Attributes
    ----------
    variable : str
        What is read, by name in the model.
    threshold : float
        Passed at this value and beyond, in the variable's unit.
    span : (float, float)
        Plausible thresholds, assumed.
    why : str
        What the passed boundary says, in words.
    rising : bool
        Whether beyond is above.
    """

    variable: str
    threshold: float
    span: tuple[float, float]
    why: str
    rising: bool = True

    def passed(self, values: Mapping[str, ArrayLike]) -> NDArray[np.bool_]:
        """Say where the variable has passed the threshold."""
        value = np.asarray(values[self.variable], dtype=np.float64)
        return np.asarray(value >= self.threshold if self.rising else value <= self.threshold)

    @property
    def condition(self) -> str:
        """The boundary as a reader would write it."""
        unit = {"Dmnl": "", "1/Year": "/year"}[UNITS[self.variable]]
        return f"{self.variable} {'≥' if self.rising else '≤'} {self.threshold:.4g}{unit}"


@dataclass(frozen=True, slots=True)
class RowRule:
    """The rule of one row.

    Attributes
    ----------
    key : str
        Of the row in `table.TABLE`.
    first, second : Boundary or None
        Out of the conventional cluster, and into the ecosystem; None between stages that share a cell.
    """

    key: str
    first: Boundary | None
    second: Boundary | None

    def stage(self, values: Mapping[str, ArrayLike]) -> NDArray[np.int_]:
        """Return the first of the stages whose cell describes the values, any shape."""
        if self.first is None:
            assert self.second is not None
            return np.where(self.second.passed(values), 2, 0)
        left = self.first.passed(values)
        if self.second is None:
            return np.where(left, 1, 0)
        return np.where(left, np.where(self.second.passed(values), 2, 1), 0)

    @property
    def boundaries(self) -> tuple[Boundary, ...]:
        """Those that there are."""
        return tuple(boundary for boundary in (self.first, self.second) if boundary is not None)

    def condition(self, stage: int) -> str:
        """Say when the row speaks for a stage."""
        first, second = self.first, self.second
        if first is None:
            assert second is not None
            return second.condition if stage == len(STAGES) - 1 else f"not {second.condition}"
        if stage == 0:
            return f"not {first.condition}"
        if second is None:
            return first.condition
        return f"{first.condition}, {'' if stage == len(STAGES) - 1 else 'not '}{second.condition}"


RULES: tuple[RowRule, ...] = (
    RowRule(
        "essence",
        Boundary("Digitalisation", 0.5, (0.4, 0.6), "most participants meet in digital space"),
        Boundary("Internal Transformation", 0.1, (0.06, 0.14), "the platform renews what the participants know"),
    ),
    RowRule(
        "geography",
        Boundary("Distance Discount", 0.3, (0.25, 0.35), "most of what distance can take is exchanged", rising=False),
        Boundary("Distance Discount", 0.15, (0.1, 0.2), "hardly anything is lost to distance", rising=False),
    ),
    RowRule(
        "knowledge",
        Boundary("Participant Involvement", 0.35, (0.25, 0.45), "digital exchange reaches a good part"),
        Boundary("Participant Involvement", 0.6, (0.5, 0.65), "most are able to use new knowledge"),
    ),
    RowRule(
        "integration",
        Boundary("Digital Links", 0.5, (0.4, 0.6), "two participants are more often linked digitally than not"),
        Boundary("Platform Integration", 0.6, (0.5, 0.7), "most participants are on the single platform"),
    ),
    RowRule(
        "transactions",
        Boundary("Digital Transaction Share", 0.5, (0.4, 0.6), "most transactions are in digital space"),
        None,
    ),
    RowRule(
        "control",
        Boundary("Platform Integration", 0.2, (0.1, 0.3), "the founder of the platform sets rules for many"),
        Boundary("Leader Change Probability", 0.5, (0.4, 0.6), "a new leader within the horizon is likelier than not"),
    ),
    RowRule(
        "sustainability",
        None,
        Boundary("Sustainability", 0.65, (0.55, 0.75), "a third of the relations are always unsettled", rising=False),
    ),
    RowRule(
        "innovation",
        Boundary("Cooperation", 0.3, (0.2, 0.4), "knowledge of others reaches a third"),
        Boundary("Rivalry", 0.3, (0.2, 0.4), "and the contest for the lead moves a third as well"),
    ),
    RowRule(
        "regulation",
        Boundary("Etharchy", 0.4, (0.3, 0.5), "rules of conduct come from those who take part"),
        None,
    ),
)
"""The rule of every row, in the order of the table."""

READ: tuple[str, ...] = tuple(
    dict.fromkeys(boundary.variable for rule in RULES for boundary in rule.boundaries),
)
"""Every variable that a rule reads."""


def drawn_rules(rng: np.random.Generator, rules: tuple[RowRule, ...] = RULES) -> tuple[RowRule, ...]:
    """Draw every threshold evenly from its range; two on one variable keep their order, because the ranges do."""

    def drawn(boundary: Boundary | None) -> Boundary | None:
        return boundary and replace(boundary, threshold=float(rng.uniform(*boundary.span)))

    return tuple(replace(rule, first=drawn(rule.first), second=drawn(rule.second)) for rule in rules)
