"""Choice, what leaves its argument as it is, and the operators, which are no calls."""

from __future__ import annotations

from rcsd.simulation.functions.entry import Function
from rcsd.simulation.functions.ways import Node
from rcsd.simulation.ir.expression import Conditional

LOGIC = (
    Function(
        "The second argument where the condition holds, else the third (XMILE writes IF ... THEN ... ELSE).",
        Node(Conditional),
        dimension="_, a, a -> a",
        vensim="IF THEN ELSE(condition, then, otherwise)",
        example=("IF THEN ELSE(2 > 1, 5, 6)", 5.0),
    ),
    Function(
        "x; in Vensim a player may change it during a game.",
        Node(lambda x: x),
        dimension="a -> a",
        vensim="GAME(x)",
        pysd="GameStructure",
        example=("GAME(3)", 3.0),
    ),
    Function(
        "Placeholder for an equation that is still to be written.",
        None,
        dimension="_, ... -> _",
        vensim="A FUNCTION OF(...)",
    ),
)

OPERATORS: tuple[tuple[str, str, str, float], ...] = (
    ("`+` `-` `*` `/`", "from the left; a product before a sum", "12 / 3 / 2 - 1 - 2 * 3", -5.0),
    ("`^`", "before a sign and a product, from the right", "2 ^ 3 ^ 2", 512.0),
    ("`-x`, `+x`", "after a power, before a product; after another operator too", "-2 ^ 2 * -3", 12.0),
    ("`=` `<>` `<` `<=` `>` `>=`", "exact; 1 or 0 where a number is asked for; no chains", "(2 >= 2) + (2 <> 2)", 1.0),
    ("`:NOT:`", "before `:AND:`, after a comparison", "IF THEN ELSE(:NOT: 1 = 0 :AND: 1 = 0, 1, 0)", 0.0),
    ("`:AND:`", "before `:OR:`", "IF THEN ELSE(1 = 1 :OR: 1 = 1 :AND: 1 = 0, 1, 0)", 1.0),
    ("`:OR:`", "last of all", "IF THEN ELSE(1 = 0 :OR: 2 = 2, 1, 0)", 1.0),
    ("a number as a condition", "true when it is not zero", "IF THEN ELSE(-0.5, 1, 0)", 1.0),
    ("`:NA:`", "the number -2^109, equal to itself", "IF THEN ELSE(:NA: = -(2 ^ 109), 1, 0)", 1.0),
)
"""Vensim's operators, from those that bind tightest to those that bind least: what each means, and an example."""
