"""Random numbers, drawn anew in every step.

The seed, Vensim's last argument, tells streams apart there: here every call has a stream of its own, and the simulator
has the seed.
"""

from __future__ import annotations

from rcsd.simulation.functions.entry import Function, Node
from rcsd.simulation.ir.expression import Number, Random

DRAWS = (
    Function(
        "A number between 0 and 1, all equally likely.",
        Node(lambda: Random("uniform", (Number(0.0), Number(1.0)))),
        vensim="RANDOM 0 1()",
        random=True,
    ),
    Function(
        "A number between two limits, all equally likely.",
        Node(lambda low, high, *seed: Random("uniform", (low, high))),
        vensim="RANDOM UNIFORM(least, greatest[, seed])",
        random=True,
    ),
    Function(
        "A normal draw, cut off at two limits; the deviation is that before the cut.",
        Node(lambda low, high, mean, deviation, *seed: Random("normal", (low, high, mean, deviation))),
        vensim="RANDOM NORMAL(least, greatest, mean, deviation[, seed])",
        random=True,
    ),
    Function(
        "An exponential draw, shifted and stretched, cut off at two limits.",
        Node(lambda low, high, shift, stretch, *seed: Random("exponential", (low, high, shift, stretch))),
        vensim="RANDOM EXPONENTIAL(least, greatest, shift, stretch[, seed])",
        random=True,
    ),
)
