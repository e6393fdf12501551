"""Which engine runs a model: kernels, the interpreter or PySD; and what happens when one cannot take it."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NoReturn, get_args

from numpy.typing import ArrayLike

from rcsd.errors import ModelError, ParameterError, RcsdError, RcsdWarning
from rcsd.files import is_file
from rcsd.names import canonical
from rcsd.simulation.batch import LocalSimulator
from rcsd.simulation.inputs import require_settable, require_tables
from rcsd.simulation.ir import METHODS, Method, Model
from rcsd.simulation.ir.expression import Between, Points
from rcsd.simulation.ir.system import System
from rcsd.simulation.ir.unsound import EngineLimit, Excessive
from rcsd.simulation.passes import flatten
from rcsd.simulation.passes.settable import asked as asked_for
from rcsd.simulator import Simulator, SimulatorAround, table_points

if TYPE_CHECKING:
    from rcsd.simulation.pysd_backend import PysdSimulator

Backend = Literal["auto", "compiled", "interpreted", "pysd"]
BACKENDS = get_args(Backend)

_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a pass raises on a model that nobody has thought of; PySD may know better."""

_BETWEEN: dict[str, Between] = {
    "": "linear",
    "interpolate": "linear",
    "hold backward": "previous",
    "look forward": "next",
}
"""What a keyword says of a data variable between two of its points."""

_QUICK, _LONG = 1.0, 30.0
"""Seconds of interpreting below which nobody would wait for the compiler, and above which it is worth it."""
_SECONDS_PER_EQUATION = 3e-6
_STAGES: dict[Method, int] = {"euler": 1, "rk2": 2, "rk4": 4}


@dataclass(frozen=True, slots=True)
class Request:
    """How a model is to be run.

    Attributes
    ----------
    backend, constants, tables, method, seed
        As of `rcsd.LoadedModel.simulator`.
    settable
        What its runs may set beside the constants: elements of constants, initial values of stocks.
    once
        Whether it is for one run, which "auto" interprets when that takes less than compiling.
    """

    backend: Backend = "auto"
    constants: Mapping[str, float] | None = None
    tables: Mapping[str, tuple[ArrayLike, ArrayLike]] | None = None
    method: Method | None = None
    seed: int = 0
    settable: tuple[str, ...] = ()
    once: bool = False


def make_simulator(model: Model, asked: Request) -> LocalSimulator:
    """Make a simulator that works in this process.

    Raises
    ------
    ParameterError
        For an unknown backend, constant, table or method.
    ModelError
        When the backend cannot take the model; with "auto", when none can.
    """
    if asked.backend not in BACKENDS:
        raise ParameterError(f"backend {asked.backend!r} is unknown; use one of {', '.join(BACKENDS)}")
    if asked.method is not None and asked.method not in METHODS:
        raise ParameterError(f"method {asked.method!r} is unknown; use one of {', '.join(METHODS)}")
    require_settable(model, (*asked.settable, *(asked.constants or {})))
    require_tables(model, asked.tables or {})
    _require_files(model)
    if asked.backend == "pysd":
        _refuse_excessive(model)
        return _on_pysd(model, asked)
    if model.untaken:
        if asked.backend != "auto":
            _refuse(model)
        more = f" and {len(model.untaken) - 1} more" if len(model.untaken) > 1 else ""
        return _fallen_back(model, asked, ModelError(f"{model.untaken[0]}{more}"))
    try:
        return _on_engine(model, asked)
    except EngineLimit as error:
        if asked.backend != "auto":
            raise
        return _fallen_back(model, asked, error)
    except _FAULTS as error:
        fault = ModelError(f"its equations cannot be resolved ({type(error).__name__}: {error})", path=model.path)
        if asked.backend != "auto":
            raise fault from error
        return _fallen_back(model, asked, fault)


def _require_files(model: Model) -> None:
    """Refuse to run a model whose data files are not there: it can be looked at without them, and no more."""
    for path in model.external_files:
        if not is_file(path):
            reader = next((each for each in model if path.name in each.equation), None)
            what = "a folder; name a file" if path.is_dir() else "not there; put it there"
            raise ModelError(
                f"reads the data file {path}, which is {what}",
                path=model.path,
                line=None if reader is None else reader.line,
                variable=None if reader is None else reader.name,
            )


def _refuse_excessive(model: Model) -> None:
    """Refuse what would run out of time or memory in PySD too, where the engine sees it."""
    try:
        flatten(model)
    except ModelError as error:
        if isinstance(error.__cause__, Excessive):
            raise
    except _FAULTS:
        return


def _refuse(model: Model) -> NoReturn:
    listed = "\n".join(f"  {line}" for line in model.untaken)
    raise ModelError(f"the compiler cannot take this model; run it with backend 'pysd':\n{listed}", path=model.path)


def _fallen_back(model: Model, asked: Request, why: ModelError) -> LocalSimulator:
    """Let PySD run a model that the engine cannot take, and say so; where PySD cannot either, that was the model.

    Raises
    ------
    ModelError
        The fault that the engine has found.
    """
    _require_pysd_can(asked)
    with warnings.catch_warnings(record=True) as held:
        warnings.simplefilter("always")
        try:
            simulator = _on_pysd(model, asked)
            can_run = simulator.can_start()
        except RcsdError as error:
            if isinstance(error, ParameterError) and asked.constants:
                raise  # a wrong name is the fault of who asks, not of the model
            raise why from error
    if not can_run:
        raise why
    differs = "docs/differences-from-pysd.md says where its numbers are not the tool's"
    warnings.warn(f"PySD runs this model, slowly: {why}; {differs}", RcsdWarning, stacklevel=4)
    for warning in held:
        warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)
    return simulator


def _require_pysd_can(asked: Request) -> None:
    """Refuse what PySD cannot do.

    Raises
    ------
    ParameterError
        That says so.
    """
    if asked.method not in (None, "euler"):
        raise ParameterError(f"method {asked.method!r}: PySD integrates by Euler's method only")
    for name in asked.settable:
        part = asked_for(name)
        if part.what == "initial":
            raise ParameterError(
                f"{name!r}: PySD cannot set the initial value of a stock; set a constant that it starts from, or take "
                "another backend"
            )
        if part.what != "element" or part.how != "alone":
            raise ParameterError(f"{name!r}: PySD cannot set this; take another backend")


def _on_pysd(model: Model, asked: Request) -> PysdSimulator:
    _require_pysd_can(asked)
    from rcsd.simulation.pysd_backend import PysdSimulator  # noqa: PLC0415 - PySD is slow to import

    return PysdSimulator(model, constants=asked.constants, tables=asked.tables, settable=asked.settable)


def _on_engine(model: Model, asked: Request) -> LocalSimulator:
    from rcsd.simulation.engine import CompiledSimulator, InterpretedSimulator  # noqa: PLC0415 - not for PySD's runs

    settable = (*asked.settable, *(asked.constants or {}))
    system = flatten(model, _series(model, asked.tables or {}), settable)
    if system.doubts:
        more = f", and {len(system.doubts) - 1} more" if len(system.doubts) > 1 else ""
        warnings.warn(f"{model.path}: {system.doubts[0]}{more}", RcsdWarning, stacklevel=4)
    if asked.method is not None:
        system = replace(system, time=replace(system.time, method=asked.method))
    interpreted = asked.backend == "interpreted" or (asked.backend == "auto" and asked.once and not _compiles(system))
    structural = {
        name: "the order of a delay or smooth, which is part of the structure"
        for name in model.constants.keys() & system.fixed.keys()
    }
    given: dict[str, Any] = {
        "constants": asked.constants,
        "tables": asked.tables,
        "computed": structural | model.computed,
        "seed": asked.seed,
    }
    if interpreted:
        return InterpretedSimulator(system, model.units, **given)
    return CompiledSimulator(system, model.units, **given, or_interpreted=asked.backend == "auto")


def _compiles(system: System) -> bool:
    """Say whether a single run is worth a kernel: always when it takes long, else only when the kernel is there."""
    axis = system.time
    evaluations = (axis.stop - axis.start) / axis.step * _STAGES[axis.method] * (len(system.steps) + len(system.stocks))
    seconds = evaluations * _SECONDS_PER_EQUATION
    if not _QUICK < seconds < _LONG:
        return seconds >= _LONG
    from rcsd.simulation.engine.kernel import is_compiled  # noqa: PLC0415 - the compiler is slow to import

    return is_compiled(system)


def _series(model: Model, tables: Mapping[str, tuple[ArrayLike, ArrayLike]]) -> dict[str, Points]:
    """Points of the data variables that have none of their own: without them a model is not complete."""
    found = {}
    for name, (x, y) in tables.items():
        base, bracket, elements = name.partition("[")
        variable = model.get(base)
        if variable is not None and variable.kind == "data":
            xs, ys = table_points(name, x, y)
            between = _BETWEEN.get(variable.keyword)
            if between is None:
                raise ParameterError(
                    f"{variable.name!r} is marked :{variable.keyword.upper()}:, which has no form here: take it out"
                )
            found[f"{variable.name}{bracket}{elements}"] = Points(tuple(xs.tolist()), tuple(ys.tolist()), between)
    return found


def unknown_inputs(model: Model, names: Sequence[str]) -> tuple[str, ...]:
    """Return the names that are no constants of a model: what its simulator may have to make settable."""
    known = set(map(canonical, model.constants))
    return tuple(name for name in names if canonical(name) not in known)


def engine_of(simulator: Simulator) -> Backend:
    """Name the backend of a simulator that "auto" may have chosen, wherever its runs are made."""
    from rcsd.simulation.engine import CompiledSimulator, InterpretedSimulator  # noqa: PLC0415 - not for PySD's runs

    if isinstance(simulator, SimulatorAround):
        return engine_of(simulator.inner)
    if isinstance(simulator, CompiledSimulator):
        return "compiled"
    return "interpreted" if isinstance(simulator, InterpretedSimulator) else "pysd"
