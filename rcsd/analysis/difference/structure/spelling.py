"""Equations and parts of them as formulas, for people: in one spelling, whatever the format of the file."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rcsd.simulation.ir import Definition
from rcsd.simulation.ir.expression import Expression, Name, Points, with_children
from rcsd.simulation.passes.uses import PART
from rcsd.simulation.writer.formula import formula as vensim_formula

_MOST_NUMBERS = 12


def formula(content: Expression | Points) -> str:
    """Write an expression as a formula; a table by the number of its points."""
    if isinstance(content, Points):
        return f"a table of {len(content.x)} points"
    return vensim_formula(_with_blanks(content))


def equation_text(pieces: Sequence[Definition], parts: Sequence[Definition] = ()) -> str:
    """Write what defines a variable.

    Parameters
    ----------
    pieces : sequence of Definition
        Its definitions.
    parts : sequence of Definition
        What was cut off them for being too deep.
    """
    texts = [_piece(each) for each in (*parts, *pieces)]
    return "; ".join(texts)


def _with_blanks(expression: Expression) -> Expression:
    """Return an expression whose names have blanks for underscores, which mean the same."""
    if isinstance(expression, Name):
        subscripts = tuple(each.replace("_", " ") for each in expression.subscripts)
        return Name(expression.name.replace("_", " "), subscripts)
    return with_children(expression, _with_blanks)


def _piece(definition: Definition) -> str:
    left = f"[{','.join(definition.subscripts)}]" if definition.subscripts else ""
    left += "".join(f" except [{','.join(each)}]" for each in definition.exceptions)
    part = definition.name.partition(PART)[2]
    head = f"part {part}{left}" if part else left
    content = definition.content
    if content is None:
        text = "data from outside"
    elif isinstance(content, np.ndarray):
        numbers = [f"{value:.12g}" for value in content.reshape(-1)[:_MOST_NUMBERS]]
        text = ", ".join([*numbers, "..."] if content.size > _MOST_NUMBERS else numbers)
    else:
        text = formula(content)
    return f"{head} = {text}" if head else text
