"""What the checks look at: a model, what is declared of it, and its runs, each made once."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from rcsd.analysis.checks.file.reading import Declared
from rcsd.ensemble import Ensemble
from rcsd.errors import ModelError, RcsdWarning
from rcsd.names import canonical, element_form
from rcsd.simulation.backends import Backend, unknown_inputs
from rcsd.simulation.batch import BatchSimulator
from rcsd.simulation.checks import Finding, Grade
from rcsd.simulation.ir import Method, System
from rcsd.simulation.loading import LoadedModel
from rcsd.simulation.passes import flatten

_STAGES: dict[Method, int] = {"euler": 1, "rk2": 2, "rk4": 4}
_PER_STEP = 8
"""Equations that a step costs beside its own."""
_WORK, _DEEP_WORK = 2e6, 4e8
"""Equations evaluated in one run of the interpreter beyond which a check asks for `deep`: seconds, and minutes."""


class Unmade(Exception):  # noqa: N818 - no error: it says why a check was not made
    """A check that cannot be made of this model; its text says why."""


class Subject:
    """A model and what is known of it.

    Parameters
    ----------
    model : LoadedModel
        The model.
    declared : Declared
        What its file of checks says.
    twin : Path, optional
        The same model in another format.
    deep : bool
        Whether checks may take minutes: kernels are compiled, PySD runs, more corners of the ranges are tried.
    """

    def __init__(self, model: LoadedModel, declared: Declared, *, twin: Path | None = None, deep: bool = False) -> None:
        self.model = model
        self.declared = declared
        self.twin = twin
        self.deep = deep

    @cached_property
    def fault(self) -> ModelError | None:
        """What keeps the model from being made ready to run."""
        return self._flattened if isinstance(self._flattened, ModelError) else None

    @cached_property
    def _flattened(self) -> System | ModelError:
        try:
            return flatten(self.model.ir)
        except ModelError as error:
            return error

    @property
    def system(self) -> System:
        """The model, ready to run.

        Raises
        ------
        Unmade
            When the engine cannot take it.
        """
        if self.model.ir.untaken:
            raise Unmade("the model runs through PySD only")
        if isinstance(self._flattened, ModelError):
            raise Unmade("the model cannot be made ready to run")
        return self._flattened

    @cached_property
    def stocks(self) -> Mapping[str, str]:
        """The elements of all stocks, each with the stock it is one of."""
        known = {canonical(each.name): each.name for each in self.model.ir if each.kind == "stock"}
        pairs = ((each.name, known.get(canonical(each.name.partition("[")[0]))) for each in self.system.stocks)
        return {element: stock for element, stock in pairs if stock is not None}

    @cached_property
    def base(self) -> Ensemble:
        """The run of the file as it is, with every variable at the saved times."""
        return self.run()

    @cached_property
    def signed(self) -> frozenset[str]:
        """Stocks that may be negative, in canonical spelling: declared so, or negative in the base run."""
        content = self.declared.content
        declared = {canonical(name.partition("[")[0]) for name in content.signed_stocks}
        declared |= {canonical(name.partition("[")[0]) for name, (low, _) in content.bounds.items() if low < 0}
        return frozenset(declared | {canonical(self.stocks[each]) for each in self.negative(self.base, 0)})

    def negative(self, run: Ensemble, row: int) -> dict[str, float]:
        """Return the elements of stocks that are negative in a run, each with the first time; rounding is none."""
        found = {}
        for element in self.stocks:
            values = run.of(element)[row]
            scale = max(float(np.nanmax(np.abs(values), initial=0.0)), abs(self.base_scale.get(element, 0.0)))
            below = values < -1e-9 * scale - 1e-300
            if below.any():
                found[element] = float(run.times[int(np.argmax(below))])
        return found

    def may_be_negative(self, element: str) -> bool:
        """Whether an element of a stock may be below zero."""
        return canonical(self.stocks[element]) in self.signed

    @cached_property
    def base_scale(self) -> Mapping[str, float]:
        """Largest size of each element of a stock in the base run."""
        sizes = {element: np.abs(self.base.of(element)[0]) for element in self.stocks}
        return {element: float(np.max(each[np.isfinite(each)], initial=0.0)) for element, each in sizes.items()}

    @property
    def work(self) -> float:
        """Equations that one run of the interpreter evaluates."""
        axis, system = self.system.time, self.system
        steps = (axis.stop - axis.start) / axis.step * _STAGES[axis.method]
        return steps * (len(system.steps) + len(system.stocks) + _PER_STEP)

    def require_work(self, times: float = 1.0) -> None:
        """Refuse a check that would take longer than it may.

        Parameters
        ----------
        times : float
            How often the work of a base run.

        Raises
        ------
        Unmade
            That asks for `deep`.
        """
        if self.work * times > (_DEEP_WORK if self.deep else _WORK):
            raise Unmade(
                "it takes long in a model of so many equations and steps" + ("" if self.deep else "; ask for --deep")
            )

    def run(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        backend: Backend = "interpreted",
        method: Method | None = None,
        step: float | None = None,
        times: ArrayLike | None = None,
    ) -> Ensemble:
        """Run the model, by default in the interpreter, one run for each row of the inputs; nothing is said meanwhile.

        Raises
        ------
        Unmade
            When the backend cannot take it.
        """
        given = dict(inputs or {})
        try:
            with quiet():
                simulator = self.simulator_for(given, backend=backend, method=method, step=step)
                return simulator.run(given, outputs=outputs, times=times)
        except ModelError as error:
            raise Unmade(f"the model cannot be run ({error})") from error

    def simulator_for(
        self,
        names: Iterable[str],
        *,
        backend: Backend = "interpreted",
        method: Method | None = None,
        step: float | None = None,
    ) -> BatchSimulator:
        """Make a simulator whose runs may set some names.

        Raises
        ------
        Unmade
            When the engine cannot take the model.
        ParameterError
            For a name that no run can set.
        """
        _ = self.system  # which says in short why a model cannot be run
        loaded = self.model if step is None else self.model.with_time(step=step, save_step=self.model.time.save_step)
        with quiet():
            return loaded.simulator(backend, method=method, settable=unknown_inputs(loaded.ir, list(names)))

    def run_many(self, rows: Sequence[Mapping[str, float]], *, outputs: Sequence[str] | None = None) -> Ensemble:
        """Run the model once for each row of constants, elements of them and initial values, all at once.

        Raises
        ------
        ParameterError
            For a name that no run can set.
        Unmade
            As `run`.
        """
        names = dict.fromkeys(name for row in rows for name in row)
        defaults = {
            element_form(name): value for name, value in (*self.system.fixed.items(), *self.system.constants.items())
        }
        # a stock whose initial value is no number begins as the model says
        own = {name: defaults.get(element_form(name), np.nan) for name in names}
        return self.run({name: np.array([row.get(name, own[name]) for row in rows]) for name in names}, outputs=outputs)

    def elements(self, name: str, run: Ensemble) -> list[str]:
        """Name the elements of a variable as a run has them: itself where it has no subscripts, or is one itself."""
        form, whole = canonical(name), "[" in name
        return [each for each in run.variables if canonical(each if whole else each.partition("[")[0]) == form]

    def declared_finding(
        self, check: str, grade: Grade, variable: str | None, keys: Iterable[str], message: str, remedy: str
    ) -> Finding:
        """Make a finding about an entry of the file of checks."""
        path = self.declared.path or self.model.path
        return Finding(check, grade, variable, path, self.declared.line(*keys), message, remedy)


@contextmanager
def quiet() -> Iterator[None]:
    """Let no `RcsdWarning` of a trial out: what it says is what the checks are there to find."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RcsdWarning)
        yield
