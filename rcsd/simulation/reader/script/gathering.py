"""A parsed file -> `Script`: its equations with their calls as they stand, for whoever writes them again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial, reduce
from typing import Any

import numpy as np
from pysd.translators.structures import abstract_expressions as ae

from rcsd.names import canonical
from rcsd.simulation.functions import Function, Node
from rcsd.simulation.ir import CONTROLS, Definition
from rcsd.simulation.ir.expression import Call, Expression, Name, Time
from rcsd.simulation.ir.file.script import MACRO, OUTSIDE, MacroScript, Script
from rcsd.simulation.reader.abstract import variables_of
from rcsd.simulation.reader.equations import EXTERNAL, names_of
from rcsd.simulation.reader.parsing import ParsedModel
from rcsd.simulation.reader.source import Entry, Fault, SourceText, model_error
from rcsd.simulation.reader.translation import Meaning, Translator, Untaken, points_of

_SYNTAX = {"if then else", "sum", "prod", "vmin", "vmax"}
"""Keys of the functions that both languages have signs or words of their own for."""


def script_of(parsed: ParsedModel) -> Script:
    """Gather the equations of a file as they are written.

    Raises
    ------
    ModelError
        For what has no form in `ir`, with every variable and line.
    """
    sections, source, model = parsed.abstract.sections, parsed.source, parsed.model
    faults: list[Fault] = []
    main, *macros = sections
    named = {canonical(macro.name): partial(_call, _spelt_macro(macro, source)) for macro in macros}
    ranges = {canonical(each.name) for each in main.subscripts}
    controls: dict[str, Expression] = {"time": Time(), **{name: Name(name) for name in CONTROLS}}
    whole = names_of(main, model.ranges)
    scope = _Scope(Literal(whole, controls, source.format, named, ranges=ranges), faults)
    files, definitions = [], []
    for element in main.elements:
        name = " ".join(element.name.split())
        if canonical(name) in CONTROLS:
            continue
        if any(type(component.ast) in EXTERNAL for component in element.components):
            files.append(name)
            definitions += [each for each in model.definitions if canonical(each.name) == canonical(name)]
        else:
            definitions += scope.defined(element, source.entries_of(name))
    outside = {
        **{f"{form}{OUTSIDE}": partial(_outside, element.name) for form, element in _elements(main).items()},
        **{f"{form}{OUTSIDE}": partial(_always, value) for form, value in controls.items()},
    }
    scripts = tuple(_macro(macro, named, outside, controls, source, faults) for macro in macros)
    if faults:
        raise model_error(source.path, faults)
    place = {name: i for i, name in enumerate(map(canonical, model.names))}
    definitions.sort(key=lambda each: place.get(canonical(each.name), len(place)))
    return Script(model, tuple(definitions), scripts, tuple(files))


class Literal(Translator):
    """Translates calls as they stand; parameters are those of `Translator`."""

    def _called(self, function: Function, arguments: Any) -> Expression:
        operands = tuple(self.expression(argument) for argument in arguments)
        if function.pairwise:
            return reduce(lambda one, other: Call(function.key, (one, other)), operands)
        if function.key in _SYNTAX and isinstance(function.how, Node):
            return function.how.build(*operands)
        return Call(function.key, operands)


class _Scope:
    """Translates definitions, and gathers what cannot be."""

    def __init__(self, translator: Literal, faults: list[Fault]) -> None:
        self._translator = translator
        self._faults = faults

    def defined(self, element: Any, entries: tuple[Entry, ...]) -> list[Definition]:
        """Translate the pieces of a variable."""
        name = " ".join(element.name.split())
        found = []
        for i, component in enumerate(element.components):
            line = entries[min(i, len(entries) - 1)].line if entries else None
            subscripts, exceptions = component.subscripts
            excepted = tuple(tuple(some) for some in exceptions)
            try:
                found.append(Definition(name, tuple(subscripts), excepted, self._content(component.ast), line))
            except Untaken as reason:
                self._faults.append(Fault(line, name, str(reason)))
        return found

    def _content(self, ast: Any) -> Any:
        if isinstance(ast, ae.DataStructure):
            return None
        if isinstance(ast, np.ndarray):
            return np.asarray(ast, dtype=np.float64)
        if isinstance(ast, ae.LookupsStructure):
            return points_of(ast)
        return self._translator.expression(ast)


def _macro(
    macro: Any,
    named: Mapping[str, Callable[[list[Expression]], Expression]],
    outside: Mapping[str, Meaning],
    controls: Mapping[str, Expression],
    source: SourceText,
    faults: list[Fault],
) -> MacroScript:
    own: dict[str, Meaning] = {
        **{form: partial(Name, " ".join(element.name.split())) for form, element in _elements(macro).items()},
        **{canonical(parameter): partial(Name, parameter) for parameter in macro.params},
    }
    scope = _Scope(Literal({**outside, **own}, controls, source.format, named), faults)
    block = next((each for each in source.blocks if canonical(each.name) == canonical(macro.name)), None)
    definitions: list[Definition] = []
    for element in macro.elements:
        form = canonical(element.name)
        if form not in CONTROLS:
            definitions += scope.defined(element, tuple(e for e in source.inner if canonical(e.name) == form))
    definitions.sort(key=lambda each: each.line or 0)  # PySD lists XMILE variables by kind
    line = None if block is None else block.line
    own_variables = variables_of(macro, source)
    return MacroScript(_spelt_macro(macro, source), tuple(macro.params), tuple(definitions), own_variables, line)


def _call(macro: str, arguments: list[Expression]) -> Expression:
    return Call(f"{MACRO}{macro}", tuple(arguments))


def _spelt_macro(macro: Any, source: SourceText) -> str:
    """Return the name of a macro as the file spells it."""
    return next((name for name in source.macros if canonical(name) == canonical(macro.name)), str(macro.name))


def _elements(section: Any) -> dict[str, Any]:
    return {canonical(element.name): element for element in section.elements}


def _outside(name: str, subscripts: tuple[str, ...]) -> Expression:
    return Name(f"{' '.join(name.split())}{OUTSIDE}", subscripts)


def _always(meaning: Expression, _: tuple[str, ...]) -> Expression:
    return meaning
