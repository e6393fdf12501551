"""What a simulator must do: named inputs in, an ensemble out; and how each of them checks what it is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Generic, Protocol, TypeVar, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.ensemble import Ensemble
from rcsd.errors import ModelError, ParameterError
from rcsd.names import canonical, element_form, near_matches

_BEYOND = 1e-4
"""Share of a step by which a time may lie beyond the end, for what a division leaves over."""


class Simulator(Protocol):
    """Anything that turns named inputs into an `Ensemble`.

    Examples
    --------
    >>> import rcsd
    >>> simulator = rcsd.load("digital_cluster").simulator()
    >>> simulator.run({"Digital Imitation": [0.2, 0.4]}, outputs=["Digitalisation"]).n_runs
    2
    """

    @property
    def name(self) -> str:
        """What is simulated."""
        ...

    @property
    def constants(self) -> Mapping[str, float]:
        """Every settable input and its default."""
        ...

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable that can be an output."""
        ...

    @property
    def units(self) -> Mapping[str, str]:
        """Unit of every variable and constant."""
        ...

    def run(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
    ) -> Ensemble:
        """Simulate one run for each row of the inputs.

        Parameters
        ----------
        inputs : mapping of name to scalar or array of shape (run,), or DataFrame with one column per name, optional
            Scalars are broadcast; what is not named keeps its default.
        outputs : sequence of str, optional
            Variables to save; all of them when None.
        times : NDArray, shape (time,), optional
            Increasing times to save; the model's own save times when None.

        Returns
        -------
        Ensemble
            A run that diverges gets a status; it never raises.

        Raises
        ------
        ParameterError
            For an unknown input or arrays of different length.
        ModelError
            For an unknown output.
        """
        ...


class Grid(Protocol):
    """Where a model starts and steps; `rcsd.simulation.ir.TimeAxis` is one."""

    @property
    def start(self) -> float:
        """The initial time."""
        ...

    @property
    def stop(self) -> float:
        """The final time."""
        ...

    @property
    def step(self) -> float:
        """The integration step."""
        ...

    def on_grid(self, times: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Say which times fall on an integration step."""
        ...


Inner = TypeVar("Inner", bound=Simulator)


class SimulatorAround(Generic[Inner]):
    """Name, constants, variables and units of another simulator; how it is run is up to the class derived from this."""

    def __init__(self, simulator: Inner) -> None:
        self._simulator = simulator

    @property
    def inner(self) -> Inner:
        """The other simulator."""
        return self._simulator

    @property
    def name(self) -> str:
        """Name of the model."""
        return self._simulator.name

    @property
    def constants(self) -> Mapping[str, float]:
        """Every settable input and its default."""
        return self._simulator.constants

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable that can be an output."""
        return self._simulator.variables

    @property
    def units(self) -> Mapping[str, str]:
        """Unit of every variable and constant."""
        return self._simulator.units


@runtime_checkable
class DrivenSimulator(Simulator, Protocol):
    """A simulator that can be given other courses of what drives it."""

    def with_tables(self, tables: Mapping[str, tuple[ArrayLike, ArrayLike]]) -> Simulator:
        """Return a simulator of the same model with other points in some tables, without compiling anything anew.

        Parameters
        ----------
        tables : mapping of str to (x, y)
            Points, in increasing order, of a table or data variable.

        Raises
        ------
        ParameterError
            For an unknown table, or points that make no table.
        """
        ...


def output_names(outputs: Sequence[str] | None, known: Sequence[str], *, path: Path | None = None) -> tuple[str, ...]:
    """Find the variables to save; case, blanks and underscores do not matter.

    Parameters
    ----------
    outputs : sequence of str, or None
        What a caller asked for; everything when None. An array without subscripts stands for all of its elements.
    known : sequence of str
        What can be saved.
    path : Path, optional
        The model's file, for the message.

    Returns
    -------
    tuple of str
        Named as in `known`.

    Raises
    ------
    ModelError
        For a name that is not known, with the nearest ones.
    ParameterError
        When nothing at all is asked for.
    """
    if outputs is None:
        return tuple(known)
    if isinstance(outputs, str):
        raise ParameterError(f"outputs is a list of names: write outputs=[{outputs!r}] instead of outputs={outputs!r}")
    if not outputs:
        raise ParameterError("no output is asked for: name at least one variable, or leave `outputs` out to save all")
    spelt = {element_form(name): name for name in known}
    found: list[str] = []
    for name in outputs:
        form = element_form(name)
        elements = (
            [spelt[form]] if form in spelt else [each for key, each in spelt.items() if key.startswith(f"{form}[")]
        )
        if not elements:
            hint = near_matches(name, known) or "see the simulator's variables"
            raise ModelError(f"{name!r} is not a variable that can be saved; {hint}", path=path)
        found += elements
    return tuple(found)


def table_points(name: str, x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Check points that take the place of a table's.

    Parameters
    ----------
    name : str
        The table, for messages.
    x, y : array_like
        Of one length, at least two; x increasing.

    Returns
    -------
    (x, y)
        Arrays of shape (point,).

    Raises
    ------
    ParameterError
        For points that make no table.
    """
    xs, ys = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if xs.ndim != 1 or xs.shape != ys.shape or xs.size <= 1:
        raise ParameterError(
            f"table {name!r} needs two lists of one length, at least two points; got shapes {xs.shape} and {ys.shape}"
        )
    if not (np.isfinite(xs).all() and np.isfinite(ys).all() and (np.diff(xs) > 0).all()):
        raise ParameterError(f"table {name!r} needs finite points in increasing order")
    return xs, ys


def output_times(times: ArrayLike, grid: Grid) -> NDArray[np.float64]:
    """Check the times to save.

    Returns
    -------
    NDArray, shape (time,)

    Raises
    ------
    ParameterError
        When they do not increase or one lies between two steps.
    """
    when = np.atleast_1d(np.asarray(times, dtype=np.float64))
    if when.ndim != 1 or when.size == 0 or (np.diff(when) <= 0).any():
        raise ParameterError(f"times to save must be a list in increasing order; got {times!r}")
    if not np.isfinite(when).all():
        raise ParameterError(f"times to save must be numbers; got {times!r}")
    outside = when[when > grid.stop + _BEYOND * grid.step]
    if outside.size:
        raise ParameterError(
            f"time {outside[0]:g} cannot be saved: the model runs from {grid.start:g} to {grid.stop:g}; choose times "
            "within that, or let it run longer (stop= in Python, --to on the command line)"
        )
    off = when[~grid.on_grid(when)]
    if off.size:
        raise ParameterError(
            f"time {off[0]:g} cannot be saved: the model runs from {grid.start:g} in steps of "
            f"{grid.step:g}; choose times on that grid"
        )
    return when


def broadcast_inputs(
    inputs: Mapping[str, ArrayLike] | None, known: Mapping[str, float], computed: Mapping[str, str] | None = None
) -> tuple[dict[str, NDArray[np.float64]], int]:
    """Bring the inputs of a run to one length.

    Parameters
    ----------
    inputs : mapping of name to scalar or array of shape (run,), or None
        What a caller set; case, blanks and underscores of a name do not matter.
    known : mapping of str to float
        The settable inputs.
    computed : mapping of str to str, optional
        What the model works out itself, and in words what each is, for the message to who would set it.

    Returns
    -------
    (rows, n_runs)
        Arrays of shape (n_runs,), named as in `known`; n_runs is 1 when every input is a scalar.

    Raises
    ------
    ParameterError
        For a name that is not known, a value that is not a finite number, an array with more than
        one axis, or lengths that differ.
    """
    arrays: dict[str, NDArray[np.float64]] = {}
    spelt = {element_form(name): name for name in known}
    if inputs is not None and not hasattr(inputs, "items"):
        raise ParameterError(f"inputs are values by name, as in {{'Birth Rate': 0.01}}; got {inputs!r}")
    for given, value in ({} if inputs is None else inputs).items():
        name = spelt.get(element_form(given))
        if name is None:
            raise ParameterError(_why_not(given, known, computed or {}))
        if name in arrays:
            raise ParameterError(f"input {name!r} is given twice, in two spellings; keep one")
        arrays[name] = _one_axis(name, value)
    lengths = {array.size for array in arrays.values() if array.ndim}
    if len(lengths) > 1:
        detail = ", ".join(f"{name!r}: {array.size}" for name, array in arrays.items() if array.ndim)
        raise ParameterError(f"inputs must be scalars or arrays of one length; got {detail}")
    n_runs = lengths.pop() if lengths else 1
    if n_runs == 0:
        raise ParameterError(f"the inputs {', '.join(map(repr, arrays))} hold no row: give at least one value of each")
    return {name: np.broadcast_to(array, (n_runs,)) for name, array in arrays.items()}, n_runs


def _why_not(given: str, known: Mapping[str, float], computed: Mapping[str, str]) -> str:
    """Say why an input cannot be set, and what to do."""
    variable = canonical(given.partition("[")[0])
    what = next((words for name, words in computed.items() if canonical(name) in (canonical(given), variable)), None)
    if what is None:
        hint = near_matches(given, known) or "see the simulator's constants for what can be set"
        return f"{given!r} is not a constant of the model; {hint}"
    return (
        f"{given!r} is {what}: only constants can be set; set one that its equation uses, or write a number in place "
        "of the equation"
    )


def _one_axis(name: str, value: ArrayLike) -> NDArray[np.float64]:
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ParameterError(f"input {name!r}: {value!r} is not a number") from error
    if array.ndim > 1:
        raise ParameterError(f"input {name!r} has shape {array.shape}; give a scalar or one value per run")
    if not np.isfinite(array).all():
        row = f" in row {int(np.argmin(np.isfinite(array)))}, counted from 0" if array.ndim else ""
        raise ParameterError(f"input {name!r} holds a value that is not finite{row}: replace it or leave the row out")
    return array
