"""Elementary functions: exponentials, roots, angles."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from rcsd.simulation.functions.entry import Function
from rcsd.simulation.functions.numerics import quantiles
from rcsd.simulation.functions.ways import Formula, Instruction, Lanes, Node, Primitive
from rcsd.simulation.ir.expression import Arithmetic, Call, Expression, Number

_ZERO, _ONE = Number(0.0), Number(1.0)


def _log_gamma(x: float) -> float:
    return math.lgamma(x) if x > 0.0 or x != math.floor(x) else math.inf


def _normal_probability(x: float) -> float:
    return 0.5 * math.erfc(-x * math.sqrt(0.5))


def _normal_between(
    left: Expression, right: Expression, mean: Expression = _ZERO, deviation: Expression = _ONE
) -> Expression:
    ends = (Arithmetic("/", Arithmetic("-", end, mean), deviation) for end in (left, right))
    below, until = (Call("normal probability", (end,)) for end in ends)
    return Arithmetic("-", until, below)


ELEMENTARY = (
    Function(
        "e to the power x.",
        Primitive(np.exp, Lanes("exp")),
        dimension="1 -> 1",
        vensim="EXP(x)",
        xmile="EXP(x)",
        example=("EXP(1)", math.e),
    ),
    Function(
        "Natural logarithm.",
        Primitive(np.log, Lanes("log")),
        dimension="1 -> 1",
        vensim="LN(x)",
        xmile="LN(x)",
        example=("LN(10)", 2.302585092994046),
    ),
    Function(
        "Logarithm to base 10.",
        Formula("LN(x) / LN(10)"),
        dimension="1 -> 1",
        xmile="LOG10(x)",
        example=("LOG10(1000)", 3.0),
    ),
    Function(
        "Logarithm to any base.",
        Formula("LN(x) / LN(base)"),
        dimension="1, 1 -> 1",
        vensim="LOG(x, base)",
        example=("LOG(8, 2)", 3.0),
    ),
    Function(
        "Square root.",
        Primitive(np.sqrt, Instruction("root")),
        dimension="a -> a^(1/2)",
        vensim="SQRT(x)",
        xmile="SQRT(x)",
        example=("SQRT(6.25)", 2.5),
    ),
    Function(
        "Sine of an angle in radians.",
        Primitive(np.sin, Lanes("sin")),
        dimension="1 -> 1",
        vensim="SIN(x)",
        xmile="SIN(x)",
        example=("SIN(0.5235987755982988)", 0.5),
    ),
    Function(
        "Cosine of an angle in radians.",
        Primitive(np.cos, Lanes("cos")),
        dimension="1 -> 1",
        vensim="COS(x)",
        xmile="COS(x)",
        example=("COS(1.0471975511965976)", 0.5),
    ),
    Function(
        "Tangent of an angle in radians.",
        Primitive(np.tan, Lanes("tan")),
        dimension="1 -> 1",
        vensim="TAN(x)",
        xmile="TAN(x)",
        example=("TAN(0.7853981633974483)", 1.0),
    ),
    Function(
        "Angle whose sine is x, in radians.",
        Primitive(np.arcsin, Lanes("arcsin")),
        dimension="1 -> 1",
        vensim="ARCSIN(x)",
        xmile="ARCSIN(x)",
        example=("ARCSIN(1)", math.pi / 2),
    ),
    Function(
        "Angle whose cosine is x, in radians.",
        Primitive(np.arccos, Lanes("arccos")),
        dimension="1 -> 1",
        vensim="ARCCOS(x)",
        xmile="ARCCOS(x)",
        example=("ARCCOS(-1)", math.pi),
    ),
    Function(
        "Angle whose tangent is x, in radians.",
        Primitive(np.arctan, Lanes("arctan")),
        dimension="1 -> 1",
        vensim="ARCTAN(x)",
        xmile="ARCTAN(x)",
        example=("ARCTAN(1)", math.pi / 4),
    ),
    Function(
        "Hyperbolic sine.",
        Primitive(np.sinh, Lanes("sinh")),
        dimension="1 -> 1",
        vensim="SINH(x)",
        example=("SINH(0.6931471805599453)", 0.75),
    ),
    Function(
        "Hyperbolic cosine.",
        Primitive(np.cosh, Lanes("cosh")),
        dimension="1 -> 1",
        vensim="COSH(x)",
        example=("COSH(0.6931471805599453)", 1.25),
    ),
    Function(
        "Hyperbolic tangent.",
        Primitive(np.tanh, Lanes("tanh")),
        dimension="1 -> 1",
        vensim="TANH(x)",
        example=("TANH(0.6931471805599453)", 0.6),
    ),
    Function(
        "S-shaped response, from 0 to 1, to an x from 0 to 1; a profile of 1 is a line, of 2 two parabolas.",
        Formula(
            "IF THEN ELSE(x > 0.5, 1 - POWER(2 * (1 - MIN(1, x)), profile) / 2, POWER(2 * MAX(0, x), profile) / 2)"
        ),
        dimension="1, 1 -> 1",
        differs="Vensim's reference gives no formula: this is the macro that its makers publish",
        vensim="SSHAPE(x, profile)",
        example=("SSHAPE(0.25, 2)", 0.125),
    ),
    Function(
        "Natural logarithm of the gamma function: that of (x - 1)! for a whole x.",
        Primitive(special.gammaln, _log_gamma),
        dimension="1 -> 1",
        vensim="GAMMA LN(x)",
        xmile="GAMMALN(x)",
        example=("EXP(GAMMA LN(5))", 24.0),
    ),
    Function(
        "Factorial; also of numbers that are not whole.",
        Formula("EXP(GAMMA LN(n + 1))"),
        dimension="1 -> 1",
        xmile="FACTORIAL(n)",
        example=("FACTORIAL(5)", 120.0),
    ),
    Function(
        "How many sets of r there are among n.",
        Formula("EXP(GAMMA LN(n + 1) - GAMMA LN(r + 1) - GAMMA LN(n - r + 1))"),
        dimension="1, 1 -> 1",
        xmile="COMBINATIONS(n, r)",
        example=("COMBINATIONS(5, 3)", 10.0),
    ),
    Function(
        "How many ordered sets of r there are among n.",
        Formula("EXP(GAMMA LN(n + 1) - GAMMA LN(n - r + 1))"),
        dimension="1, 1 -> 1",
        xmile="PERMUTATIONS(n, r)",
        example=("PERMUTATIONS(5, 3)", 60.0),
    ),
    Function(
        "Probability that a standard normal number is below x.",
        Primitive(special.ndtr, _normal_probability),
        dimension="1 -> 1",
        name="normal probability",
    ),
    Function(
        "Probability of a normal number, standard without a mean and a deviation, between two limits.",
        Node(_normal_between),
        dimension="a, a, a, a -> 1",
        xmile="NORMALCDF(left, right[, mean, deviation])",
        example=("NORMALCDF(-1, 1)", 0.6826894921370859),
    ),
    Function(
        "Number below which a standard normal number is with this probability.",
        Primitive(special.ndtri, quantiles._normal_quantile),
        dimension="1 -> 1",
        xmile="INVNORM(probability)",
        example=("INVNORM(0.975)", 1.959963984540054),
    ),
    Function(
        "A sine wave of an amplitude and a period, zero at time 0.",
        Formula("amplitude * SIN(6.283185307179586 * Time / period)"),
        dimension="a, time -> a",
        xmile="SINWAVE(amplitude, period)",
    ),
    Function(
        "A cosine wave of an amplitude and a period, largest at time 0.",
        Formula("amplitude * COS(6.283185307179586 * Time / period)"),
        dimension="a, time -> a",
        xmile="COSWAVE(amplitude, period)",
    ),
)
