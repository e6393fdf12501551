"""Random numbers, drawn anew in every step.

The seed, Vensim's and Stella's last argument, tells streams apart there: here every call has a stream of its own, and
the simulator has the seed.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from rcsd.simulation.functions.entry import Function
from rcsd.simulation.functions.numerics.distributions import QUANTILES
from rcsd.simulation.functions.ways import Node, Refused, Stateful
from rcsd.simulation.ir.expansion import Expansion
from rcsd.simulation.ir.expression import Arithmetic, Call, Expression, Number, Random

ZERO, ONE = Number(0.0), Number(1.0)
_LEAST, _GREATEST = Number(-math.inf), Number(math.inf)
_EVEN = Random("uniform", (ZERO, ONE))
_DEVIATIONS = 6.0
"""Where Vensim's pink noise cuts its normal draws off."""


def _normal(mean: Expression, deviation: Expression, *more: Expression) -> Expression:
    """Return Stella's normal draw: after a seed there may be two limits."""
    low, high = more[1:3] if len(more) > 2 else (_LEAST, _GREATEST)  # noqa: PLR2004 - seed, least, greatest
    return Random("normal", (low, high, mean, deviation))


def _lognormal(mean: Expression, deviation: Expression, *seed: Expression) -> Expression:
    return Call("exp", (_normal(mean, deviation),))


def _vensim(quantile: str, n: int) -> Callable[..., Expression]:
    """Return what draws by a quantile with n parameters: Vensim has them between the limits and shift and stretch."""

    def draw(low: Expression, high: Expression, *others: Expression) -> Expression:
        parameters, (shift, stretch) = others[:n], others[n : n + 2]
        return Call(quantile, (_EVEN, low, high, shift, stretch, *parameters))

    return draw


def _stella(quantile: str, *, scaled: bool = False, n: int = 1) -> Callable[..., Expression]:
    """Return what draws by a quantile without limits; the parameter after the n of the quantile may be a scale."""

    def draw(*arguments: Expression) -> Expression:
        scale = arguments[n] if scaled else ONE
        return Call(quantile, (_EVEN, _LEAST, _GREATEST, ZERO, scale, *arguments[:n]))

    return draw


def _binomial(trials: Expression, probability: Expression, *seed: Expression) -> Expression:
    return Call("binomial quantile", (_EVEN, _LEAST, _GREATEST, ZERO, ONE, probability, trials))


def _triangular(low: Expression, high: Expression, *others: Expression) -> Expression:
    start, peak, stop = others[:3]
    return Call("triangular quantile", (_EVEN, low, high, start, peak, stop))


def _pink(mean: Expression, deviation: Expression, time: Expression, *seed: Expression) -> Expression:
    def white() -> Expression:
        return Random("normal", (Number(-_DEVIATIONS), Number(_DEVIATIONS), ZERO, ONE))

    return Call("pink noise", (mean, deviation, time, white(), white()))


def _pink_noise(
    into: Expansion, mean: Expression, deviation: Expression, time: Expression, white: Expression, first: Expression
) -> Expression:
    pace = into.part("correlation time", Call("max", (time, Number(into.step))))
    ratio = Arithmetic("/", Number(into.step), pace)
    spread = Call("sqrt", (Arithmetic("/", Arithmetic("-", Number(2.0), ratio), ratio),))
    level = into.part("noise mean", mean)
    target = Arithmetic("+", level, Arithmetic("*", deviation, Arithmetic("*", spread, white)))
    initial = Arithmetic("+", level, Arithmetic("*", deviation, first))
    noise = into.memory("noise", initial)
    into.follow(noise, Arithmetic("+", noise, Arithmetic("*", ratio, Arithmetic("-", target, noise))))
    return noise


DRAWS = (
    Function(
        "A number between 0 and 1, all equally likely.",
        Node(lambda: _EVEN),
        dimension="-> 1",
        vensim="RANDOM 0 1()",
        random=True,
    ),
    Function(
        "A number between two limits, all equally likely.",
        Node(lambda low, high, *seed: Random("uniform", (low, high))),
        dimension="a, a, _ -> a",
        vensim="RANDOM UNIFORM(least, greatest[, seed])",
        xmile=("RANDOM(least, greatest[, seed])", "UNIFORM(least, greatest[, seed])"),
        random=True,
    ),
    Function(
        "A normal draw, cut off at two limits; the deviation is that before the cut.",
        Node(lambda low, high, mean, deviation, *seed: Random("normal", (low, high, mean, deviation))),
        dimension="a, a, a, a, _ -> a",
        vensim="RANDOM NORMAL(least, greatest, mean, deviation[, seed])",
        random=True,
    ),
    Function(
        "A normal draw, cut off at two limits if there are any; the deviation is that before the cut.",
        Node(_normal),
        dimension="a, a, _, a, a -> a",
        xmile="NORMAL(mean, deviation[, seed, least, greatest])",
        random=True,
    ),
    Function(
        "A draw whose logarithm is normal, with this mean and deviation of the logarithm.",
        Node(_lognormal),
        dimension="1, 1, _ -> 1",
        xmile="LOGNORMAL(mean, deviation[, seed])",
        random=True,
    ),
    Function(
        "An exponential draw, shifted and stretched, cut off at two limits.",
        Node(lambda low, high, shift, stretch, *seed: Random("exponential", (low, high, shift, stretch))),
        dimension="a, a, a, a, _ -> a",
        vensim="RANDOM EXPONENTIAL(least, greatest, shift, stretch[, seed])",
        random=True,
    ),
    Function(
        "An exponential draw with this mean.",
        Node(lambda mean, *seed: Random("exponential", (ZERO, _GREATEST, ZERO, mean))),
        dimension="a, _ -> a",
        xmile="EXPRND(mean[, seed])",
        random=True,
    ),
    Function(
        "A draw of the gamma distribution of an order, at least 1, stretched, shifted, cut off at two limits.",
        Node(_vensim("gamma quantile", 1)),
        dimension="a, a, _, a, a, _ -> a",
        vensim="RANDOM GAMMA(least, greatest, order, shift, stretch[, seed])",
        random=True,
    ),
    Function(
        "A draw of the gamma distribution.",
        Node(_stella("gamma quantile", scaled=True)),
        dimension="_, a, _ -> a",
        xmile="GAMMA(shape, scale[, seed])",
        random=True,
    ),
    Function(
        "A draw of the beta distribution, stretched, shifted, cut off at two limits.",
        Node(_vensim("beta quantile", 2)),
        dimension="a, a, _, _, a, a, _ -> a",
        vensim="RANDOM BETA(least, greatest, alpha, beta, shift, stretch[, seed])",
        random=True,
    ),
    Function(
        "A draw of the beta distribution.",
        Node(_stella("beta quantile", n=2)),
        dimension="_, _, _ -> 1",
        xmile="BETA(alpha, beta[, seed])",
        random=True,
    ),
    Function(
        "A draw of the Poisson distribution, stretched, shifted, cut off at two limits.",
        Node(_vensim("poisson quantile", 1)),
        dimension="a, a, _, a, a, _ -> a",
        vensim="RANDOM POISSON(least, greatest, mean, shift, stretch[, seed])",
        random=True,
    ),
    Function(
        "A draw of the Poisson distribution.",
        Node(_stella("poisson quantile")),
        dimension="_, _ -> _",
        xmile="POISSON(mean[, seed])",
        random=True,
    ),
    Function(
        "How many of so many trials succeed, stretched, shifted, cut off at two limits.",
        Node(_vensim("binomial quantile", 2)),
        dimension="a, a, _, _, a, a, _ -> a",
        vensim="RANDOM BINOMIAL(least, greatest, probability, trials, shift, stretch[, seed])",
        random=True,
    ),
    Function(
        "How many of so many trials succeed.",
        Node(_binomial),
        dimension="_, _, _ -> _",
        xmile="BINOMIAL(trials, probability[, seed])",
        random=True,
    ),
    Function(
        "How many trials so many successes take, stretched, shifted, cut off at two limits.",
        Node(_vensim("negative binomial quantile", 2)),
        dimension="a, a, _, _, a, a, _ -> a",
        vensim="RANDOM NEGATIVE BINOMIAL(least, greatest, probability, successes, shift, stretch[, seed])",
        random=True,
    ),
    Function(
        "A draw of the Weibull distribution of a shape with mean 1, stretched, shifted, cut off at two limits.",
        Node(_vensim("weibull quantile", 1)),
        dimension="a, a, _, a, a, _ -> a",
        vensim="RANDOM WEIBULL(least, greatest, shape, shift, stretch[, seed])",
        random=True,
    ),
    Function(
        "A draw of the Weibull distribution.",
        Node(lambda shape, scale, *seed: Call("weibull draw", (_EVEN, shape, scale))),
        dimension="_, a, _ -> a",
        xmile="WEIBULL(shape, scale[, seed])",
        random=True,
    ),
    Function(
        "A draw of the triangle from a start over a peak to a stop, cut off at two limits.",
        Node(_triangular),
        dimension="a, a, a, a, a, _ -> a",
        vensim="RANDOM TRIANGULAR(least, greatest, start, peak, stop[, seed])",
        random=True,
    ),
    Function(
        "A draw of a triangle.",
        Node(lambda low, peak, high, *seed: _triangular(low, high, low, peak, high)),
        dimension="a, a, a, _ -> a",
        xmile="TRIANGULAR(least, peak, greatest[, seed])",
        random=True,
    ),
    Function(
        "A draw of the logistic distribution.",
        Node(lambda mean, scale, *seed: Call("logistic draw", (_EVEN, mean, scale))),
        dimension="a, a, _ -> a",
        xmile="LOGISTIC(mean, scale[, seed])",
        random=True,
    ),
    Function(
        "One with a probability in per cent per unit of time, else zero.",
        Node(lambda percent, *seed: Call("chance", (_EVEN, percent))),
        dimension="_, _ -> 1",
        xmile="MONTECARLO(probability[, seed])",
        random=True,
    ),
    Function(
        "Normal noise that is correlated over a time, Euler's method in every step.",
        Node(_pink),
        dimension="a, a, time, _ -> a",
        vensim="RANDOM PINK NOISE(mean, deviation, correlation time[, seed])",
        random=True,
    ),
    Function(
        "A draw of the density that a table gives.",
        Refused("write it as the table of the inverse distribution function, read at RANDOM UNIFORM(0, 1, seed)"),
        vensim="RANDOM LOOKUP(table, least, greatest, shift, stretch[, seed])",
        random=True,
    ),
    Function("The noise itself.", Stateful(_pink_noise), dimension="a, a, time, _, _ -> a", name="pink noise"),
    *QUANTILES,
)
