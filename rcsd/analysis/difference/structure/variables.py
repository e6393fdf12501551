"""A model by its variables: the pieces that define each, which others each reads, and which read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.difference.structure.form import Forms, Naming, Scope, Signed
from rcsd.analysis.difference.structure.idioms import said_plainly
from rcsd.analysis.difference.structure.spelling import equation_text
from rcsd.errors import ModelError
from rcsd.names import canonical
from rcsd.simulation.ir import Definition, Model, Variable
from rcsd.simulation.ir.expression import Expression, Points
from rcsd.simulation.ir.unsound import Unsound
from rcsd.simulation.passes.elements import Scalar, resolve
from rcsd.simulation.passes.uses import PART, names_by_variable


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a variable, its subscripts resolved."""

    subscripts: tuple[str, ...]
    content: Expression | Points | None


class Variables:
    """The variables of a model by the canonical form of their names, with the forms of what defines them.

    Parameters
    ----------
    model : Model
        As read.
    forms : Forms
        The same for both models of a comparison.
    """

    def __init__(self, model: Model, forms: Forms) -> None:
        self.model = model
        self._forms = forms
        self._scope = Scope(positive_time=model.time.start >= 0)
        self.named: dict[str, Variable] = {canonical(each.name): each for each in model}
        self.pieces: dict[str, list[Definition]] = {name: [] for name in self.named}
        self._cut: list[Definition] = []
        for definition in model.definitions:
            form = canonical(definition.name)
            if PART in form:
                self._cut.append(definition)
            elif form in self.pieces:
                self.pieces[form].append(definition)

    def is_defined(self, variable: str) -> bool:
        """Whether the definition of a variable was read into an expression, a table or numbers."""
        return bool(self.pieces[variable])

    @cached_property
    def reads(self) -> dict[str, frozenset[str]]:
        """What the equation of each variable names, itself included where it does."""
        return names_by_variable(self.model)

    @cached_property
    def users(self) -> dict[str, frozenset[str]]:
        """The variables whose equations name each variable."""
        found: dict[str, set[str]] = {form: set() for form in self.pieces}
        for user, names in self.reads.items():
            for name in names & found.keys():
                found[name].add(user)
        return {form: frozenset(users) for form, users in found.items()}

    def text(self, variable: str) -> str:
        """Return what defines a variable as a formula, or as its file has it where it was not read."""
        pieces = self.pieces[variable]
        return equation_text(pieces, self._cut_of(variable)) if pieces else self.named[variable].equation

    def form(self, variable: str, naming: Naming, subscripts: Mapping[str, str] | None = None) -> int:
        """Return the form of all that defines a variable, with names as `naming` has them."""
        scope = self._scope_of(naming, subscripts or {}, self._cut_of(variable))
        pieces = [self._piece(definition, scope) for definition in self.pieces[variable]]
        return self._forms.number(("variable", *sorted(pieces)))

    def element_forms(
        self, variable: str, naming: Naming, subscripts: Mapping[str, str]
    ) -> dict[tuple[str, ...], int] | None:
        """Return the form of each element of a variable, with what one format says in other words recognised.

        None where subscripts of the model cannot be resolved.
        """
        if self._elements is None:
            return None
        scope = self._scope_of(naming, subscripts, ())
        for cut in self._cut_of(variable):
            part = canonical(cut.name)
            hidden = {
                _scalar(part, each.subscripts): self._signed(said_plainly(each.content), scope)
                for each in self._elements.get(part, ())
            }
            scope = replace(scope, hidden=dict(scope.hidden) | hidden)
        return {
            tuple(map(scope.subscript, each.subscripts)): self._forms.plain(
                self._signed(said_plainly(each.content), scope)
            )
            for each in self._elements.get(variable, ())
        }

    def elements(self, variable: str) -> tuple[Element, ...] | None:
        """Return the elements of a variable, in order; None where subscripts of the model cannot be resolved."""
        return None if self._elements is None else tuple(self._elements.get(variable, ()))

    @cached_property
    def _elements(self) -> dict[str, list[Element]] | None:
        try:
            scalars: list[Scalar] = resolve(self.model.definitions, self.model.ranges)
        except (Unsound, ModelError, RecursionError):
            return None
        found: dict[str, list[Element]] = {}
        for scalar in scalars:
            name, bracket, inside = scalar.name.partition("[")
            subscripts = tuple(inside.removesuffix("]").split(",")) if bracket else ()
            found.setdefault(canonical(name), []).append(Element(subscripts, scalar.content))
        return found

    def _cut_of(self, variable: str) -> list[Definition]:
        return [each for each in self._cut if canonical(each.name).startswith(f"{variable}{PART}")]

    def _scope_of(self, naming: Naming, subscripts: Mapping[str, str], cut: Iterable[Definition]) -> Scope:
        """Return what names stand for, the parts cut off an equation included."""
        scope = replace(self._scope, naming=naming, subscripts=subscripts)
        hidden: dict[str, Signed] = {}
        for definition in cut:  # a part comes after those that it names
            hidden[canonical(definition.name)] = self._signed(definition.content, scope)
            scope = replace(scope, hidden=dict(hidden))
        return scope

    def _piece(self, definition: Definition, scope: Scope) -> int:
        where = tuple(map(scope.subscript, definition.subscripts))
        but = tuple(sorted(tuple(map(scope.subscript, each)) for each in definition.exceptions))
        content = self._forms.plain(self._signed(definition.content, scope))
        return self._forms.number(("piece", where, but, content))

    def _signed(self, content: Expression | Points | NDArray[np.float64] | None, scope: Scope) -> Signed:
        if content is None:
            return 1, self._forms.number("no data")
        if isinstance(content, Points):
            return 1, self._forms.of_points(content)
        if isinstance(content, np.ndarray):
            return 1, self._forms.number(("array", content.shape, content.tobytes()))
        return self._forms.signed(content, scope)


def _scalar(name: str, subscripts: tuple[str, ...]) -> str:
    return canonical(f"{name}[{','.join(subscripts)}]") if subscripts else name
