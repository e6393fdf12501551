"""PySD's abstract expressions turned into expression trees."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import reduce
from typing import Any

import numpy as np
from pysd.translators.structures import abstract_expressions as ae

from rcsd.names import canonical
from rcsd.simulation.functions import FUNCTIONS, Format, Function, Node, Refused, Registry, Resolved, Tabular
from rcsd.simulation.ir.expression import (
    Arithmetic,
    Between,
    Beyond,
    Call,
    Comparison,
    Expression,
    Logical,
    Lookup,
    Name,
    Negative,
    Not,
    Number,
    Points,
)

_ENDS: dict[str, tuple[Between, Beyond]] = {
    "interpolate": ("linear", "hold"),
    "hold_backward": ("previous", "hold"),
    "extrapolate": ("linear", "extrapolate"),
}
Meaning = Callable[[tuple[str, ...]], Expression]
"""What a name stands for, given its subscripts."""
Names = Mapping[str, Meaning]
"""Canonical name to what it stands for, given its subscripts."""


class Untaken(Exception):  # noqa: N818 - no error: the model then runs through PySD
    """Something that `ir` has no form for."""


class Disordered(Untaken):
    """A fault of the model, which PySD would run all the same."""


class Translator:
    """Translates the expressions of one scope.

    Parameters
    ----------
    names : mapping of str to callable
        What the names stand for.
    controls : mapping of str to Expression
        What INITIAL TIME and its like stand for.
    format : {"vensim", "xmile"}
        Of the file: a function may mean another thing in each.
    macros : mapping of str to callable, optional
        Canonical name of what the file itself defines to what a call of it stands for.
    functions : Registry, optional
        What else may be called; the functions of models by default.
    """

    def __init__(
        self,
        names: Names,
        controls: Mapping[str, Expression],
        format: Format,
        macros: Mapping[str, Callable[[list[Expression]], Expression]] | None = None,
        functions: Registry = FUNCTIONS,
    ) -> None:
        self._names = names
        self._controls = controls
        self._format = format
        self._macros = macros or {}
        self._functions = functions

    def expression(self, ast: Any) -> Expression:
        """Translate an abstract expression.

        Raises
        ------
        Untaken
            When there is no form for it.
        """
        if isinstance(ast, (bool, int, float, np.number)):
            return Number(float(ast))
        build = _BUILDERS.get(type(ast))
        return self._structure(ast) if build is None else build(self, ast)

    def reference(self, ast: Any) -> Expression:
        """Translate a name."""
        form = canonical(ast.reference)
        subscripts = tuple(ast.subscripts.subscripts) if ast.subscripts else ()
        if form in self._controls:
            return self._controls[form]
        if form not in self._names:
            raise Untaken(f"uses the subscript {ast.reference!r} as a number")
        return self._names[form](subscripts)

    def arithmetic(self, ast: Any) -> Expression:
        """Translate a chain of operators of one precedence, read from the left, powers from the right."""
        parts = [self.expression(part) for part in ast.arguments]
        if ast.operators == ["negative"]:
            return Negative(parts[0])
        if ast.operators[0] == "^":
            return reduce(lambda power, base: Arithmetic("^", base, power), reversed(parts))
        result = parts[0]
        for operator, part in zip(ast.operators, parts[1:], strict=True):
            result = Arithmetic(operator, result, part)
        return result

    def logic(self, ast: Any) -> Expression:
        """Translate comparisons and their combinations."""
        parts = [self.expression(part) for part in ast.arguments]
        if ast.operators == [":NOT:"]:
            return Not(parts[0])
        result = parts[0]
        for operator, part in zip(ast.operators, parts[1:], strict=True):
            if operator in (":AND:", ":OR:"):
                result = Logical("and" if operator == ":AND:" else "or", result, part)
            elif len(ast.operators) > 1:
                raise Untaken("chains comparisons (a<b<c): write them with :AND:")
            else:
                result = Comparison(operator, result, part)
        return result

    def call(self, ast: Any) -> Expression:
        """Translate a call of a macro, a table or a function."""
        name = ast.function.reference
        if canonical(name) in self._macros:
            return self._macros[canonical(name)]([self.expression(part) for part in ast.arguments])
        if canonical(name) in self._names:
            table = self.reference(ast.function)
            if not isinstance(table, Name) or canonical(name) in self._controls:
                raise Untaken(f"calls {name!r} as a table, which it is not")
            return Lookup(table, self.expression(ast.arguments[0]))
        function = self._functions.read(self._format, name)
        if function is None:
            raise Untaken(f"calls {name.upper().replace('_', ' ')}")
        if isinstance(function.how, Node) and function.how.of_range:
            return function.how.build(Name(ast.arguments[0].reference))
        return self._called(function, ast.arguments)

    def inline_lookup(self, ast: Any) -> Expression:
        """Translate a table with its argument."""
        return Lookup(points_of(ast.lookups), self.expression(ast.argument))

    def _structure(self, ast: Any) -> Expression:
        """Translate a function that PySD has a class for: its fields are the arguments."""
        function = self._functions.read(self._format, type(ast).__name__)
        if function is None:
            raise Untaken(f"uses {type(ast).__name__.removesuffix('Structure')}")
        return self._called(function, [getattr(ast, field.name) for field in fields(ast)])

    def _called(self, function: Function, arguments: Any) -> Expression:
        is_formula = self._format == "formula"  # which has no subscripts
        if function.how is None or (is_formula and isinstance(function.how, Resolved | Tabular)):
            raise Untaken(f"calls {function.every_signature[0].name}")
        if isinstance(function.how, Refused):
            raise Untaken(f"calls {function.every_signature[0].name}, which no engine computes: {function.how.remedy}")
        operands = tuple(self.expression(argument) for argument in arguments)
        if function.pairwise:
            return reduce(lambda one, other: Call(function.key, (one, other)), operands)
        return function.how.build(*operands) if isinstance(function.how, Node) else Call(function.key, operands)


def points_of(ast: Any) -> Points:
    """Translate a table.

    Raises
    ------
    Untaken
        When its x do not increase; `Disordered` when they go back.
    """
    x, y = tuple(float(v) for v in ast.x), tuple(float(v) for v in ast.y)
    back = next(((a, b) for a, b in itertools.pairwise(x) if b < a), None)
    if back is not None:
        raise Disordered(f"has a table whose x go back from {back[0]:g} to {back[1]:g}: put its points in order of x")
    if len(x) != len(y) or not x or any(b <= a for a, b in itertools.pairwise(x)):
        raise Untaken("has a table whose x do not increase")
    between, beyond = _ENDS[ast.type]
    return Points(x, y, between, beyond)


_BUILDERS: dict[type, Callable[[Translator, Any], Expression]] = {
    ae.ReferenceStructure: Translator.reference,
    ae.ArithmeticStructure: Translator.arithmetic,
    ae.LogicStructure: Translator.logic,
    ae.CallStructure: Translator.call,
    ae.InlineLookupsStructure: Translator.inline_lookup,
}
