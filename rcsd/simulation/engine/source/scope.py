"""How a name is found at one point of a kernel: at a place that is known, or at one that each member has for itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rcsd.simulation.engine.lanes.width import LANES
from rcsd.simulation.engine.plan.columns import Along
from rcsd.simulation.engine.plan.layout import Layout
from rcsd.simulation.engine.plan.operations import Members
from rcsd.simulation.ir.family import stream_column


@dataclass(frozen=True, slots=True)
class Scope:
    """A point of a kernel.

    Attributes
    ----------
    layout : Layout
        Of the kernel.
    slots : mapping of str to int
        Of its phase.
    members : Members or None
        Which families are worked out, if any are.
    term : str
        Text of the number of the term.
    """

    layout: Layout
    slots: Mapping[str, int]
    members: Members | None = None
    term: str = "term"

    def of_term(self, term: str) -> Scope:
        """Return the scope of another term."""
        return replace(self, term=term)

    def place(self, name: str) -> str:
        """Text of the place of a block."""
        rule = self._rule(name)
        return str(self.slots[name] * LANES) if rule is None else self._text(rule)

    def number(self, name: str) -> str | None:
        """Text of a number that is data; None when the name is that of a block."""
        rule = self._rule(name)
        column = self.members.columns.get(name) if self.members else None
        return None if rule is None or column is None or column.dtype == object else f"tables[{self._text(rule)}]"

    def table(self, name: str) -> tuple[str, str]:
        """Texts of where a table begins and of its number of points."""
        rule = self._rule(name)
        if rule is None:
            i = 2 * self.layout.tables.index(name)
            return f"places[{i}]", f"places[{i + 1}]"
        text = self._text(rule)
        return f"places[{text}]", f"places[{text} + 1]"

    def stream(self, stream: int) -> str:
        """Text of the stream of a draw."""
        rule = self._rule(stream_column(stream))
        return str(stream) if rule is None else self._text(rule)

    def along_terms(self, name: str) -> tuple[str, int] | None:
        """Text of the place of a block in the first term, and how far the next is; None when they follow no rule."""
        rule = self._rule(name)
        if rule is None or rule.tabulated or self.number(name) is not None:
            return None
        return self._text(replace(rule, per_term=0)), rule.per_term

    def differs_by_term(self, name: str) -> bool:
        """Whether a name means something else in each term."""
        rule = self._rule(name)
        return rule is not None and rule.per_term != 0

    def _rule(self, name: str) -> Along | None:
        return self.layout.rules.get((self.members.key, name)) if self.members else None

    def _text(self, rule: Along) -> str:
        first = rule.first + (2 * len(self.layout.tables) if rule.tabulated else 0)
        parts = [str(first)]
        parts += [f"{rule.per_member} * member"] if rule.per_member else []
        parts += [f"{rule.per_term} * {self.term}"] if rule.per_term else []
        text = " + ".join(parts)
        return f"places[{text}]" if rule.tabulated else text
