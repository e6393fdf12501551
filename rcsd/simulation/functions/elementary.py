"""Elementary functions: exponentials, roots, angles."""

from __future__ import annotations

import math

import numpy as np

from rcsd.simulation.functions.entry import Formula, Function, Instruction, Lanes, Primitive

ELEMENTARY = (
    Function(
        "e to the power x.",
        Primitive(np.exp, Lanes("exp")),
        vensim="EXP(x)",
        xmile="EXP(x)",
        example=("EXP(1)", math.e),
    ),
    Function(
        "Natural logarithm.",
        Primitive(np.log, Lanes("log")),
        vensim="LN(x)",
        xmile="LN(x)",
        example=("LN(10)", 2.302585092994046),
    ),
    Function("Logarithm to any base.", Formula("LN(x) / LN(base)"), vensim="LOG(x, base)", example=("LOG(8, 2)", 3.0)),
    Function(
        "Square root.",
        Primitive(np.sqrt, Instruction("root")),
        vensim="SQRT(x)",
        xmile="SQRT(x)",
        example=("SQRT(6.25)", 2.5),
    ),
    Function(
        "Sine of an angle in radians.",
        Primitive(np.sin, Lanes("sin")),
        vensim="SIN(x)",
        xmile="SIN(x)",
        example=("SIN(0.5235987755982988)", 0.5),
    ),
    Function(
        "Cosine of an angle in radians.",
        Primitive(np.cos, Lanes("cos")),
        vensim="COS(x)",
        xmile="COS(x)",
        example=("COS(1.0471975511965976)", 0.5),
    ),
    Function(
        "Tangent of an angle in radians.",
        Primitive(np.tan, Lanes("tan")),
        vensim="TAN(x)",
        xmile="TAN(x)",
        example=("TAN(0.7853981633974483)", 1.0),
    ),
    Function(
        "Angle whose sine is x, in radians.",
        Primitive(np.arcsin, Lanes("arcsin")),
        vensim="ARCSIN(x)",
        xmile="ARCSIN(x)",
        example=("ARCSIN(1)", math.pi / 2),
    ),
    Function(
        "Angle whose cosine is x, in radians.",
        Primitive(np.arccos, Lanes("arccos")),
        vensim="ARCCOS(x)",
        xmile="ARCCOS(x)",
        example=("ARCCOS(-1)", math.pi),
    ),
    Function(
        "Angle whose tangent is x, in radians.",
        Primitive(np.arctan, Lanes("arctan")),
        vensim="ARCTAN(x)",
        xmile="ARCTAN(x)",
        example=("ARCTAN(1)", math.pi / 4),
    ),
    Function(
        "Hyperbolic sine.",
        Primitive(np.sinh, Lanes("sinh")),
        vensim="SINH(x)",
        example=("SINH(0.6931471805599453)", 0.75),
    ),
    Function(
        "Hyperbolic cosine.",
        Primitive(np.cosh, Lanes("cosh")),
        vensim="COSH(x)",
        example=("COSH(0.6931471805599453)", 1.25),
    ),
    Function(
        "Hyperbolic tangent.",
        Primitive(np.tanh, Lanes("tanh")),
        vensim="TANH(x)",
        example=("TANH(0.6931471805599453)", 0.6),
    ),
)
