"""What became of the equation of one variable."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.difference.structure.difference import Change
from rcsd.analysis.difference.structure.form import Forms, Scope
from rcsd.analysis.difference.structure.idioms import recognised
from rcsd.analysis.difference.structure.parts import Content, Part, parts
from rcsd.analysis.difference.structure.spelling import formula
from rcsd.analysis.difference.structure.tables import point_changes, span
from rcsd.analysis.difference.structure.variables import Variables
from rcsd.names import canonical
from rcsd.simulation.ir import Definition
from rcsd.simulation.ir.expression import Expression, Points

_MOST_ELEMENTS = 6
_MOST_PARTS = 6


@dataclass(frozen=True, slots=True)
class Compared:
    """Two models whose variables are told apart.

    Attributes
    ----------
    old, new : Variables
        Of either.
    forms : Forms
        Of both.
    known : mapping of str to str
        Canonical name in the new model of every variable of the old that has one.
    subscripts : mapping of str to str
        Other names in the new model of ranges and elements of the old.
    """

    old: Variables
    new: Variables
    forms: Forms
    known: Mapping[str, str]
    subscripts: Mapping[str, str]

    def old_name(self, name: str) -> Hashable:
        """Return what a variable of the old model is called in forms: one that is gone is like none of the new.

        What is no variable, such as the time step, is the same in both.
        """
        return self.known.get(name, ("old", name) if name in self.old.named else name)

    def old_scope(self) -> Scope:
        """Return what names mean in parts of equations of the old model."""
        return Scope(self.old_name, self.subscripts, positive_time=self.old.model.time.start >= 0)

    def new_scope(self) -> Scope:
        """Return what names mean in parts of equations of the new model."""
        return Scope(positive_time=self.new.model.time.start >= 0)


def equation_change(compared: Compared, old: str, new: str) -> Change | None:
    """Return what became of an equation, a value or a table; None where it means the same.

    Parameters
    ----------
    compared : Compared
        The models.
    old, new : str
        Canonical name of the variable in either.
    """
    before, after = compared.old.named[old], compared.new.named[new]
    if compared.old.form(old, compared.old_name, compared.subscripts) == compared.new.form(new, str):
        return _respelt(compared, old, new)
    differing = _differing(compared, old, new)
    if differing is not None and not differing:
        return _respelt(compared, old, new)
    details = tuple(_details(compared, old, new, differing or []))
    if before.value is not None and after.value is not None:
        return Change("value", f"{before.value:.12g}", f"{after.value:.12g}", details=())
    a, b = _only_content(compared.old.pieces[old]), _only_content(compared.new.pieces[new])
    if isinstance(a, Points) and isinstance(b, Points):
        return Change("table", span(a), span(b), tuple(point_changes(a, b)))
    return Change("equation", compared.old.text(old), compared.new.text(new), details)


def _respelt(compared: Compared, old: str, new: str) -> Change | None:
    """Tell of an equation that means the same and is written otherwise."""
    texts = compared.old.text(old), compared.new.text(new)
    has_new_names = compared.subscripts or any(compared.known.get(n, n) != n for n in compared.old.reads[old])
    if has_new_names or canonical(texts[0]) == canonical(texts[1]):
        return None
    return Change("equation", *texts, matters=False)


def _differing(compared: Compared, old: str, new: str) -> list[tuple[str, ...]] | None:
    """List the elements of a variable that differ; None where the elements cannot be told."""
    before = compared.old.element_forms(old, compared.old_name, compared.subscripts)
    after = compared.new.element_forms(new, str, {})
    if before is None or after is None:
        return None
    return [each for each in dict.fromkeys((*before, *after)) if before.get(each) != after.get(each)]


def _details(compared: Compared, old: str, new: str, differing: list[tuple[str, ...]]) -> Iterator[str]:
    """Say which parts of an equation differ, and in which elements."""
    old_pieces, new_pieces = compared.old.pieces[old], compared.new.pieces[new]
    n_elements = len(compared.new.elements(new) or ())
    if differing and n_elements > 1 and len(differing) < n_elements:
        listed = ", ".join(f"[{','.join(each)}]" for each in differing[:_MOST_ELEMENTS])
        more = f" and {len(differing) - _MOST_ELEMENTS} more" if len(differing) > _MOST_ELEMENTS else ""
        yield f"in the elements {listed}{more}"
    a, b = _only_content(old_pieces), _only_content(new_pieces)
    if isinstance(a, Content) and isinstance(b, Content):
        a, b = (recognised(each) if isinstance(each, Expression) else each for each in (a, b))
        found = list(parts(a, b, _of(compared.forms, compared.old_scope()), _of(compared.forms, compared.new_scope())))
        if len(found) == 1 and found[0].old is a and found[0].new is b:
            return  # all of it: the equations themselves say so
        for part in found[:_MOST_PARTS]:
            yield from part_words(part)
        if len(found) > _MOST_PARTS:
            yield f"and {len(found) - _MOST_PARTS} more parts"


def part_words(part: Part) -> Iterator[str]:
    """Say what became of a part of an equation."""
    if isinstance(part.old, Points) and isinstance(part.new, Points):
        yield from (f"table: {words}" for words in point_changes(part.old, part.new))
    elif part.of == "limit":
        yield "the stock may fall below zero now" if part.new is None else "the stock never falls below zero now"
    elif part.new is None and part.old is not None:
        yield f"{part.of} taken out: {formula(part.old)}"
    elif part.old is None and part.new is not None:
        yield f"{part.of} added: {formula(part.new)}"
    elif part.old is not None and part.new is not None:
        yield f"{formula(part.old)} became {formula(part.new)}"


def _of(forms: Forms, scope: Scope) -> Callable[[Expression], int]:
    return lambda expression: forms.of(expression, scope)


def _only_content(pieces: list[Definition]) -> Content | NDArray[np.float64] | None:
    return pieces[0].content if len(pieces) == 1 else None
