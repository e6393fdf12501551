"""Functions of the modelling tools that no engine computes, each with what to write instead."""

from __future__ import annotations

from rcsd.simulation.functions.entry import Function
from rcsd.simulation.functions.ways import Refused

REFUSED = (
    Function(
        "Investments written off by a schedule.",
        Refused("write it as a sum of DELAY FIXED, one for each share of the schedule"),
        vensim="DEPRECIATE BY SCHEDULE(stream, schedule, initial, life, fiscal start)",
    ),
    Function(
        "A conveyor.",
        Refused("write it with DELAY FIXED, or DELAY N of a high order, and the leakage as a flow"),
        vensim="DELAY CONVEYOR(input, time, leakage, profile, initial, initial time)",
    ),
    Function(
        "A delay in batches.",
        Refused("write the batches with stocks and SAMPLE IF TRUE"),
        vensim="DELAY BATCH(input, size, time, initial batch, initial time, initial backlog)",
    ),
    Function(
        "A delay with a distribution of its own.",
        Refused("write it with DELAY N, or as a weighted sum of DELAY FIXED"),
        vensim="DELAY PROFILE(profile, input, time, initial, general)",
    ),
    Function(
        "A delay of third order that also gives what is under way.",
        Refused("write DELAY3, and what is under way as INTEG(input - output, input * delay time)"),
        vensim="DELAYP(input, delay time, pipeline)",
    ),
    Function(
        "What has been shifted out of an array when a condition holds.",
        Refused("write the shift with SAMPLE IF TRUE for each element"),
        vensim="SHIFT IF TRUE(stock, condition, count, set, value)",
    ),
    Function(
        "The solution of an equation.",
        Refused("solve for the unknown by hand"),
        vensim="FIND ZERO(...)",
    ),
    Function(
        "The solution of simultaneous equations.",
        Refused("solve for the unknown by hand, or put a delay into the loop"),
        vensim="SIMULTANEOUS(x, initial value)",
    ),
    Function(
        "The price at which supply meets demand.",
        Refused("write ALLOCATE AVAILABLE for a supply that is given"),
        vensim="FIND MARKET PRICE(demand, demand profile, supply, supply profile)",
    ),
    Function(
        "What is bought at a price.",
        Refused("write ALLOCATE AVAILABLE for a supply that is given"),
        vensim="DEMAND AT PRICE(demand, profile, price)",
    ),
    Function(
        "What is sold at a price.",
        Refused("write ALLOCATE AVAILABLE for a supply that is given"),
        vensim="SUPPLY AT PRICE(supply, profile, price)",
    ),
    Function(
        "A supply shared out by priority at a price.",
        Refused("write ALLOCATE BY PRIORITY, which has taken its place"),
        vensim="ALLOC P(request, priority, width, price)",
    ),
    Function(
        "The price at which requests add up to a supply.",
        Refused("write ALLOCATE BY PRIORITY, which has taken its place"),
        vensim="MARKETP(request, priority, size, width, supply)",
    ),
    Function(
        "A message in a game.",
        Refused("take it out: it has no value"),
        vensim="MESSAGE(text, tone)",
    ),
    Function(
        "The rate at which a stream is worth nothing.",
        Refused("work it out from the saved stream"),
        vensim="INTERNAL RATE OF RETURN(stream, dividend, initial, least, greatest)",
        xmile="IRR(stream, ...)",
    ),
    Function(
        "Value at the end of the run before.",
        Refused("runs know nothing of one another here: write the value as a constant"),
        xmile="ENDVAL(x[, initial value])",
    ),
    Function(
        "How many runs have been made.",
        Refused("runs know nothing of one another here: write the number as a constant"),
        xmile="RUNCOUNT()",
    ),
    Function(
        "Trials before the first success.",
        Refused("write it with INT, LN and RANDOM(0, 1)"),
        xmile="GEOMETRIC(probability[, seed])",
    ),
    Function(
        "A draw of the Pareto distribution.",
        Refused("write it with RANDOM(0, 1) and ^"),
        xmile="PARETO(shape, scale[, seed])",
    ),
)
