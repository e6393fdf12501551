"""Which variables an equation depends on within a moment: through auxiliaries, up to the stocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from rcsd.names import canonical
from rcsd.simulation.checks.flows import content_names
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.expression import Call, Expression, walk

_LASTING = ("integ", "delay", "smooth", "smth", "trend", "forecast", "initial", "previous", "sample")
"""How the functions begin that remember: what they read does not act within the moment."""


class Causes:
    """The causes of every variable of a model.

    Parameters
    ----------
    model : Model
        As read.
    """

    def __init__(self, model: Model) -> None:
        self._model = model

    @cached_property
    def direct(self) -> Mapping[str, frozenset[str]]:
        """What each variable reads, all in canonical spelling."""
        found: dict[str, set[str]] = {canonical(each.name): set() for each in self._model}
        for each in self._model.definitions:
            found.setdefault(canonical(each.name), set()).update(map(canonical, content_names(each)))
        return {name: frozenset(names) for name, names in found.items()}

    @cached_property
    def lasting(self) -> frozenset[str]:
        """Variables with a memory of their own: stocks, delays, smooths."""
        return frozenset(
            canonical(each.name)
            for each in self._model.definitions
            if isinstance(each.content, Expression)
            and any(isinstance(node, Call) and node.function.startswith(_LASTING) for node in walk(each.content))
        )

    def at_once(self, names: Iterable[str]) -> set[str]:
        """Return what some variables depend on within a moment, the lasting ones at which that ends included."""
        return self._reached(names, through=False)

    def ever(self, names: Iterable[str]) -> set[str]:
        """Return what some variables depend on at all, by way of stocks too."""
        return self._reached(names, through=True)

    def _reached(self, names: Iterable[str], *, through: bool) -> set[str]:
        found: set[str] = set()
        waiting = [canonical(name) for name in names]
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            found.add(name)
            if through or name not in self.lasting:
                waiting += self.direct.get(name, ())
        return found
