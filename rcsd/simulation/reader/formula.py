"""One expression in Vensim's words -> an expression tree: what a function is computed from, what an indicator is.

PySD's grammar of equations reads it. PySD hands the limits of tables to Python: an expression with brackets of that
kind, or with quotation marks, never gets there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
from parsimonious.exceptions import ParseError

from rcsd.names import canonical, near_matches
from rcsd.simulation.functions import FUNCTIONS, Registry
from rcsd.simulation.ir.expression import Expression, Lookup, Name, Number, walk
from rcsd.simulation.reader.calls import argument_fault, calls_in
from rcsd.simulation.reader.expressions import names_in
from rcsd.simulation.reader.pysd_calls import PYSD_FAULTS, explain
from rcsd.simulation.reader.translation import Translator, Untaken
from rcsd.simulation.reader.vensim.equation import expression_of as vensim_expression

_LONGEST, _DEEPEST, _FEW = 500, 30, 10
_SIGNS = re.compile(rf"(?:[-+]\s*){{{_DEEPEST + 1},}}")
_NO_SIGN = re.compile(r"[^\w\s.+\-*/^(),<>=:]")
_WORD = re.compile(r"[^\W\d]\w*")


def expression_of(
    text: str, *, controls: Mapping[str, Expression] | None = None, functions: Registry = FUNCTIONS
) -> Expression:
    """Read an expression.

    Parameters
    ----------
    text : str
        As it would stand in an equation, without tables and subscripts.
    controls : mapping of str to Expression, optional
        What some names stand for; any other name stands for itself, as the text spells it.
    functions : Registry, optional
        What may be called; the functions of models by default.

    Raises
    ------
    Untaken
        What is wrong with it, as the rest of a sentence that begins with "the formula".

    Examples
    --------
    >>> expression_of("MAX(a, 2)")
    Call(function='max', arguments=(Name(name='a', subscripts=()), Number(value=2.0)))
    """
    _check(text)
    ast = _parsed(text)
    used = dict.fromkeys(names_in(ast))
    called = [name for name, is_called in used if is_called]
    for name in called:
        if functions.read("formula", name) is None:
            raise Untaken(f"calls a function {name!r}, which there is not; {_hint(name, functions)}")
        if (name, False) in used:
            raise Untaken(f"uses {name!r} as a function and as a name: rename the one")
    for written, n in calls_in(text, "formula"):
        if message := argument_fault("formula", written, n, functions):
            raise Untaken(message)
    given = controls or {}
    free = (name for name, is_called in used if not is_called and canonical(name) not in given)
    names = {canonical(name): partial(Name, _spelling(text, name)) for name in free}
    expression = Translator(names, given, "formula", functions=functions).expression(ast)
    for node in walk(expression):
        if isinstance(node, Lookup):
            raise Untaken("holds a table, which only the equation of a model can")
        if isinstance(node, Number) and math.isinf(node.value):
            raise Untaken("holds a number that is too large")
    return expression


def _hint(name: str, functions: Registry) -> str:
    near = near_matches(name, functions.names)
    few = len(functions.names) <= _FEW
    return near or (f"there are {', '.join(functions.names)}" if few else "docs/functions.md lists them")


def _check(text: str) -> None:
    if len(text) > _LONGEST:
        raise Untaken(f"has {len(text)} letters, more than {_LONGEST}: name a part of it")
    if wrong := _NO_SIGN.search(text):
        raise Untaken(f"holds {wrong[0]!r} in column {wrong.start() + 1}, which has no meaning here")
    depth = deepest = 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        deepest = max(deepest, depth)
    if deepest > _DEEPEST or _SIGNS.search(text):
        raise Untaken(f"is nested more than {_DEEPEST} deep: name a part of it")


def _parsed(text: str) -> Any:
    try:
        ast = vensim_expression(text)
    except PYSD_FAULTS as error:
        column = f", column {error.pos + 1}" if isinstance(error, ParseError) else ""
        raise Untaken(f"{explain(error)}{column}") from error
    if isinstance(ast, np.ndarray):
        raise Untaken("is a list of numbers")
    return ast


def _spelling(text: str, name: str) -> str:
    """Return how the text spells a name of one word; PySD keeps small letters only."""
    spelt = list(dict.fromkeys(word for word in _WORD.findall(text) if canonical(word) == canonical(name)))
    if len(spelt) > 1:
        raise Untaken(f"spells one name in two ways, {spelt[0]!r} and {spelt[1]!r}: choose one")
    return spelt[0] if spelt else name.replace("_", " ")
