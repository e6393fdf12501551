"""The `Simulator` that PySD provides."""

from __future__ import annotations

import itertools
import re
import warnings
from collections.abc import Generator, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.ensemble import Ensemble, RunStatus, verdicts
from rcsd.errors import ModelError, ParameterError, RcsdWarning
from rcsd.simulation.batch import Batch
from rcsd.simulation.ir import Model
from rcsd.simulation.pysd_backend.loaded import LoadedPysd
from rcsd.simulation.pysd_backend.translation import Points, translate
from rcsd.simulation.reader.parsing import ParsedModel, parse
from rcsd.simulation.reader.pysd_calls import PYSD_FAULTS
from rcsd.simulation.reader.source import read_bytes
from rcsd.simulator import broadcast_inputs, output_names, output_times, table_points

_NO_SOURCE = re.compile(r"(:[\w ]+:)?\s*")  # a keyword such as :INTERPOLATE: and nothing to read
_ARITHMETIC: dict[type[BaseException], str] = {
    OverflowError: "a number became too large",
    ZeroDivisionError: "a number was divided by zero",
}


class PysdSimulator:
    """Runs a model through PySD, one row of inputs after the other.

    PySD integrates by Euler's method only; a file that asks for another is run by Euler's, with
    an `RcsdWarning`. Inputs are scalar constants; variables with subscripts can be outputs, as
    ``Name[a,b]``. A simulator can be pickled: it carries the generated Python and loads it again
    where it arrives.

    Parameters
    ----------
    model : Model
        As read; its file is parsed again.
    constants : mapping of str to float, optional
        New defaults for constants of the model.
    tables : mapping of str to (years, values), optional
        Points, in increasing order, that replace those of a table (a lookup variable, or an equation
        ``WITH LOOKUP``) or of a data variable in every run.

    Raises
    ------
    ModelError
        When PySD cannot translate or load the model.
    ParameterError
        For an unknown constant or table, or points that make no table.
    """

    def __init__(
        self,
        model: Model,
        *,
        constants: Mapping[str, float] | None = None,
        tables: Mapping[str, tuple[ArrayLike, ArrayLike]] | None = None,
    ) -> None:
        self._model = model
        overrides, _ = broadcast_inputs(constants, model.constants)
        self._overrides = {name: float(value[0]) for name, value in overrides.items()}
        self._constants = model.constants | self._overrides
        points = {_table_name(model, name): table_points(name, *given) for name, given in (tables or {}).items()}
        _require_points(model, points)
        inside = {name: points.pop(name) for name in tuple(points) if model[name].tabulated}
        self._tables = points
        self._translation = translate(_as_read(model), inside)
        self._loaded: LoadedPysd | None = None
        self._variables = _output_names(model, self._ready())
        if model.time.method != "euler":
            warnings.warn(
                f"{model.path}: the file asks for {model.time.method.upper()} integration, PySD "
                f"integrates by Euler's method only; compare with a shorter time step than "
                f"{model.time.step:g} before trusting the numbers",
                RcsdWarning,
                stacklevel=2,
            )

    def __getstate__(self) -> dict[str, Any]:
        """Leave out the loaded model, which is full of functions."""
        return self.__dict__ | {"_loaded": None}

    @property
    def name(self) -> str:
        """Name of the model."""
        return self._model.name

    @property
    def constants(self) -> Mapping[str, float]:
        """Every settable input and its default."""
        return self._constants

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable that can be an output; elements of a subscripted one as ``Name[a,b]``."""
        return self._variables

    @property
    def units(self) -> Mapping[str, str]:
        """Unit of every variable."""
        units = self._model.units
        return units | {
            name: units[name.partition("[")[0]] for name in self._variables if "[" in name and name not in units
        }

    def run(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
    ) -> Ensemble:
        """Simulate one run for each row of the inputs; see `rcsd.simulator.Simulator.run`.

        Raises
        ------
        ParameterError
            For an unknown input, arrays of different length, or times that are not increasing
            points of the model's integration grid.
        ModelError
            For an unknown output.
        """
        return self.run_batch(self.batch(inputs, outputs=outputs, times=times))

    def batch(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
    ) -> Batch:
        """Check a request; parameters and errors are those of `run`."""
        rows, n_runs = broadcast_inputs(inputs, self._constants, self._model.computed)
        axis = self._model.time
        names = output_names(outputs, self._variables, path=self._model.path)
        return Batch(rows, range(n_runs), names, axis.saved_times() if times is None else output_times(times, axis))

    def run_batch(self, batch: Batch, *, threads: int | None = None) -> Ensemble:
        """Simulate a batch; see `LocalSimulator.run_batch`. PySD runs in one thread, whatever `threads`."""
        names, when, n_runs = batch.variables, batch.times, len(batch.runs)
        values = np.full((n_runs, when.size, len(names)), np.nan)
        status = np.full(n_runs, RunStatus.OK, dtype=np.int_)
        messages = [""] * n_runs
        for i in range(n_runs):
            settings = self._overrides | {name: float(row[i]) for name, row in batch.rows.items()}
            values[i], status[i], messages[i] = self._one_run(settings, names, when)
        units = self.units
        return Ensemble(
            values=values,
            times=when,
            variables=names,
            units={name: units[name] for name in names},
            status=status,
            messages=tuple(messages),
            inputs=batch.rows,
        )

    def run_batches(self, batches: Iterable[Batch]) -> Generator[Ensemble, None, None]:
        """Simulate batches one after the other, each when its result is asked for."""
        for batch in batches:
            yield self.run_batch(batch)

    def _ready(self) -> LoadedPysd:
        if self._loaded is None:
            self._loaded = LoadedPysd(self._model.path, self._translation, self._model.constants, self._tables)
        return self._loaded

    def _one_run(
        self, settings: Mapping[str, float], names: tuple[str, ...], times: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], RunStatus, str]:
        nothing = np.full((times.size, len(names)), np.nan)
        try:
            values = self._ready().simulate(settings, names, times)
        except ArithmeticError as error:
            what = _ARITHMETIC.get(type(error), str(error))
            return nothing, RunStatus.DIVERGED, f"the run diverged: {what}"
        except PYSD_FAULTS as error:
            if "complex" in str(error):
                why = "the run diverged: a negative number was raised to a fraction"
                return nothing, RunStatus.DIVERGED, why
            text = f"{type(error).__name__}: {error}".splitlines()[0]
            return nothing, RunStatus.FAILED, f"PySD could not finish the run ({text})"
        status, messages = verdicts(values[None], names, times)
        return values, RunStatus(status[0]), messages[0]


def _output_names(model: Model, loaded: LoadedPysd) -> tuple[str, ...]:
    names = []
    for variable in model:
        if variable.kind == "lookup":
            continue
        elements = loaded.coordinates(variable.name).values()
        names += [
            f"{variable.name}[{','.join(element)}]" if element else variable.name
            for element in itertools.product(*elements)
        ]
    return tuple(names)


def _as_read(model: Model) -> ParsedModel:
    """Parse the file of a model again.

    Raises
    ------
    ModelError
        When it is another than was read, so that the two would not belong together.
    """
    parsed = parse(model.path, read_bytes(model.path), allow_outside=True)
    if parsed.model.sha256 != model.sha256:
        raise ModelError("the file has changed since it was read; load the model again", path=model.path)
    return parsed


def _table_name(model: Model, name: str) -> str:
    variable = model.get(name)
    if variable is None or not variable.is_table:
        tables = [v.name for v in model if v.is_table]
        raise ParameterError(
            f"{name!r} is not a table or data variable of {model.path.name}; the model has "
            f"{', '.join(map(repr, tables)) or 'none: write the driver as a table'}"
        )
    return variable.name


def _require_points(model: Model, tables: Mapping[str, Points]) -> None:
    """Refuse a model with a data variable that neither its file nor the caller fills."""
    for variable in model:
        if variable.kind == "data" and _NO_SOURCE.fullmatch(variable.equation) and variable.name not in tables:
            raise ParameterError(
                f"data variable {variable.name!r} of {model.path.name} has no points; give them as "
                f"tables={{{variable.name!r}: (years, values)}}"
            )
