"""Elementary functions: exponentials, roots, angles."""

from __future__ import annotations

import numpy as np

from rcsd.simulation.functions.entry import Formula, Function, Instruction, Lanes, Primitive

ELEMENTARY = (
    Function("e to the power x.", Primitive(np.exp, Lanes("exp")), vensim="EXP(x)", xmile="EXP(x)"),
    Function("Natural logarithm.", Primitive(np.log, Lanes("log")), vensim="LN(x)", xmile="LN(x)"),
    Function("Logarithm to any base.", Formula("LN(x) / LN(base)"), vensim="LOG(x, base)"),
    Function("Square root.", Primitive(np.sqrt, Instruction("root")), vensim="SQRT(x)", xmile="SQRT(x)"),
    Function("Sine of an angle in radians.", Primitive(np.sin, Lanes("sin")), vensim="SIN(x)", xmile="SIN(x)"),
    Function("Cosine of an angle in radians.", Primitive(np.cos, Lanes("cos")), vensim="COS(x)", xmile="COS(x)"),
    Function("Tangent of an angle in radians.", Primitive(np.tan, Lanes("tan")), vensim="TAN(x)", xmile="TAN(x)"),
    Function(
        "Angle whose sine is x, in radians.",
        Primitive(np.arcsin, Lanes("arcsin")),
        vensim="ARCSIN(x)",
        xmile="ARCSIN(x)",
    ),
    Function(
        "Angle whose cosine is x, in radians.",
        Primitive(np.arccos, Lanes("arccos")),
        vensim="ARCCOS(x)",
        xmile="ARCCOS(x)",
    ),
    Function(
        "Angle whose tangent is x, in radians.",
        Primitive(np.arctan, Lanes("arctan")),
        vensim="ARCTAN(x)",
        xmile="ARCTAN(x)",
    ),
    Function("Hyperbolic sine.", Primitive(np.sinh, Lanes("sinh")), vensim="SINH(x)"),
    Function("Hyperbolic cosine.", Primitive(np.cosh, Lanes("cosh")), vensim="COSH(x)"),
    Function("Hyperbolic tangent.", Primitive(np.tanh, Lanes("tanh")), vensim="TANH(x)"),
)
