"""A model ready to run: scalar equations in the order in which they are evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rcsd.simulation.ir.expression import Expression, Points
from rcsd.simulation.ir.model import TimeAxis

HALF_UP = 0.5 + 1e-6
"""Added to a number of steps before rounding down: halves go up, also those that a division left a little short."""


@dataclass(frozen=True, slots=True)
class Equation:
    """A scalar and what gives it its value."""

    name: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class Stock:
    """A level: integrated from its `rate`; `non_negative` ones are cut at zero after every step."""

    name: str
    rate: Expression
    non_negative: bool = False


@dataclass(frozen=True, slots=True)
class Memory:
    """A value that lasts one step: it becomes `following`, worked out in the step, when the step ends."""

    name: str
    following: Expression


@dataclass(frozen=True, slots=True)
class Pipe:
    """A fixed delay: gives out what `entering` was `delay` ago, `initial` until then.

    `delay` (in time units, rounded to whole steps, halves up, at least one) is read once, at the start.
    """

    name: str
    entering: Expression
    delay: Expression
    initial: Expression


@dataclass(frozen=True, slots=True)
class System:
    """Everything that an engine needs, and nothing else.

    Every element of an array is a scalar of its own here; engines roll those of one form up
    (`rcsd.simulation.engine.plan.rolling`). Expressions hold scalar names, functions that are primitives and the nodes
    of `rcsd.simulation.ir.expression` but `Reduction`, in whose place is `Joined`, and `Repeated`; the table of a
    `Lookup` is a `Name`; the condition of a `Conditional` is a truth value and nothing else is.

    Attributes
    ----------
    name : str
        Of the model.
    time : TimeAxis
        When it runs and how it is integrated.
    constants : mapping of str to float
        What a run may set, with defaults.
    fixed : mapping of str to float
        Constants that a run may not set, since the structure depends on them or they have subscripts.
    statics : tuple of Equation
        Once per run, in order: what depends on constants alone.
    start : tuple of Equation
        Once per run after them, at the initial time, in order: first values of stocks and memories, and whatever
        these depend on.
    steps : tuple of Equation
        In every step, in order: what rates and memories depend on.
    reports : tuple of Equation
        At saved times, after `steps`, in order: what only an output may ask for.
    stocks, memories, pipes : tuple
        What carries over from step to step.
    tables : mapping of str to Points
        Points of every table; a `Lookup` refers to them by name.
    outputs : tuple of str
        Scalars that can be saved, in the order of the file.
    doubts : tuple of str
        What runs, and hardly as meant: a delay shorter than a step, or a negative one.
    """

    name: str
    time: TimeAxis
    constants: Mapping[str, float]
    fixed: Mapping[str, float]
    statics: tuple[Equation, ...]
    start: tuple[Equation, ...]
    steps: tuple[Equation, ...]
    reports: tuple[Equation, ...]
    stocks: tuple[Stock, ...]
    memories: tuple[Memory, ...]
    pipes: tuple[Pipe, ...]
    tables: Mapping[str, Points]
    outputs: tuple[str, ...]
    doubts: tuple[str, ...] = ()
