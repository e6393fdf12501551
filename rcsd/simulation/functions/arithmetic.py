"""Arithmetic: division by zero, rounding, remainders, the greater and the lesser."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from rcsd.simulation.functions.entry import Function
from rcsd.simulation.functions.ways import Formula, Instruction, Node, Primitive
from rcsd.simulation.ir.expression import Arithmetic, Number

Values = NDArray[np.float64]


def least(a: Values, b: Values) -> Values:
    """Return the lesser of two; NaN when either is, and `b` when they are equal."""
    return np.where((a < b) | np.isnan(a), a, b)


def greatest(a: Values, b: Values) -> Values:
    """Return the greater of two; NaN when either is, and `b` when they are equal."""
    return np.where((a > b) | np.isnan(a), a, b)


ARITHMETIC = (
    Function(
        "Absolute value.",
        Primitive(np.abs, Instruction("magnitude")),
        dimension="a -> a",
        vensim="ABS(x)",
        xmile="ABS(x)",
        example=("ABS(-2.5)", 2.5),
    ),
    Function(
        "The lesser of two; NaN when either is NaN.",
        Primitive(least, Instruction("minimum")),
        dimension="a, ... -> a",
        vensim="MIN(a, b)",
        xmile="MIN(a, b, ...)",
        pairwise=True,
        example=("MIN(3, -4)", -4.0),
    ),
    Function(
        "The greater of two; NaN when either is NaN.",
        Primitive(greatest, Instruction("maximum")),
        dimension="a, ... -> a",
        vensim="MAX(a, b)",
        xmile="MAX(a, b, ...)",
        pairwise=True,
        example=("MAX(3, -4)", 3.0),
    ),
    Function(
        "x rounded towards zero.",
        Primitive(np.trunc, Instruction("truncate")),
        dimension="a -> a",
        vensim="INTEGER(x)",
        name="trunc",
        example=("INTEGER(-2.7)", -2.0),
    ),
    Function(
        "x rounded down (XMILE 1.0); PySD rounds towards zero.",
        Primitive(np.floor, Instruction("floor")),
        dimension="a -> a",
        xmile="INT(x)",
        pysd="integer",
        name="floor",
        example=("INT(-2.7)", -3.0),
    ),
    Function(
        "x rounded to the nearest whole number, halves to the even one.",
        Primitive(np.rint, Instruction("nearest")),
        dimension="a -> a",
        differs="Stella's reference does not say what becomes of halves",
        xmile="ROUND(x)",
        example=("ROUND(-2.6) + ROUND(2.5)", -1.0),
    ),
    Function(
        "1 for a positive x, -1 for a negative one, 0 for zero.",
        Formula("IF THEN ELSE(x > 0, 1, IF THEN ELSE(x < 0, -1, 0 * x))"),
        dimension="a -> 1",
        xmile="SIGN(x)",
        example=("SIGN(-0.3)", -1.0),
    ),
    Function(
        "Ratio; the third argument where the denominator is below 1e-6 in absolute value.",
        Formula("IF THEN ELSE(ABS(denominator) < 1e-6, instead, numerator / denominator)"),
        dimension="a, b, a/b -> a/b",
        vensim="XIDZ(numerator, denominator, instead)",
        example=("XIDZ(1, 0, 7)", 7.0),
    ),
    Function(
        "Ratio; zero where the denominator is below 1e-6 in absolute value.",
        Formula("XIDZ(numerator, denominator, 0)"),
        dimension="a, b -> a/b",
        vensim="ZIDZ(numerator, denominator)",
        example=("ZIDZ(1, 0)", 0.0),
    ),
    Function(
        "Ratio; the third argument where the denominator is zero.",
        Formula("IF THEN ELSE(denominator = 0, instead, numerator / denominator)"),
        dimension="a, b, a/b -> a/b",
        xmile="SAFEDIV(numerator, denominator, instead)",
        pysd="xidz",
        name="safe ratio or another",
        example=("SAFEDIV(1, 0, 7)", 7.0),
    ),
    Function(
        "Ratio; zero where the denominator is zero.",
        Formula("IF THEN ELSE(denominator = 0, 0, numerator / denominator)"),
        dimension="a, b -> a/b",
        xmile="SAFEDIV(numerator, denominator)",
        pysd="zidz",
        name="safe ratio",
        example=("SAFEDIV(1, 0.0000001)", 1e7),
    ),
    Function(
        "x rounded towards zero to a multiple of the quantum; x itself when the quantum is below 1e-6.",
        Formula("IF THEN ELSE(quantum < 1e-6, x, quantum * INTEGER(x / quantum))"),
        dimension="a, a -> a",
        vensim="QUANTUM(x, quantum)",
        example=("QUANTUM(7.9, 2.5)", 7.5),
    ),
    Function(
        "Remainder of the division of x, with the sign of x.",
        Formula("x - QUANTUM(x, divisor)"),
        dimension="a, a -> a",
        vensim="MODULO(x, divisor)",
        example=("MODULO(7.9, 2.5)", 0.4),
    ),
    Function(
        "Remainder of the division of x, with the sign of the divisor; also the operator MOD.",
        Formula("x - divisor * FLOOR(x / divisor)"),
        dimension="a, a -> a",
        xmile="MOD(x, divisor)",
        pysd=("mod", "modulo"),
        name="mod",
        example=("MOD(-7, 3)", 2.0),
    ),
    Function(
        "The base raised to the exponent; NaN for a negative base and a fractional exponent.",
        Node(lambda base, exponent: Arithmetic("^", base, exponent)),
        dimension="1, 1 -> 1",
        vensim="POWER(base, exponent)",
        example=("POWER(2, -3)", 0.125),
    ),
    Function(
        "The root of x: x to the power 1 / n.",
        Formula("POWER(x, 1 / n)"),
        dimension="_, 1 -> _",
        xmile="ROOTN(x, n)",
        example=("ROOTN(81, 4)", 3.0),
    ),
    Function(
        "A fraction in per cent.", Formula("100 * x"), dimension="a -> a", xmile="PCT(x)", example=("PCT(0.25)", 25.0)
    ),
    Function(
        "The number pi.", Node(lambda: Number(math.pi)), dimension="-> 1", xmile="PI()", example=("PI()", math.pi)
    ),
)
