"""From a path or a name to a model that can be looked at and run."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from numpy.typing import ArrayLike

from rcsd.assets import asset_names, find_asset
from rcsd.ensemble import Ensemble
from rcsd.errors import ModelError, ParameterError, RcsdWarning
from rcsd.files import is_file
from rcsd.names import near_matches
from rcsd.simulation.batch import BatchSimulator, LocalSimulator
from rcsd.simulation.cluster import ClusterSimulator
from rcsd.simulation.ir import METHODS, Method, Model, TimeAxis
from rcsd.simulation.ir.expression import Points
from rcsd.simulation.passes import flatten
from rcsd.simulator import table_points

Backend = Literal["auto", "compiled", "interpreted", "pysd"]
BACKENDS = get_args(Backend)
_SUFFIXES = (".mdl", ".xmile", ".stmx", ".xml")


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model, read and ready to run.

    Attributes
    ----------
    ir : Model
        Its variables, equations and time axis.
    """

    ir: Model

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

    def simulator(
        self,
        backend: Backend = "auto",
        *,
        constants: Mapping[str, float] | None = None,
        tables: Mapping[str, tuple[ArrayLike, ArrayLike]] | None = None,
        method: Method | None = None,
        seed: int = 0,
        scheduler: str | None = None,
    ) -> BatchSimulator:
        """Make a simulator of the model.

        Parameters
        ----------
        backend : {"auto", "compiled", "interpreted", "pysd"}
            What runs it: kernels generated and compiled for the model, the plain interpreter that they are held
            to, or PySD. "auto" takes the kernels, and PySD for a model that they cannot take, with an `RcsdWarning`.
        constants : mapping of str to float, optional
            New defaults for constants.
        tables : mapping of str to (years, values), optional
            Points that replace those of a lookup or data variable.
        method : {"euler", "rk2", "rk4"}, optional
            How to integrate; as the file says when None. PySD knows Euler's method only.
        seed : int
            Of random functions; PySD's draws cannot be repeated.
        scheduler : str, optional
            Address of a dask.distributed cluster whose workers make the runs, such as ``tcp://10.0.0.5:8786``; with the
            same numbers. This process makes them when None.

        Raises
        ------
        ParameterError
            For an unknown backend, constant, table or method, or what is no address.
        ModelError
            When the backend cannot take the model.
        ClusterError
            When dask.distributed is not installed.
        """
        here = self._here(backend, constants, tables, method, seed)
        return here if scheduler is None else ClusterSimulator(here, scheduler)

    def _here(
        self,
        backend: Backend,
        constants: Mapping[str, float] | None,
        tables: Mapping[str, tuple[ArrayLike, ArrayLike]] | None,
        method: Method | None,
        seed: int,
    ) -> LocalSimulator:
        """Make a simulator that works in this process."""
        if backend not in BACKENDS:
            raise ParameterError(f"backend {backend!r} is unknown; use one of {', '.join(BACKENDS)}")
        if method is not None and method not in METHODS:
            raise ParameterError(f"method {method!r} is unknown; use one of {', '.join(METHODS)}")
        _require_files(self.ir)
        untaken = self.ir.untaken
        if self.runs_on_pysd(backend):
            if backend == "auto":
                more = f" and {len(untaken) - 1} more" if len(untaken) > 1 else ""
                warnings.warn(f"PySD runs this model, slowly: {untaken[0]}{more}", RcsdWarning, stacklevel=3)
            if method not in (None, "euler"):
                raise ParameterError(f"method {method!r}: PySD integrates by Euler's method only")
            from rcsd.simulation.pysd_backend import PysdSimulator  # noqa: PLC0415 - PySD is slow to import

            return PysdSimulator(self.ir, constants=constants, tables=tables)
        if untaken:
            listed = "\n".join(f"  {line}" for line in untaken)
            raise ModelError(
                f"the compiler cannot take this model; run it with backend 'pysd':\n{listed}", path=self.path
            )
        from rcsd.simulation.engine import (  # noqa: PLC0415 - Numba is slow to import
            CompiledSimulator,
            InterpretedSimulator,
        )

        system = flatten(self.ir, _series(self.ir, tables or {}))
        if method is not None:
            system = replace(system, time=replace(system.time, method=method))
        make = CompiledSimulator if backend != "interpreted" else InterpretedSimulator
        structural = {
            name: "the order of a delay or smooth, which is part of the structure"
            for name in self.constants.keys() & system.fixed.keys()
        }
        computed = structural | self.ir.computed
        return make(system, self.units, constants=constants, tables=tables, computed=computed, seed=seed)

    def runs_on_pysd(self, backend: Backend) -> bool:
        """Whether `simulator` would hand the model to PySD."""
        return backend == "pysd" or (backend == "auto" and bool(self.ir.untaken))

    def run(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
        backend: Backend = "auto",
    ) -> Ensemble:
        """Run the model once; for many runs keep the `simulator`.

        Parameters and errors are those of `rcsd.simulator.Simulator.run`.
        """
        return self.simulator(backend).run(inputs, outputs=outputs, times=times)


def _require_files(model: Model) -> None:
    """Refuse to run a model whose data files are not there: it can be looked at without them, and no more."""
    for path in model.external_files:
        if not is_file(path):
            reader = next((each for each in model if path.name in each.equation), None)
            where = {} if reader is None else {"line": reader.line, "variable": reader.name}
            raise ModelError(f"reads the data file {path}, which is not there; put it there", path=model.path, **where)


def _series(model: Model, tables: Mapping[str, tuple[ArrayLike, ArrayLike]]) -> dict[str, Points]:
    """Points of the data variables that have none of their own: without them a model is not complete."""
    found = {}
    for name, (x, y) in tables.items():
        variable = model.get(name)
        if variable is not None and variable.kind == "data":
            xs, ys = table_points(name, x, y)
            found[variable.name] = Points(tuple(xs.tolist()), tuple(ys.tolist()))
    return found


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
        For a name that no model has.
    """
    path = Path(path_or_name)
    if path.suffix.lower() in _SUFFIXES or len(path.parts) > 1:
        return path
    name = str(path_or_name)
    for suffix in _SUFFIXES:
        candidate = find_asset("models", Path(name, f"{name}{suffix}"))
        if candidate is not None:
            return candidate
    if is_file(path):
        return path
    have = asset_names("models")
    hint = near_matches(name, have) or (f"the package has {', '.join(have)}" if have else "")
    raise ModelError(f"there is no model {name!r}; " + (f"{hint}; or " if hint else "") + "give the path of a file")
