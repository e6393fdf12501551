"""What is drawn of a model: its variables, what each is computed from, and where each flow runs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from rcsd.names import canonical
from rcsd.simulation.ir import CONTROLS, Definition, Model, VariableKind
from rcsd.simulation.ir.expression import Arithmetic, Call, Expression, Name, Negative, names_in

UNDRAWN = frozenset({*CONTROLS, "time", "dt"})
"""The clock, in canonical form: no modeller draws it."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A model as a diagram shows it; names are spelt as in the model.

    Attributes
    ----------
    kinds : mapping of str to str
        Kind of each variable that is drawn, in the order of the file; a flow is what runs into or out of a stock.
    causes : mapping of str to mapping of str to bool
        What each variable is computed from, but for the flows of a stock, and whether only its initial value is.
    inflows, outflows : mapping of str to tuple of str
        Flows of each stock.
    """

    kinds: Mapping[str, VariableKind]
    causes: Mapping[str, Mapping[str, bool]]
    inflows: Mapping[str, tuple[str, ...]]
    outflows: Mapping[str, tuple[str, ...]]

    @property
    def uses(self) -> dict[str, list[str]]:
        """What each variable is an arrow's start for."""
        found: dict[str, list[str]] = {name: [] for name in self.kinds}
        for name, causes in self.causes.items():
            for cause in causes:
                found[cause].append(name)
        return found

    def among(self, names: Collection[str]) -> Graph:
        """Return the part of some variables, with the arrows and flows among them."""
        return Graph(
            {name: kind for name, kind in self.kinds.items() if name in names},
            {
                name: {cause: initial for cause, initial in causes.items() if cause in names}
                for name, causes in self.causes.items()
                if name in names
            },
            _within(self.inflows, names),
            _within(self.outflows, names),
        )


def _within(ends: Mapping[str, tuple[str, ...]], names: Collection[str]) -> dict[str, tuple[str, ...]]:
    kept = {stock: tuple(flow for flow in flows if flow in names) for stock, flows in ends.items() if stock in names}
    return {stock: flows for stock, flows in kept.items() if flows}


def graph_of(model: Model) -> Graph:
    """Read the diagram of a model from its equations.

    A stock's rate is taken apart into its terms: a variable that is added is an inflow, one that is subtracted an
    outflow, and what stands in any other term is a cause of the stock.
    """
    spelt = {form: v.name for v in model if (form := canonical(v.name)) not in UNDRAWN}
    found = _Found(spelt)
    for definition in model.definitions:
        if canonical(definition.name) in spelt:
            found.take(spelt[canonical(definition.name)], definition)
    flows = {name for ends in (found.inflows, found.outflows) for each in ends.values() for name in each}
    kinds: dict[str, VariableKind] = {name: "flow" if name in flows else model[name].kind for name in spelt.values()}
    return Graph(kinds, found.causes, _frozen(found.inflows), _frozen(found.outflows))


class _Found:
    """What has been read so far."""

    def __init__(self, spelt: Mapping[str, str]) -> None:
        self.spelt = spelt
        self.causes: dict[str, dict[str, bool]] = {name: {} for name in spelt.values()}
        self.inflows: dict[str, dict[str, None]] = {}
        self.outflows: dict[str, dict[str, None]] = {}

    def take(self, name: str, definition: Definition) -> None:
        """Take one equation, perhaps of some elements only."""
        content = definition.content
        if isinstance(content, Call) and content.function == "integ":
            rate, initial, _ = content.arguments
            self._rate(name, rate)
            self._cause(name, initial, initial=True)
        elif isinstance(content, Call) and content.function == "initial":
            self._cause(name, content, initial=True)
        elif isinstance(content, Expression):
            self._cause(name, content, initial=False)

    def _rate(self, stock: str, rate: Expression) -> None:
        for term, added in _terms(rate, added=True):
            form = canonical(term.name) if isinstance(term, Name) else ""
            flow = self.spelt.get(form)
            if flow is None or flow == stock:
                self._cause(stock, term, initial=False)
            else:
                ends = self.inflows if added else self.outflows
                ends.setdefault(stock, {})[flow] = None

    def _cause(self, name: str, expression: Expression, *, initial: bool) -> None:
        causes = self.causes[name]
        for each in names_in(expression):
            cause = self.spelt.get(canonical(each.name))
            if cause is not None and cause != name:
                causes[cause] = causes.get(cause, True) and initial


def _terms(rate: Expression, *, added: bool) -> Iterator[tuple[Expression, bool]]:
    """Yield the terms of a sum, and whether each is added."""
    waiting = [(rate, added)]
    while waiting:
        term, plus = waiting.pop()
        if isinstance(term, Arithmetic) and term.operator in ("+", "-"):
            waiting += [(term.right, plus == (term.operator == "+")), (term.left, plus)]
        elif isinstance(term, Negative):
            waiting.append((term.operand, not plus))
        else:
            yield term, plus


def _frozen(ends: Mapping[str, Mapping[str, None]]) -> dict[str, tuple[str, ...]]:
    return {stock: tuple(flows) for stock, flows in ends.items()}
