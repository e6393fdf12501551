"""Random expressions in Vensim's words and XMILE's at once, kept finite whatever is put in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Both:
    """One expression in either format."""

    vensim: str
    xmile: str


def same(text: str) -> Both:
    """Return what is written alike in both formats."""
    return Both(text, text)


def joined(form: str, *parts: Both, xmile: str | None = None) -> Both:
    """Put expressions into a form, which may be another in XMILE."""
    return Both(
        form.format(*(part.vensim for part in parts)),
        (xmile or form).format(*(part.xmile for part in parts)),
    )


Form = tuple[int, Callable[..., Both]]


def _form(n: int, vensim: str, xmile: str | None = None) -> Form:
    return n, lambda *parts: joined(vensim, *parts, xmile=xmile)


PLAIN: Sequence[Form] = (
    _form(2, "({0} + {1})"),
    _form(2, "({0} - {1})"),
    _form(2, "({0} * {1}) / 4"),
    _form(2, "{0} - {1} - 2"),
    _form(2, "({0} / (1 + ABS({1})))"),
    _form(1, "(-{0})"),
    _form(1, "(3 - (-{0}))"),
    _form(1, "SIN({0})"),
    _form(1, "LN(1 + ABS({0}))"),
    _form(1, "SQRT(ABS({0}))"),
    _form(1, "EXP(-ABS({0}))"),
    _form(1, "(1 + ABS({0}))^0.3"),
    _form(1, "MODULO(ABS({0}), 3)", "(ABS({0}) MOD 3)"),
    _form(2, "MIN({0}, {1})"),
    _form(2, "MAX({0}, {1})"),
    _form(2, "XIDZ({0}, ABS({1}), 2)", "SAFEDIV({0}, ABS({1}), 2)"),
    _form(2, "IF THEN ELSE({0} > {1}, {0}, 1 - {1})", "(IF {0} > {1} THEN {0} ELSE 1 - {1})"),
    _form(
        3,
        "IF THEN ELSE({0} > {1} :AND: {1} < {2} :OR: {2} < 0, {0}, {2})",
        "(IF ({0} > {1} AND {1} < {2}) OR {2} < 0 THEN {0} ELSE {2})",
    ),
    _form(2, "IF THEN ELSE(:NOT: {0} > {1}, {1}, 2)", "(IF NOT ({0} > {1}) THEN {1} ELSE 2)"),
)
"""Number of operands, and what is made of them. Divisors and logarithms are of 1 and more, roots of 0."""

IN_MACROS: Sequence[Form] = (
    _form(1, "STEP({0}, 2)"),
    _form(1, "SMOOTH({0}, 2)", "SMTH1({0}, 2)"),
    _form(2, "SMOOTHI({0}, 3, {1})", "SMTH1({0}, 3, {1})"),
    _form(1, "SMOOTH3({0}, 3)", "SMTH3({0}, 3)"),
    _form(1, "INITIAL({0})", "INIT({0})"),
)
"""What remembers or hangs on the time."""

FIXED_DELAY = _form(1, "DELAY FIXED({0}, 1, 0.5)", "DELAY({0}, 1, 0.5)")
"""PySD reads a delay inside it a step early."""

MOVING: Sequence[Form] = (
    *IN_MACROS,
    FIXED_DELAY,
    _form(1, "DELAY1({0}, 2)"),
    _form(1, "DELAY3({0}, 3)"),
    _form(2, "DELAY3I({0}, 4, {1})", "DELAY3({0}, 4, {1})"),
)
"""The same with delays, for which PySD lacks the time step in a macro."""


def grown(rng: Random, leaf: Callable[[], Both], depth: int, moving: Sequence[Form] = ()) -> Both:
    """Return an expression at most `depth` forms deep; three of ten are of the `moving` ones."""
    if depth == 0 or rng.random() < 0.2:
        return leaf()
    form = rng.choice(moving if moving and rng.random() < 0.3 else PLAIN)
    inside = () if form is FIXED_DELAY else moving
    n, make = form
    return make(*(grown(rng, leaf, depth - 1, inside) for _ in range(n)))
