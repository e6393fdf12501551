"""Names of our own for all that PySD's builder writes into Python: no word of a model file becomes source.

Variables, macros, their parameters, dimensions and elements are called ``n00001`` and so on, in the order of the
alphabet, since PySD lets that decide which of two equal ranges is the main one. Units, documentation and limits are
left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

import numpy as np
from pysd.translators.structures import abstract_expressions as ae
from pysd.translators.structures.abstract_model import AbstractControlElement

from rcsd.errors import ModelError
from rcsd.names import canonical
from rcsd.simulation.ir import CONTROLS

_KEPT = ("time", *CONTROLS)
OURS = re.compile(r"\bn\d{5,}\b")
"""A name as it is called."""

_IN_TEXT = re.compile(r"(?:(?<![A-Za-z0-9_])_[a-z_]+_)?(?<![A-Za-z0-9])(n\d{5,})(?:_\d+)?\b")
"""A name in a message: alone, or within one such as ``_delayn_n00003_1``."""

_PLAIN = re.compile(r"[A-Za-z0-9_]*")
_OPERATORS = {*"^*/+-=<>", "<>", ">=", "<=", ":NOT:", ":AND:", ":OR:", "negative"}
_FILE = re.compile(r"[^\"'\\\x00-\x08\x0a-\x1f\x7f]*")
_OF_FILES = (ae.GetConstantsStructure, ae.GetDataStructure, ae.GetLookupsStructure)


@dataclass(frozen=True, slots=True)
class Naming:
    """What the names of a model are called in generated Python.

    Attributes
    ----------
    ours : mapping of str to str
        By canonical name.
    words : mapping of str to str
        Names as they are written in the file, by what they are called.
    """

    ours: Mapping[str, str]
    words: Mapping[str, str]

    @classmethod
    def of(cls, sections: Iterable[Any]) -> Naming:
        """Name all that some sections define."""
        given = sorted(_names(sections), key=lambda name: (name.replace(" ", "_").lower(), name))
        written: dict[str, str] = {}
        for name in given:
            written.setdefault(canonical(name), " ".join(name.split()))
        ours = {form: f"n{i:05}" for i, form in enumerate(written, start=1) if form not in _KEPT}
        return cls(ours, {name: written[form] for form, name in ours.items()})

    def name(self, name: str) -> str:
        """Return what a name is called; one that is marked ``!`` stays marked.

        Raises
        ------
        ModelError
            For a name that nothing has.
        """
        marked = "!" if name.endswith("!") else ""
        form = canonical(name.removesuffix("!"))
        if form in _KEPT:
            return form.replace(" ", "_")
        if form not in self.ours:
            raise ModelError(f"PySD cannot take the model: nothing in it is called {name!r}")
        return self.ours[form] + marked

    def in_words(self, text: str) -> str:
        """Put the model's names back into a message, also those of the objects that PySD makes for a variable."""
        return _IN_TEXT.sub(lambda found: self.words.get(found[1], found[1]), text)


def renamed(sections: Iterable[Any], naming: Naming) -> list[Any]:
    """Copy sections with names of our own, and with nothing that the numbers do not depend on.

    Raises
    ------
    ModelError
        When a word is left that we do not know: it would become Python.
    """
    return [_Section(naming, section).copy() for section in sections]


class _Section:
    """Copies one section."""

    def __init__(self, naming: Naming, section: Any) -> None:
        self._naming = naming
        self._section = section
        self._ranges = {canonical(subscript.name) for subscript in section.subscripts}

    def copy(self) -> Any:
        section = self._section
        return replace(
            section,
            name=section.name if section.name == "__main__" else self._naming.name(section.name),
            params=[self._naming.name(name) for name in section.params],
            returns=[self._naming.name(name) for name in section.returns],
            subscripts=tuple(self._range(each) for each in section.subscripts),
            elements=tuple(self._element(each) for each in section.elements),
            constraints=(),
            test_inputs=(),
            split=False,
            views_dict=None,
        )

    def _range(self, subscript: Any) -> Any:
        inside = subscript.subscripts
        if isinstance(inside, str):
            inside = self._naming.name(inside)
        elif isinstance(inside, (list, tuple)):
            inside = [self._naming.name(each) for each in inside]
        else:
            raise ModelError(f"PySD cannot take the model: the range {subscript.name!r} has no elements")
        mapping = [self._naming.name(each) for each in subscript.mapping]
        return replace(subscript, name=self._naming.name(subscript.name), subscripts=inside, mapping=mapping)

    def _element(self, element: Any) -> Any:
        name = self._naming.name(element.name)
        if isinstance(element, AbstractControlElement) != (canonical(element.name) in CONTROLS):
            raise ModelError(f"PySD cannot take the model: {element.name!r} is a name that it keeps for itself")
        components = [self._component(each) for each in element.components]
        return replace(element, name=name, components=components, units="", documentation="", limits=(None, None))

    def _component(self, component: Any) -> Any:
        subscripts, exceptions = component.subscripts
        changed = {
            "subscripts": (
                [self._naming.name(each) for each in subscripts],
                [[self._naming.name(each) for each in some] for some in exceptions],
            ),
            "ast": self._ast(component.ast),
        }
        for field in fields(component):
            if field.name not in changed:
                _require_plain(getattr(component, field.name))
        return replace(component, **changed)

    def _ast(self, ast: Any) -> Any:  # noqa: PLR0911 - a kind of expression a line
        """Copy an expression: numbers and structures whose words are names, functions and operators."""
        match ast:
            case None | bool() | int() | float() | np.ndarray() | np.number():
                return ast
            case tuple() | list():
                return type(ast)(self._ast(part) for part in ast)
            case ae.ReferenceStructure():
                return ae.ReferenceStructure(self._naming.name(ast.reference), self._ast(ast.subscripts))
            case ae.SubscriptsReferenceStructure():
                self._require_apart(ast.subscripts)
                return ae.SubscriptsReferenceStructure([self._naming.name(each) for each in ast.subscripts])
            case ae.CallStructure():
                return ae.CallStructure(self._function(ast.function), self._ast(ast.arguments))
            case ae.ArithmeticStructure() | ae.LogicStructure():
                _require(all(operator in _OPERATORS for operator in ast.operators), ast.operators)
                return type(ast)(list(ast.operators), self._ast(ast.arguments))
            case ae.LookupsStructure():
                _require_plain(ast.type)
                return ae.LookupsStructure(ast.x, ast.y, (np.nan, np.nan), (np.nan, np.nan), ast.type)
            case _ if type(ast) in _OF_FILES:
                words = [getattr(ast, field.name) for field in fields(ast)]
                _require(all(_FILE.fullmatch(str(word)) for word in words), words)
                return ast
            case _ if is_dataclass(ast) and not isinstance(ast, type):
                return type(ast)(**{field.name: self._ast(getattr(ast, field.name)) for field in fields(ast)})
        raise ModelError(f"PySD cannot take the model: {str(ast)[:60]!r} is no expression")

    def _require_apart(self, subscripts: Any) -> None:
        """Refuse a range that stands twice in a reference, as in ``m[City,City]``: PySD takes the wrong elements."""
        forms = [canonical(each) for each in subscripts if canonical(each) in self._ranges]
        for form in forms:
            if forms.count(form) > 1:
                message = f"the range {form!r} stands twice in one reference, which it reads otherwise"
                raise ModelError(f"PySD cannot take the model: {message}")

    def _function(self, function: Any) -> Any:
        """Copy what is called: a table or macro of the model, or a function under PySD's own name."""
        if canonical(function.reference) in self._naming.ours and not function.reference.startswith("X"):
            return self._ast(function)
        _require_plain(function.reference)
        return ae.ReferenceStructure(function.reference, self._ast(function.subscripts))


def _names(sections: Iterable[Any]) -> Iterable[str]:
    """Yield the names that sections define."""
    for section in sections:
        if section.name != "__main__":
            yield section.name
        yield from section.params
        yield from section.returns
        for subscript in section.subscripts:
            yield subscript.name
            yield from subscript.mapping
            if isinstance(subscript.subscripts, str):
                yield subscript.subscripts
            elif isinstance(subscript.subscripts, (list, tuple)):
                yield from subscript.subscripts
        for element in section.elements:
            yield element.name
            for component in element.components:  # an element of a dimension may be named here alone
                subscripts, exceptions = component.subscripts
                yield from subscripts
                for some in exceptions:
                    yield from some


def _require_plain(value: Any) -> None:
    """Refuse a word that could be more than a word of PySD's own."""
    _require(value is None or (isinstance(value, str) and bool(_PLAIN.fullmatch(value))), value)


def _require(fine: bool, value: Any) -> None:
    if not fine:
        raise ModelError(f"PySD cannot take the model: {str(value)[:60]!r} is no word of its own")
