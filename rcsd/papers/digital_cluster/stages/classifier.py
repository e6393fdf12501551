"""Names the stage of a cluster from its state: nine rows, a majority at each boundary, and the rows that decided.

A row speaks for every stage whose cell in the table describes the state; where the table gives two stages the same cell
it speaks for both. The cluster has passed a boundary between two stages when more than half of the rows that can tell
them apart say so; rows with one cell for both abstain. It is digital past the first, an ecosystem past both. At equal
numbers the boundary is not passed, and the tie is stated. The stages are in order, and a row that moves on never takes
the cluster back, as it could where the stage with most rows were named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import ParameterError
from rcsd.papers.digital_cluster.stages.row_rules import READ, RULES, RowRule, drawn_rules
from rcsd.papers.digital_cluster.stages.table import ROW_BY_KEY, STAGES
from rcsd.papers.rules import whole


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
        Whether the row speaks for the named stage and against a neighbour of it.
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
    passed : ((int, int), (int, int))
        For either boundary, rows that say it is passed, of those that can tell.
    stage : str
        The one that the boundaries passed lead to.
    tied : tuple of str
        Two neighbours with equally many rows on either side of the boundary that decides; otherwise empty.
    """

    rows: tuple[RowReading, ...]
    votes: tuple[int, int, int]
    passed: tuple[tuple[int, int], tuple[int, int]]
    stage: str
    tied: tuple[str, ...]

    @property
    def deciding(self) -> tuple[str, ...]:
        """Keys of the rows that speak for the stage and against a neighbour of it."""
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


def passed_by(
    rows: NDArray[np.int_], rules: tuple[RowRule, ...] = RULES
) -> tuple[tuple[NDArray[np.int_], int], tuple[NDArray[np.int_], int]]:
    """Count, at either boundary, the rows that say it is passed, shape (...), and those that can tell."""
    tallies = []
    for boundary, able in enumerate(([rule.first for rule in rules], [rule.second for rule in rules])):
        telling = [stage > boundary for stage, known in zip(rows, able, strict=True) if known is not None]
        tallies.append((np.asarray(np.sum(telling, axis=0, dtype=np.int_)), len(telling)))
    return tallies[0], tallies[1]


def classify(values: Mapping[str, ArrayLike], rules: tuple[RowRule, ...] = RULES) -> NDArray[np.int_]:
    """Return the stage of every state as an index of `STAGES`, shape (...) for values of shape (...).

    Raises
    ------
    ParameterError
        When a variable that a rule reads is missing or not finite.
    """
    (left, n_left), (arrived, n_arrived) = passed_by(row_stages(values, rules), rules)
    return np.where(2 * left > n_left, np.where(2 * arrived > n_arrived, 2, 1), 0)


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
    tallies = [(int(passed), able) for passed, able in passed_by(stages, rules)]
    best = int(classify(known, rules))
    # the boundary that keeps the cluster from the next stage
    tied = best < len(tallies) and 2 * tallies[best][0] == tallies[best][1]
    rows = []
    for rule, stage in zip(rules, stages, strict=True):
        supported = ROW_BY_KEY[rule.key].stages_of(int(stage))
        read = {boundary.variable: float(known[boundary.variable]) for boundary in rule.boundaries}
        neighbours = {best - 1, best + 1} & set(range(len(STAGES)))
        rows.append(RowReading(rule, supported, read, best in supported and not neighbours <= set(supported)))
    return StateReading(
        rows=tuple(rows),
        votes=(int(votes[0]), int(votes[1]), int(votes[2])),
        passed=(tallies[0], tallies[1]),
        stage=STAGES[best],
        tied=STAGES[best : best + 2] if tied else (),
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
