"""From a path or a name to a model that can be looked at and run."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from rcsd.assets import asset_names, find_asset
from rcsd.ensemble import Ensemble
from rcsd.errors import ModelError, ParameterError
from rcsd.files import is_file
from rcsd.names import near_matches
from rcsd.simulation.backends import Backend, Request, make_simulator, unknown_inputs
from rcsd.simulation.batch import BatchSimulator
from rcsd.simulation.cluster import ClusterSimulator
from rcsd.simulation.data import read_data
from rcsd.simulation.inputs import as_mapping
from rcsd.simulation.ir import Method, Model, TimeAxis
from rcsd.simulation.ir.file.limits import warn_outside
from rcsd.simulation.layout import lay_out
from rcsd.simulation.reader.source import SUFFIXES
from rcsd.simulation.views import View, read_views

Tables = Mapping[str, tuple[ArrayLike, ArrayLike]]
"""Tables and data variables with the x and y of their points."""
DataFiles = str | Path | Sequence[str | Path]
_MOST_BYTES = 2**32
"""Values that one call of `run` holds in memory."""


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model, read and ready to run.

    Attributes
    ----------
    ir : Model
        Its variables, equations and time axis.
    """

    ir: Model

    def __repr__(self) -> str:
        return repr(self.ir).replace("Model", type(self).__name__, 1)

    def _repr_html_(self) -> str:
        return self.ir._repr_html_()

    @property
    def name(self) -> str:
        """The file's name without its suffix."""
        return self.ir.name

    @property
    def path(self) -> Path:
        """Absolute path of the file."""
        return self.ir.path

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of the variables, in the order of the file."""
        return self.ir.names

    @property
    def units(self) -> dict[str, str]:
        """Unit of each variable."""
        return self.ir.units

    @property
    def documentation(self) -> dict[str, str]:
        """Documentation of each variable."""
        return {variable.name: variable.documentation for variable in self.ir}

    @property
    def constants(self) -> dict[str, float]:
        """Scalar constants with their values."""
        return self.ir.constants

    @property
    def time(self) -> TimeAxis:
        """When the model runs."""
        return self.ir.time

    def views(self) -> tuple[View, ...]:
        """Return the sheets of the model's diagram: the file's, read now, or a layout where it has none.

        Warns
        -----
        RcsdWarning
            Where a part of the diagram cannot be read and is left out.
        """
        read = read_views(self.path, [variable.name for variable in self.ir if variable.kind == "stock"])
        return read or lay_out(self.ir)

    def with_time(
        self,
        *,
        start: float | None = None,
        stop: float | None = None,
        step: float | None = None,
        save_step: float | None = None,
    ) -> LoadedModel:
        """Return this model on another time axis; what is None stays as in the file.

        Parameters
        ----------
        start, stop : float, optional
            When it starts and stops, in its time unit. Stocks have their initial values at `start`.
        step : float, optional
            Integration step; where it is longer than the save step, that becomes as long.
        save_step : float, optional
            Interval between saved times.

        Raises
        ------
        ParameterError
            When the numbers do not make an axis.

        Examples
        --------
        >>> model = load("resource_city").with_time(stop=2050, step=0.0625)
        """
        return replace(self, ir=self.ir.with_time(start=start, stop=stop, step=step, save_step=save_step))

    def simulator(
        self,
        backend: Backend = "auto",
        *,
        constants: Mapping[str, float] | None = None,
        tables: Tables | None = None,
        method: Method | None = None,
        seed: int = 0,
        scheduler: str | None = None,
        data: DataFiles = (),
        settable: Sequence[str] = (),
    ) -> BatchSimulator:
        """Make a simulator of the model, for many runs.

        Parameters
        ----------
        backend : {"auto", "compiled", "interpreted", "pysd"}
            What runs it: kernels generated and compiled for the model, the plain interpreter that they are held
            to, or PySD. "auto" takes the kernels, and PySD for a model that they cannot take, with an `RcsdWarning`.
        constants : mapping of str to float, optional
            New defaults for constants, and for whatever `settable` may name.
        tables : mapping of str to (years, values), optional
            Points that replace those of a lookup or data variable.
        method : {"euler", "rk2", "rk4"}, optional
            How to integrate; as the file says when None. PySD knows Euler's method only.
        seed : int
            Of random functions; PySD's draws cannot be repeated.
        scheduler : str, optional
            Address of a dask.distributed cluster whose workers make the runs, such as ``tcp://10.0.0.5:8786``; with the
            same numbers. This process makes them when None.
        data : path, or sequence of path
            Files with the series of data variables; see `rcsd.simulation.data.read_data`.
        settable : sequence of str
            What its runs may set besides: elements of constants (``Cost[north]``), all elements of one by one value or
            factor (``all: Cost``, ``factor: Cost``), initial values of stocks (``initial: Population``), points of a
            table (``point: Effect(2.5)``) or a factor on all of them (``factor: Effect``), and the times of delays that
            stand as numbers in an equation (``delay time: Deliveries``).

        Raises
        ------
        ParameterError
            For an unknown backend, constant, table or method, or what is no address.
        ModelError
            When the backend cannot take the model.
        ClusterError
            When dask.distributed is not installed.
        """
        asked = Request(backend, constants, self._tables(tables, data), method, seed, tuple(settable))
        here = make_simulator(self.ir, asked)
        return here if scheduler is None else ClusterSimulator(here, scheduler)

    def run(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
        backend: Backend = "auto",
        method: Method | None = None,
        tables: Tables | None = None,
        data: DataFiles = (),
    ) -> Ensemble:
        """Run the model once; for many runs keep the `simulator`, and for another time axis see `with_time`.

        "auto" interprets a model that is quicker interpreted than compiled. Inputs may be whatever
        `settable` of a simulator may name. Parameters and errors are otherwise those of `simulator` and of
        `rcsd.simulator.Simulator.run`.

        Examples
        --------
        >>> city = load("resource_city").with_time(stop=2010)
        >>> run = city.run({"initial: Pollution": 0.5}, outputs=["GDP"])
        """
        given = as_mapping(inputs)
        once = all(np.ndim(value) == 0 or np.size(value) == 1 for value in given.values())
        settable = unknown_inputs(self.ir, list(given))
        asked = Request(backend, None, self._tables(tables, data), method, settable=settable, once=once)
        simulator = make_simulator(self.ir, asked)
        batch = simulator.batch(given, outputs=outputs, times=times)
        if (needed := batch.bytes_per_run * len(batch.runs)) > _MOST_BYTES:
            raise ParameterError(
                f"{needed / 2**30:.1f} GiB of values would be saved, and at most {_MOST_BYTES // 2**30} GiB are: ask "
                "for fewer outputs or times (outputs=, save_step=, --saveper), or store the runs with `rcsd simulate`"
            )
        self.warn_outside(given)
        return simulator.run_batch(batch)

    def runs_on_pysd(self, backend: Backend) -> bool:
        """Whether `simulator` would hand the model to PySD for what stands in its file."""
        return backend == "pysd" or (backend == "auto" and bool(self.ir.untaken))

    def warn_outside(self, inputs: Mapping[str, ArrayLike]) -> None:
        """Warn once of each input that lies outside the range that its documentation or unit states."""
        warn_outside(self.ir, inputs)

    def _tables(self, tables: Tables | None, data: DataFiles) -> Tables | None:
        """Return tables together with the series of files; a table that is named stands before a file."""
        files = (data,) if isinstance(data, str | Path) else tuple(data)
        return {**read_data(self.ir, files), **(tables or {})} if files else tables


def load(path_or_name: str | Path, *, allow_outside: bool = False) -> LoadedModel:
    """Load a model.

    Parameters
    ----------
    path_or_name : str or Path
        A Vensim or XMILE file, or the name of a model that comes with the package.
    allow_outside : bool
        Whether the model may read data files that lie outside its own folder.

    Returns
    -------
    LoadedModel

    Raises
    ------
    ModelError
        When there is no such file or model, or the file is faulty.

    Examples
    --------
    >>> load("no_such_model")
    Traceback (most recent call last):
        ...
    rcsd.errors.ModelError: there is no model 'no_such_model'; ...
    """
    from rcsd.simulation.reader import reading  # noqa: PLC0415 - only when a model is read

    with reading(find_model(path_or_name), allow_outside=allow_outside) as model:
        # Numba is slow to import, and the process that reads the file does not need this one meanwhile
        import rcsd.simulation.engine  # noqa: F401, PLC0415

        return LoadedModel(model())


def find_model(path_or_name: str | Path) -> Path:
    """Find the file of a model.

    Parameters
    ----------
    path_or_name : str or Path
        A file with a model suffix, or the name of a model that comes with the package.

    Returns
    -------
    Path
        Not yet checked to exist when it was given with a suffix or a folder.

    Raises
    ------
    ModelError
        For a name that no model has, or what is no name.
    """
    if not isinstance(path_or_name, str | os.PathLike):
        raise ModelError(f"a model is the path of a file or the name of one that comes along; got {path_or_name!r}")
    path = Path(path_or_name)
    if path.suffix.lower() in SUFFIXES or len(path.parts) > 1:
        return path
    name = str(path_or_name)
    for suffix in SUFFIXES:
        candidate = find_asset("models", Path(name, f"{name}{suffix}"))
        if candidate is not None:
            return candidate
    if is_file(path):
        return path
    have = asset_names("models")
    hint = near_matches(name, have) or (f"the package has {', '.join(have)}" if have else "")
    raise ModelError(f"there is no model {name!r}; " + (f"{hint}; or " if hint else "") + "give the path of a file")
