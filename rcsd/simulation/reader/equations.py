"""The definitions of a model, translated from PySD's abstract model, with what cannot be taken listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from pysd.translators.structures import abstract_expressions as ae

from rcsd.errors import ModelError
from rcsd.names import canonical
from rcsd.simulation.ir import CONTROLS, Definition, Ranges
from rcsd.simulation.ir.expression import Call, Expression, Lookup, Name, Number, Reduction, Time, children
from rcsd.simulation.ir.file.script import OUTSIDE
from rcsd.simulation.ir.ranges import MARK
from rcsd.simulation.reader.external import Unreadable, constants, lookups, series
from rcsd.simulation.reader.source import Fault, SourceText, model_error
from rcsd.simulation.reader.translation import Disordered, Meaning, Names, Translator, Untaken, points_of

_MOST_COPIES = 10_000
"""Calls of macros in a model: each is written out, and a macro that calls two others doubles what it holds."""

EXTERNAL = (ae.GetConstantsStructure, ae.GetLookupsStructure, ae.GetDataStructure)
"""What reads a data file."""


def definitions_of(
    sections: Sequence[Any], source: SourceText, ranges: Ranges
) -> tuple[tuple[Definition, ...], tuple[Fault, ...]]:
    """Translate a model's equations.

    Parameters
    ----------
    sections : sequence of AbstractSection
        The main section, then the macros.
    source : SourceText
        For lines.
    ranges : Ranges
        The subscript ranges.

    Returns
    -------
    (definitions, untaken)
        In the order of the main section; macro calls are written out. `untaken` names what has no form in `ir`.

    Raises
    ------
    ModelError
        For a table whose x go back, and a range that is none.
    """
    main = sections[0]
    book = _Book({canonical(macro.name): macro for macro in sections[1:]}, ranges, source)
    book.named_ranges = {canonical(each.name) for each in main.subscripts}  # those of a file that is not there too
    names = {canonical(element.name): " ".join(element.name.split()) for element in main.elements}
    book.outside |= {f"{form}{OUTSIDE}": partial(Name, name) for form, name in names.items() if form not in CONTROLS}
    scope = _Scope(book, names_of(main, ranges))
    for element in main.elements:
        name = " ".join(element.name.split())
        if canonical(name) in CONTROLS:
            continue
        entries = source.entries_of(name)
        for i, component in enumerate(element.components):
            line = entries[min(i, len(entries) - 1)].line if entries else None
            scope.define(name, component, line)
    if book.faults:
        raise model_error(source.path, book.faults)
    return tuple(book.definitions), tuple(book.untaken)


def names_of(main: Any, ranges: Ranges) -> dict[str, Meaning]:
    """Say what the names of a main section stand for: its variables, and ranges and elements where they are numbers."""
    names = {canonical(element.name): " ".join(element.name.split()) for element in main.elements}
    numbers: dict[str, Meaning] = {canonical(name): partial(_always, _position(name)) for name in _subscripts(ranges)}
    meanings: dict[str, Meaning] = {form: partial(Name, name) for form, name in names.items()}
    arrays = {canonical(e.name) for e in main.elements if e.components[0].subscripts[0]}
    both = {form: partial(_either, meanings[form], numbers[form]) for form in arrays & numbers.keys()}
    return {**numbers, **meanings, **both}


class _Book:
    """What a translation gathers."""

    def __init__(self, macros: Mapping[str, Any], ranges: Ranges, source: SourceText) -> None:
        self.macros = macros
        self.ranges = ranges
        self.path = source.path
        self.folder = source.path.parent
        self.format = source.format
        self.controls: dict[str, Expression] = {
            "time": Time(),
            # numbers once the model is made ready to run: a run may have another time axis
            **{name: Name(name) for name in CONTROLS},
        }
        self.outside: dict[str, Meaning] = {
            f"{form}{OUTSIDE}": partial(_always, value) for form, value in self.controls.items()
        }
        """What a macro may use of the model, under its name with the sign that says so."""
        self.definitions: list[Definition] = []
        self.untaken: list[Fault] = []
        self.faults: list[Fault] = []
        self.instances = 0
        self.named_ranges: set[str] = set()


class _Scope:
    """Names of one section: the main one, or one call of a macro."""

    def __init__(self, book: _Book, names: Names) -> None:
        self._book = book
        self._owner: tuple[str, ...] = ()
        self._excepted: tuple[tuple[str, ...], ...] = ()
        macros = {form: partial(self._macro, form) for form in book.macros}
        controls = {form: value for form, value in book.controls.items() if form not in names or form in CONTROLS}
        self._translator = Translator(names, controls, book.format, macros, ranges=book.named_ranges)

    def define(self, name: str, component: Any, line: int | None) -> None:
        """Translate one piece of a variable."""
        subscripts, exceptions = component.subscripts
        self._owner = tuple(subscripts)
        self._excepted = tuple(tuple(some) for some in exceptions)
        try:
            if type(component.ast) in EXTERNAL:
                self._book.definitions += self._external(name, component, line)
            else:
                content = self._content(component)
                self._book.definitions.append(Definition(name, self._owner, self._excepted, content, line))
        except (Untaken, Unreadable) as reason:
            fault = Fault(line, name, str(reason))
            (self._book.faults if isinstance(reason, Disordered) else self._book.untaken).append(fault)

    def _external(self, name: str, component: Any, line: int | None) -> list[Definition]:
        """Read a definition from its file; one piece for each element of a subscripted table."""
        ast, folder = component.ast, self._book.folder
        members = {subscript: list(self._book.ranges.members(subscript)) for subscript in self._owner}
        if isinstance(ast, ae.GetConstantsStructure):
            values = constants(ast, members, folder)
            return [Definition(name, self._owner, (), values if members else Number(float(values)), line)]
        if isinstance(ast, ae.GetLookupsStructure):
            return [Definition(name, own, (), points, line) for own, points in lookups(ast, members, folder)]
        keyword = getattr(component, "keyword", None)
        pieces = series(ast, keyword, members, folder)
        return [Definition(name, own, (), Lookup(points, Time()), line) for own, points in pieces]

    def _content(self, component: Any) -> Any:
        ast = component.ast
        if isinstance(ast, ae.DataStructure):
            return None
        if isinstance(ast, np.ndarray):
            return np.asarray(ast, dtype=np.float64)
        if isinstance(ast, ae.LookupsStructure):
            return points_of(ast)
        return self._translator.expression(ast)

    def _macro(self, form: str, arguments: list[Expression]) -> Expression:
        """Write the variables of a macro out for one call; they have the subscripts of the caller."""
        macro = self._book.macros[form]
        if len(arguments) != len(macro.params):
            takes, given = len(macro.params), len(arguments)
            raise Untaken(f"calls the macro {macro.name!r} with {given} arguments; it takes {takes}")
        if any(_runs_over(argument) for argument in arguments):
            raise Untaken(f"calls the macro {macro.name!r} within a function of an array; give the call a variable")
        self._book.instances += 1
        if self._book.instances > _MOST_COPIES:
            raise ModelError(
                f"calls of macros, and of macros in them, are more than {_MOST_COPIES:,}; let macros call fewer others",
                path=self._book.path,
            )
        prefix = f"{macro.name}#{self._book.instances}"
        own = {canonical(element.name): f"{prefix}.{' '.join(element.name.split())}" for element in macro.elements}
        meanings: dict[str, Expression] = {key: Name(name, self._owner) for key, name in own.items()}
        for parameter, argument in zip(macro.params, arguments, strict=True):
            meanings[canonical(parameter)] = self._bound(f"{prefix}.{parameter}", argument)
        names: dict[str, Meaning] = {
            **self._book.outside,
            **{key: partial(_always, meaning) for key, meaning in meanings.items()},
        }
        inner = _Scope(self._book, names)
        inner._owner, inner._excepted = self._owner, self._excepted
        for element in macro.elements:
            if len(element.components) > 1 or element.components[0].subscripts[0]:
                raise Untaken(f"calls the macro {macro.name!r}, which has subscripts of its own")
            content = inner._content(element.components[0])
            self._add(own[canonical(element.name)], content)
        return Name(own[form], self._owner)

    def _bound(self, name: str, argument: Expression) -> Expression:
        """Give an argument that is computed a variable of its own, so that it is computed once."""
        if isinstance(argument, Name | Number | Time):
            return argument
        self._add(name, argument)
        return Name(name, self._owner)

    def _add(self, name: str, content: Any) -> None:
        self._book.definitions.append(Definition(name, self._owner, self._excepted, content))


def _runs_over(expression: Expression) -> bool:
    """Whether an expression has a marked subscript over which a function outside it works."""
    if isinstance(expression, Reduction):
        return False
    if isinstance(expression, Name):
        return any(subscript.endswith(MARK) for subscript in (expression.name, *expression.subscripts))
    return any(map(_runs_over, children(expression)))


def _either(array: Meaning, number: Meaning, subscripts: tuple[str, ...]) -> Expression:
    """Tell an array from a range of the same name: where no subscript follows, the range is meant."""
    return array(subscripts) if subscripts else number(())


def _subscripts(ranges: Ranges) -> Iterator[str]:
    """Yield names that stand for numbers where a variable might: ranges, also marked, and elements."""
    for name, parts in ranges.elements.items():
        yield from (*parts, name, f"{name}{MARK}")


def _position(subscript: str) -> Expression:
    return Call("subscript", (Name(subscript),))


def _always(meaning: Expression, _: tuple[str, ...]) -> Expression:
    """Give a name of a macro its meaning in one call, whatever its subscripts."""
    return meaning
