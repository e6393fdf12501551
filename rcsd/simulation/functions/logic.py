"""Choice, and what leaves its argument as it is."""

from __future__ import annotations

from rcsd.simulation.functions.entry import Function
from rcsd.simulation.functions.ways import Node
from rcsd.simulation.ir.expression import Conditional

LOGIC = (
    Function(
        "The second argument where the condition holds, else the third (XMILE writes IF ... THEN ... ELSE).",
        Node(Conditional),
        vensim="IF THEN ELSE(condition, then, otherwise)",
        example=("IF THEN ELSE(2 > 1, 5, 6)", 5.0),
    ),
    Function(
        "x; in Vensim a player may change it during a game.",
        Node(lambda x: x),
        vensim="GAME(x)",
        pysd="GameStructure",
        example=("GAME(3)", 3.0),
    ),
    Function(
        "Placeholder for an equation that is still to be written.",
        None,
        vensim="A FUNCTION OF(...)",
    ),
)
