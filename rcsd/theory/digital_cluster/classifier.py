"""Names the stage of a cluster from its state: nine rows, a vote each, and the rows that decided.

A row votes for every stage whose cell in the table describes the state; where the table gives two stages the same cell
it votes for both, and so cannot tell them apart. The stage with most votes is named. Of stages with equally many the
earliest is named and the tie is stated: a cluster has not left a stage as long as the next one has no more to show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import ParameterError
from rcsd.theory.digital_cluster.row_rules import READ, RULES, RowRule, drawn_rules
from rcsd.theory.digital_cluster.table import ROW_BY_KEY, STAGES
from rcsd.theory.rules import whole


@dataclass(frozen=True, slots=True)
class RowReading:
    """What one row of the table says of a state.

    Attributes
    ----------
    rule : RowRule
        With the thresholds.
    stages : tuple of int
        Those whose cell describes the state, two where the table gives both the same one.
    values : mapping of str to float
        What was read.
    decided : bool
        Whether the row speaks for the named stage and not for the runner-up.
    """

    rule: RowRule
    stages: tuple[int, ...]
    values: Mapping[str, float]
    decided: bool

    @property
    def text(self) -> str:
        """The cell of the paper's table that describes the state."""
        return ROW_BY_KEY[self.rule.key].cells[self.stages[0]]


@dataclass(frozen=True, slots=True)
class StateReading:
    """A state against the whole table.

    Attributes
    ----------
    rows : tuple of RowReading
        In the order of the table.
    votes : (int, int, int)
        Rows that speak for each stage.
    stage : str
        The one with most votes, the earliest of several.
    tied : tuple of str
        All stages with most votes, when they are several; otherwise empty.
    majority : bool
        Whether more than half of the rows speak for the stage.
    """

    rows: tuple[RowReading, ...]
    votes: tuple[int, int, int]
    stage: str
    tied: tuple[str, ...]
    majority: bool

    @property
    def deciding(self) -> tuple[str, ...]:
        """Keys of the rows that speak for the stage and not for the runner-up."""
        return tuple(row.rule.key for row in self.rows if row.decided)


def row_stages(values: Mapping[str, ArrayLike], rules: tuple[RowRule, ...] = RULES) -> NDArray[np.int_]:
    """Return each row's stage, the first of two that share a cell, shape (n_rows, ...) for values of shape (...).

    Raises
    ------
    ParameterError
        When a variable that a rule reads is missing or not finite.
    """
    known = _checked(values, rules)
    return np.stack([rule.stage(known) for rule in rules])


def votes_of(rows: NDArray[np.int_], rules: tuple[RowRule, ...] = RULES) -> NDArray[np.int_]:
    """Count the rows that speak for each stage, shape (3, ...), from what `row_stages` gives."""
    votes = np.zeros((len(STAGES), *rows.shape[1:]), dtype=np.int_)
    for stage, rule in zip(rows, rules, strict=True):
        row = ROW_BY_KEY[rule.key]
        for shown in range(len(STAGES)):
            for supported in row.stages_of(shown):
                votes[supported] += stage == shown
    return votes


def classify(values: Mapping[str, ArrayLike], rules: tuple[RowRule, ...] = RULES) -> NDArray[np.int_]:
    """Return the stage of every state as an index of `STAGES`, shape (...) for values of shape (...).

    Raises
    ------
    ParameterError
        When a variable that a rule reads is missing or not finite.
    """
    return np.asarray(np.argmax(votes_of(row_stages(values, rules), rules), axis=0))


def read_state(values: Mapping[str, float], rules: tuple[RowRule, ...] = RULES) -> StateReading:
    """Read one state off against every row, name its stage and the rows that decided it.

    Parameters
    ----------
    values : mapping of str to float
        The variables that the rules read (`row_rules.READ`), by name in the model.
    rules : tuple of RowRule
        One for each row of the table.

    Raises
    ------
    ParameterError
        When a variable that a rule reads is missing, not finite, or no single number.
    """
    known = _checked(values, rules)
    several = next((name for name, value in known.items() if value.ndim), None)
    if several is not None:
        raise ParameterError(f"{several} must be one number here; use `classify` for many states", field=several)
    stages = row_stages(known, rules)
    votes = votes_of(stages, rules)
    best = int(np.argmax(votes))
    runner_up = int(np.argmax(np.where(np.arange(len(STAGES)) == best, -1, votes)))
    tied = tuple(name for name, count in zip(STAGES, votes, strict=True) if count == votes[best])
    rows = []
    for rule, stage in zip(rules, stages, strict=True):
        supported = ROW_BY_KEY[rule.key].stages_of(int(stage))
        read = {boundary.variable: float(known[boundary.variable]) for boundary in rule.boundaries}
        rows.append(RowReading(rule, supported, read, best in supported and runner_up not in supported))
    return StateReading(
        rows=tuple(rows),
        votes=(int(votes[0]), int(votes[1]), int(votes[2])),
        stage=STAGES[best],
        tied=tied if len(tied) > 1 else (),
        majority=bool(2 * votes[best] > len(rules)),
    )


def stage_shares(
    values: Mapping[str, ArrayLike], *, n_draws: int, rng: np.random.Generator, rules: tuple[RowRule, ...] = RULES
) -> NDArray[np.float64]:
    """Return how often each stage is named when every threshold is drawn from its range, shape (3, ...).

    Raises
    ------
    ParameterError
        When a variable is missing or not finite, or there is no draw.
    """
    counts: NDArray[np.float64] | None = None
    for _ in range(whole("n_draws", n_draws, 1)):
        stage = classify(values, drawn_rules(rng, rules))
        named = np.stack([stage == index for index in range(len(STAGES))]).astype(np.float64)
        counts = named if counts is None else counts + named
    assert counts is not None
    return counts / n_draws


def _checked(values: Mapping[str, ArrayLike], rules: tuple[RowRule, ...]) -> dict[str, NDArray[np.float64]]:
    needed = dict.fromkeys(boundary.variable for rule in rules for boundary in rule.boundaries)
    missing = [name for name in needed if name not in values]
    if missing:
        raise ParameterError(
            f"the table cannot be read without {', '.join(missing)}; give a value of each of: {', '.join(READ)}"
        )
    known = {name: np.asarray(values[name], dtype=np.float64) for name in needed}
    for name, value in known.items():
        if not np.isfinite(value).all():
            raise ParameterError(f"{name} must be finite to be read against the table", field=name)
    return known
