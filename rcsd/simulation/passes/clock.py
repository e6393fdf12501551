"""Puts numbers in place of TIME STEP and its like: until then the time axis of a model can be exchanged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from rcsd.names import canonical
from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.expression import Expression, Name, Number, Points, walk, with_children
from rcsd.simulation.ir.model import CONTROLS, TimeAxis

START, STOP, STEP, SAVE_STEP = CONTROLS


def with_clock(definitions: Iterable[Definition], axis: TimeAxis) -> list[Definition]:
    """Return definitions in which the names of the time axis are numbers."""
    numbers = {
        STEP: Number(axis.step),
        START: Number(axis.start),
        STOP: Number(axis.stop),
        SAVE_STEP: Number(axis.save_step),
    }

    def timed(expression: Expression) -> Expression:
        if isinstance(expression, Name):
            return expression if expression.subscripts else numbers.get(canonical(expression.name), expression)
        return with_children(expression, timed)

    def names_one(expression: Expression) -> bool:
        return any(isinstance(node, Name) and canonical(node.name) in numbers for node in walk(expression))

    return [
        replace(each, content=timed(each.content))
        if not isinstance(each.content, Points | np.ndarray | None) and names_one(each.content)
        else each
        for each in definitions
    ]
