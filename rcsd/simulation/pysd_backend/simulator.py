"""The `Simulator` that PySD provides."""

from __future__ import annotations

import re
import warnings
from collections.abc import Generator, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from rcsd.ensemble import Ensemble, RunStatus, tell_loose_columns
from rcsd.errors import ModelError, ParameterError, RcsdWarning
from rcsd.names import element_form
from rcsd.simulation.batch import Batch, times_of
from rcsd.simulation.ir import Model
from rcsd.simulation.pysd_backend.elsewhere import with_remedy
from rcsd.simulation.pysd_backend.remote import Points, RemotePysd
from rcsd.simulator import broadcast_inputs, output_names, table_points

_NO_SOURCE = re.compile(r"(:[\w ]+:)?\s*")  # a keyword such as :INTERPOLATE: and nothing to read

_TRIAL_SECONDS = 60.0


class PysdSimulator:
    """Runs a model through PySD, one row of inputs after the other.

    PySD integrates by Euler's method only; a file that asks for another is run by Euler's, with
    an `RcsdWarning`. Inputs are constants; variables with subscripts can be outputs, as
    ``Name[a,b]``. PySD works in a process of its own, which a run cannot outlive; this one holds no more than the
    generated Python, as text. A simulator can be pickled: the process is started where it arrives.

    Parameters
    ----------
    model : Model
        As read; its file is parsed again.
    constants : mapping of str to float, optional
        New defaults for constants of the model.
    tables : mapping of str to (years, values), optional
        Points, in increasing order, that replace those of a table (a lookup variable, or an equation
        ``WITH LOOKUP``) or of a data variable in every run.
    settable : sequence of str, optional
        Elements of constants that runs may set.

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
        settable: Sequence[str] = (),
    ) -> None:
        self._model = model
        points = {_table_name(model, name): table_points(name, *given) for name, given in (tables or {}).items()}
        _require_points(model, points)
        inside = {name: points.pop(name) for name in tuple(points) if model[name].tabulated}
        try:
            self._remote = RemotePysd.of(model, inside, points)
            self._variables = self._remote.load()
        except ModelError as error:
            raise ModelError(with_remedy(str(error), model)) from error
        scalars = {name: value for name, value in model.constants.items() if name not in model.clock}
        known = scalars | self._elements((*settable, *(constants or {})))
        overrides, _ = broadcast_inputs(constants, known, model.computed)
        self._overrides = {name: float(value[0]) for name, value in overrides.items()}
        self._constants = known | self._overrides
        if model.time.method != "euler":
            warnings.warn(
                f"{model.path}: the file asks for {model.time.method.upper()} integration, PySD "
                f"integrates by Euler's method only; compare with a shorter time step than "
                f"{model.time.step:g} before trusting the numbers",
                RcsdWarning,
                stacklevel=2,
            )

    def _elements(self, wanted: Iterable[str]) -> dict[str, float]:
        """Find the elements of constants among some names, with their values in the file."""
        forms = {
            element_form(name): name
            for name in self._variables
            if "[" in name and self._model[name.partition("[")[0]].kind == "constant"
        }
        found = list(dict.fromkeys(forms[form] for name in wanted if (form := element_form(name)) in forms))
        if not found:
            return {}
        values, _, _ = self._remote.run({}, found, np.array([self._model.time.start]))
        return dict(zip(found, values[0].tolist(), strict=True))

    @property
    def name(self) -> str:
        """Name of the model."""
        return self._model.name

    def can_start(self) -> bool:
        """Try whether PySD can work out the initial time, for so long as a person would wait."""
        first = np.array([self._model.time.start])
        _, status, _ = self._remote.run(self._overrides, self._variables, first, seconds=_TRIAL_SECONDS)
        return status != RunStatus.FAILED

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
        names = output_names(outputs, self._variables, path=self._model.path)
        when = times_of(self._model.time, times)
        return Batch(rows, range(n_runs), names, when, every=outputs is None)

    def run_batch(self, batch: Batch, *, threads: int | None = None) -> Ensemble:
        """Simulate a batch; see `LocalSimulator.run_batch`. PySD runs in one thread, whatever `threads`."""
        names, when, n_runs = batch.variables, batch.times, len(batch.runs)
        values = np.full((n_runs, when.size, len(names)), np.nan)
        status = np.full(n_runs, RunStatus.OK, dtype=np.int_)
        messages = [""] * n_runs
        stocks = {variable.name for variable in self._model if variable.kind == "stock"}
        spare = [name for name in names if batch.every and name.partition("[")[0] not in stocks]
        for i in range(n_runs):
            settings = self._overrides | {name: float(row[i]) for name, row in batch.rows.items()}
            values[i], status[i], said = self._remote.run(settings, names, when, spare)
            messages[i] = with_remedy(said, self._model)
        units = self.units
        ensemble = Ensemble(
            values=values,
            times=when,
            variables=names,
            units={name: units[name] for name in names},
            status=status,
            messages=tuple(messages),
            inputs=batch.rows,
        )
        if batch.every:
            tell_loose_columns(ensemble)
        return ensemble

    def run_batches(self, batches: Iterable[Batch]) -> Generator[Ensemble, None, None]:
        """Simulate batches one after the other, each when its result is asked for."""
        for batch in batches:
            yield self.run_batch(batch)


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
                f"data variable {variable.name!r} of {model.path.name} is without data: give its series with --data "
                f"FILE, or as tables={{{variable.name!r}: (times, values)}} or data= in Python"
            )
