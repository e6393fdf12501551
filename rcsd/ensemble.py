"""What a simulator returns: runs x times x variables, a status per run."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import ModelError, RcsdWarning, SimulationError
from rcsd.names import element_form, near_matches
from rcsd.shown import as_html, in_one_line

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

_MOST_NAMED = 5


class RunStatus(IntEnum):
    """How one run ended."""

    OK = 0
    """Every value that was asked for is finite; every stock, where no names were given."""
    DIVERGED = 1
    """A value became infinite or undefined."""
    FAILED = 2
    """The engine could not finish the run."""


@dataclass(frozen=True, slots=True, eq=False)
class Ensemble:
    """The saved results of some runs of one model.

    Attributes
    ----------
    values : NDArray, shape (run, time, variable)
        NaN from where a run that did not end OK has nothing to show.
    times : NDArray, shape (time,)
        In the model's time unit.
    variables : tuple of str
        Names of the last axis.
    units : mapping of str to str
        Unit of each variable.
    status : NDArray of int, shape (run,)
        `RunStatus` of each run.
    messages : tuple of str, one per run
        Why a run did not end OK; empty for one that did.
    inputs : mapping of str to NDArray, shape (run,)
        The inputs that were set, by name.

    Examples
    --------
    >>> import rcsd
    >>> run = rcsd.load("digital_cluster").run(
    ...     {"Digital Imitation": [0.2, 0.4]}, outputs=["Digitalisation"], times=[0, 60]
    ... )
    >>> run
    <Ensemble: 2 runs, 2 times from 0 to 60, 1 variable>
    >>> run.of("Digitalisation").shape
    (2, 2)
    """

    values: NDArray[np.float64]
    times: NDArray[np.float64]
    variables: tuple[str, ...]
    units: Mapping[str, str]
    status: NDArray[np.int_]
    messages: tuple[str, ...]
    inputs: Mapping[str, NDArray[np.float64]]

    def __repr__(self) -> str:
        runs, times, variables = self.values.shape
        span = f"{self.times[0]:g} to {self.times[-1]:g}" if times else ""
        return in_one_line(
            "Ensemble",
            "",
            f"{runs:,} run{'s' * (runs != 1)}",
            f"{self.n_failed:,} of them failed" if self.n_failed else "",
            f"{times:,} time{'s' * (times != 1)}" + (f" from {span}" if span else ""),
            f"{variables:,} variable{'s' * (variables != 1)}",
        )

    def _repr_html_(self) -> str:
        ok = self.values[self.ok]
        if not ok.size:
            return as_html(
                repr(self).strip("<>"), ("variable", "unit"), ((v, self.units.get(v, "")) for v in self.variables)
            )
        first, last = (f"median at {self.times[i]:g}" if len(ok) > 1 else f"at {self.times[i]:g}" for i in (0, -1))
        ends = np.median(ok[:, [0, -1], :], axis=0)
        rows = (
            (name, self.units.get(name, ""), f"{ends[0, i]:.6g}", f"{ends[1, i]:.6g}")
            for i, name in enumerate(self.variables)
        )
        return as_html(repr(self).strip("<>"), ("variable", "unit", first, last), rows)

    @property
    def n_runs(self) -> int:
        """How many runs there are."""
        return int(self.values.shape[0])

    @property
    def ok(self) -> NDArray[np.bool_]:
        """Which runs ended OK, shape (run,)."""
        return np.asarray(self.status == RunStatus.OK, dtype=np.bool_)

    @property
    def n_failed(self) -> int:
        """How many runs did not end OK."""
        return int(np.sum(~self.ok))

    def of(self, variable: str) -> NDArray[np.float64]:
        """Return one variable, shape (run, time).

        Raises
        ------
        ModelError
            When the variable was not saved.
        """
        if variable not in self.variables:
            raise ModelError(
                f"{variable!r} is not among the saved outputs; "
                + (near_matches(variable, self.variables) or f"saved: {', '.join(self.variables)}")
            )
        return np.asarray(self.values[:, :, self.variables.index(variable)])

    def only(self, variables: Sequence[str]) -> Ensemble:
        """Return the ensemble with some of its variables, in the order given; each once, in any spelling.

        An array without subscripts stands for all of its elements.

        Raises
        ------
        ModelError
            When one was not saved.
        """
        spelt = {element_form(name): name for name in self.variables}
        names: dict[str, None] = {}
        for name in variables:
            form = element_form(name)
            elements = [each for key, each in spelt.items() if key == form or key.startswith(f"{form}[")]
            names |= dict.fromkeys(elements or [name])
        columns = [self.of(name) for name in names]
        return replace(self, values=np.stack(columns, axis=-1), variables=tuple(names))

    def require_some(self) -> None:
        """Insist on at least one run that ended OK.

        Raises
        ------
        SimulationError
            Quoting the first failure.
        """
        if self.n_runs and not self.ok.any():
            # where the engine could not go on, the message has the remedy
            remedy = "" if self.status[0] == RunStatus.FAILED else "; check the inputs and their ranges"
            raise SimulationError(f"all {self.n_runs} run(s) failed, the first with: {self.messages[0]}{remedy}")

    def to_xarray(self) -> xr.Dataset:
        """Return a dataset with a (run, time) array per variable and a coordinate ``input: <name>`` per input.

        Attributes hold the unit (``units``) and the name (``long_name``). A name with a slash, which netCDF takes for a
        folder, or one that a coordinate has, is altered: ``GDP/person`` is stored as ``GDP_person``.
        """
        import xarray as xr  # noqa: PLC0415 - slow to import, needed here alone

        coords: dict[str, object] = {
            "run": np.arange(self.n_runs),
            "time": self.times,
            "status": ("run", self.status),
        }
        inputs = stored_names([f"input: {name}" for name in self.inputs], coords)
        for key, (name, row) in zip(inputs, self.inputs.items(), strict=True):
            coords[key] = ("run", row, {"long_name": name})
        arrays = {
            key: (("run", "time"), self.values[:, :, i], {"units": self.units.get(name, ""), "long_name": name})
            for i, (key, name) in enumerate(zip(stored_names(self.variables, coords), self.variables, strict=True))
        }
        return xr.Dataset(arrays, coords=coords)

    def to_frame(self, run: int = 0) -> pd.DataFrame:
        """Return one run, times as the index and variables as the columns."""
        import pandas as pd  # noqa: PLC0415 - slow to import, needed here alone

        index = pd.Index(self.times, name="time")
        return pd.DataFrame(self.values[run], index=index, columns=list(self.variables))


def stored_names(names: Sequence[str], taken: Iterable[str]) -> list[str]:
    """Give names for netCDF: without slashes, which stand for folders there, all different, and none of those taken."""
    used = set(taken)
    stored = []
    for name in names:
        key = name.replace("/", "_")
        # a name that needs no change keeps itself, whatever another one is changed to
        while key in used or (key != name and key in names):
            key += "_"
        used.add(key)
        stored.append(key)
    return stored


def verdicts(
    values: NDArray[np.float64], names: Sequence[str], times: NDArray[np.float64], spare: Collection[str] = ()
) -> tuple[NDArray[np.int_], tuple[str, ...]]:
    """Tell runs whose saved values are all finite from those that diverged.

    What nobody asked for by name may be anything as long as the stocks are finite: `tell_loose_columns` names it.

    Parameters
    ----------
    values : NDArray, shape (run, time, variable)
        What was saved.
    names, times : sequences
        Of its last two axes.
    spare : collection of str
        Names whose values do not end a run.

    Returns
    -------
    (status, messages)
        Per run; a message names the first value that is not finite.
    """
    each = np.isfinite(values)
    if spare:
        each |= np.array([name in spare for name in names], dtype=np.bool_)
    finite = each.reshape(len(values), len(times) * len(names))
    status = np.where(finite.all(axis=1), RunStatus.OK, RunStatus.DIVERGED).astype(np.int_)
    messages = [""] * len(status)
    for i in np.flatnonzero(status):
        at, which = divmod(int(np.argmin(finite[i])), len(names))
        messages[i] = f"the run diverged: {names[which]!r} is not a finite number at time {times[at]:g}"
    return status, tuple(messages)


def tell_loose_columns(ensemble: Ensemble) -> None:
    """Warn of variables that are not finite in runs that went on all the same; see `verdicts`."""
    held = np.isfinite(ensemble.values[ensemble.ok]).all(axis=0)
    loose = np.flatnonzero(~held.all(axis=0)).tolist()
    if not loose:
        return
    first = ensemble.times[np.argmin(held, axis=0)]
    listed = ", ".join(f"{ensemble.variables[i]!r} (from time {first[i]:g})" for i in loose[:_MOST_NAMED])
    more = f" and {len(loose) - _MOST_NAMED} more" if len(loose) > _MOST_NAMED else ""
    message = f"not a finite number: {listed}{more}; every stock stays finite, so the run goes on"
    warnings.warn(message, RcsdWarning, stacklevel=4)
