"""Distributions by their quantiles, as parts of functions that draw."""

from __future__ import annotations

from rcsd.simulation.functions.entry import Function
from rcsd.simulation.functions.numerics import quantiles
from rcsd.simulation.functions.ways import Block, Formula, Primitive

QUANTILES = (
    *(
        Function(
            f"Quantile of the {words} distribution between limits.",
            Primitive(of_runs, Block(of_one)),
            dimension="_, a, a, a, a, _, ... -> a",
            name=f"{words} quantile",
        )
        for words, of_runs, of_one in (
            ("gamma", quantiles.gamma, quantiles._gamma),
            ("beta", quantiles.beta, quantiles._beta),
            ("poisson", quantiles.poisson, quantiles._poisson),
            ("binomial", quantiles.binomial, quantiles._binomial),
            ("negative binomial", quantiles.negative_binomial, quantiles._negative_binomial),
        )
    ),
    Function(
        "Quantile of the Weibull distribution.",
        Formula("scale * POWER(-LN(1 - u), 1 / shape)"),
        dimension="_, _, a -> a",
        pysd="weibull_draw(u, shape, scale)",
        name="weibull draw",
    ),
    Function(
        "Distribution function of the Weibull distribution with mean 1.",
        Formula("1 - EXP(-POWER(MAX(0, x) * EXP(GAMMA LN(1 + 1 / shape)), shape))"),
        dimension="1, _ -> 1",
        pysd="weibull_probability(x, shape)",
        name="weibull probability",
    ),
    Function(
        "Quantile of the Weibull distribution with mean 1, between limits.",
        Formula(
            "MAX(low, MIN(high, shift + stretch * WEIBULL DRAW(WEIBULL PROBABILITY((low - shift) / stretch, shape) + "
            "u * "
            "(WEIBULL PROBABILITY((high - shift) / stretch, shape) - WEIBULL PROBABILITY((low - shift) / stretch, "
            "shape)), shape, EXP(-GAMMA LN(1 + 1 / shape)))))"
        ),
        dimension="_, a, a, a, a, _ -> a",
        pysd="weibull_quantile(u, low, high, shift, stretch, shape)",
        name="weibull quantile",
    ),
    Function(
        "Distribution function of a triangle.",
        Formula(
            "IF THEN ELSE(x <= start, 0, IF THEN ELSE(x >= stop, 1, IF THEN ELSE(x < peak, "
            "(x - start) * (x - start) / ((stop - start) * (peak - start)), "
            "1 - (stop - x) * (stop - x) / ((stop - start) * (stop - peak)))))"
        ),
        dimension="a, a, a, a -> 1",
        pysd="triangular_probability(x, start, peak, stop)",
        name="triangular probability",
    ),
    Function(
        "Quantile of a triangle.",
        Formula(
            "IF THEN ELSE(u * (stop - start) < peak - start, start + SQRT(u * (stop - start) * (peak - start)), "
            "stop - SQRT((1 - u) * (stop - start) * (stop - peak)))"
        ),
        dimension="_, a, a, a -> a",
        pysd="triangle(u, start, peak, stop)",
        name="triangle",
    ),
    Function(
        "Quantile of a triangle between limits.",
        Formula(
            "MAX(low, MIN(high, TRIANGLE(TRIANGULAR PROBABILITY(low, start, peak, stop) + u * (TRIANGULAR PROBABILITY("
            "high, start, peak, stop) - TRIANGULAR PROBABILITY(low, start, peak, stop)), start, peak, stop)))"
        ),
        dimension="_, a, a, a, a, a -> a",
        pysd="triangular_quantile(u, low, high, start, peak, stop)",
        name="triangular quantile",
    ),
    Function(
        "Quantile of the logistic distribution.",
        Formula("mean + scale * LN(u / (1 - u))"),
        dimension="_, a, a -> a",
        pysd="logistic_draw(u, mean, scale)",
        name="logistic draw",
    ),
    Function(
        "Whether a draw lies below a probability per unit of time.",
        Formula("IF THEN ELSE(100 * u < percent * TIME STEP, 1, 0)"),
        dimension="_, _ -> 1",
        pysd="chance(u, percent)",
        name="chance",
    ),
)
