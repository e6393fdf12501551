"""What the members were at every time so far, corrected whenever data come: the ensemble smoother."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.state.correction import Correction
from rcsd.analysis.state.members import Matrices, Matrix, Members, logarithm
from rcsd.analysis.state.result import Estimate, Summary, What


@dataclass(slots=True, eq=False)
class _Moment:
    """The members at one time: as forecast, as filtered, and as smoothed by what has come since.

    `logs` says which stocks, and after them which variables, stand as logarithms.
    """

    logs: NDArray[np.bool_]
    forecast: Matrix
    filtered: Matrix
    smoothed: Matrix


class History:
    """Members by time, a matrix each: stocks, corrected parameters, gaps, then variables.

    Parameters
    ----------
    matrices
        How the first columns are made.
    variables
        Names of the last ones.
    """

    def __init__(self, matrices: Matrices, variables: Sequence[str]) -> None:
        self._matrices = matrices
        self._variables = tuple(variables)
        self._moments: list[_Moment] = []

    def correct(self, correction: Correction) -> None:
        """Correct what the members were at all earlier times."""
        may_change = np.append(self._matrices.may_change, np.ones(len(self._variables), dtype=np.bool_))
        for moment in self._moments:
            moment.smoothed = moment.smoothed + np.where(may_change, correction.increments(moment.smoothed), 0.0)

    def keep(self, rows: NDArray[np.intp]) -> None:
        """Forget the members that are not among these."""
        for moment in self._moments:
            moment.forecast, moment.filtered = moment.forecast[rows], moment.filtered[rows]
            moment.smoothed = moment.smoothed[rows]

    def add(self, before: Members, predicted: Matrix, after: Members, values: Matrix) -> None:
        """Add a time.

        Parameters
        ----------
        before, after
            The members before their correction and after it.
        predicted, values
            The variables then, shape (member, variable).
        """
        logs = self._matrices.logs(before.state) & self._matrices.logs(after.state)
        whole = np.append(logs, ((predicted > 0) & (values > 0)).all(axis=0))
        forecast, filtered = (
            np.column_stack([self._matrices.matrix(members, logs), _scaled(found, whole[logs.size :])])
            for members, found in ((before, predicted), (after, values))
        )
        self._moments.append(_Moment(whole, forecast, filtered, filtered))

    def estimates(self, units: Callable[[str], str]) -> tuple[Estimate, ...]:
        """Summarise every column but the stocks behind delays and smooths."""
        columns = (*self._matrices.names, *self._variables)
        # a stock that is also a variable is shown once
        shown = {name: i for i, name in reversed(list(enumerate(columns))) if "#" not in name}
        return tuple(self._estimate(i, columns[i], self._what(i), units(columns[i])) for i in sorted(shown.values()))

    def _what(self, i: int) -> What:
        n_stocks, n_gaps = len(self._matrices.stocks), len(self._matrices.process.gaps)
        if i < n_stocks:
            return "stock"
        if i >= len(self._matrices.names):
            return "variable"
        return "parameter" if i < len(self._matrices.names) - n_gaps else "gap"

    def _estimate(self, i: int, name: str, what: What, unit: str) -> Estimate:
        relative = what != "parameter" and all(self._is_log(i, moment) for moment in self._moments)
        moved = []
        for moment in self._moments:
            forecast, filtered = moment.forecast[:, i], moment.filtered[:, i]
            if what != "parameter" and not relative:
                forecast, filtered = (
                    self._natural(i, moment, moment.forecast),
                    self._natural(i, moment, moment.filtered),
                )
            moved.append(filtered.mean() - forecast.mean())
        return Estimate(
            name=name,
            what=what,
            unit=unit,
            forecast=Summary.of([self._natural(i, m, m.forecast) for m in self._moments]),
            filtered=Summary.of([self._natural(i, m, m.filtered) for m in self._moments]),
            smoothed=Summary.of([self._natural(i, m, m.smoothed) for m in self._moments]),
            increments=100 * np.array(moved) if relative else np.array(moved),
            relative=relative,
        )

    def _is_log(self, i: int, moment: _Moment) -> bool:
        n_stocks, n = len(self._matrices.stocks), len(self._matrices.names)
        if self._what(i) == "gap":
            # gaps stand last
            return self._matrices.process.gaps[i - n].kind == "relative"
        return bool(moment.logs[i if i < n_stocks else i - n + n_stocks])

    def _natural(self, i: int, moment: _Moment, matrix: Matrix) -> Matrix:
        """Take a column to the unit of its quantity."""
        if self._what(i) == "parameter":
            return self._matrices.natural(self._matrices.names[i], matrix[:, i])
        return np.exp(matrix[:, i]) if self._is_log(i, moment) else matrix[:, i]


def _scaled(values: Matrix, logs: NDArray[np.bool_]) -> Matrix:
    scaled = values.copy()
    scaled[:, logs] = logarithm(values[:, logs])
    return scaled
