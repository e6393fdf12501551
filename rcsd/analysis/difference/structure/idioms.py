"""Functions that one format lacks and says in other words: taken for what they stand for."""

from __future__ import annotations

from rcsd.simulation.ir.expression import Expression, Points, with_children
from rcsd.simulation.writer.rewording.patterns import recognised_in_vensim, recognised_in_xmile


def recognised(expression: Expression) -> Expression:
    """Return an expression with the calls that parts of it stand for, as both writers recognise them.

    Examples
    --------
    >>> from rcsd.simulation.ir.expression import Call, Comparison, Conditional, Name, Negative, Number
    >>> x = Name("x")
    >>> down, up = Call("floor", (x,)), Negative(Call("floor", (Negative(x),)))
    >>> recognised(Conditional(Comparison("<", x, Number(0.0)), up, down))
    Call(function='trunc', arguments=(Name(name='x', subscripts=()),))
    """
    return recognised_in_vensim(recognised_in_xmile(with_children(expression, recognised)))


def said_plainly(content: Expression | Points | None) -> Expression | Points | None:
    """Return what defines an element of a variable, its equation with calls recognised."""
    return recognised(content) if isinstance(content, Expression) else content
