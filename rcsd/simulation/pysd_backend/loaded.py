"""One PySD model in memory, whose runs do not know of each other."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray
from pysd.py_backend.external import ExtConstant
from pysd.py_backend.model import Model

from rcsd.errors import ModelError
from rcsd.files import scratch_folder
from rcsd.simulation.pysd_backend.checking import require_harmless
from rcsd.simulation.pysd_backend.translation import MAIN, Points, Translation
from rcsd.simulation.reader.pysd_calls import FILE_FAULTS, PYSD_FAULTS, heard_pysd, quiet_pysd, refusal


class _Model(Model):  # type: ignore[misc]  # PySD publishes no types
    """PySD's model, with a clock that counts, that works out its caching once, and in which an empty cell is 0.

    PySD adds the step to the time again and again, so that at a step of 0.1 a condition such as ``Time >= 8`` may come
    a whole step late. Here the time is the start and a number of steps.

    What is cached depends on which variable depends on which. A run that gives numbers to constants
    changes none of that, and working it out is a third of a short run.
    """

    _cached_for: frozenset[str] | None = None
    _since: tuple[float, float, int] | None = None

    def _assign_cache_type(self) -> None:
        outputs = frozenset(self._dependencies.get("OUTPUTS", ()))
        if self._cached_for is None or not outputs <= self._cached_for:
            super()._assign_cache_type()
            self._cached_for = outputs | (self._cached_for or frozenset())

    def initialize_external_data(self, externals: Any = None) -> None:
        """Read data files; a cell that holds no number is 0, as in Vensim and as whoever read the model has told."""
        super().initialize_external_data(externals)
        for each in self._external_elements:
            if isinstance(each, ExtConstant):
                data = each.data
                each.data = data.fillna(0.0) if isinstance(data, xr.DataArray) else float(np.nan_to_num(data))

    def _integrate(self) -> None:
        self._since = None
        super()._integrate()

    def _integrate_step(self) -> None:
        step = self.time.time_step()
        start, steps_of, count = self._since or (self.time(), step, 0)
        if step != steps_of:  # a step that varies: count anew from here
            start, count = self.time(), 0
        self._since = start, step, count + 1
        self._euler_step(step)
        self.time.update(start + (count + 1) * step)
        self.clean_caches()


class LoadedPysd:
    """A translated model that can be run again and again.

    Every run starts from the file's values: a constant that an earlier run has set and this one
    does not is put back explicitly, and after a run that raised the model is loaded afresh, since
    PySD leaves its caches behind then.

    Parameters
    ----------
    path : Path
        The user's model file, for messages.
    translation : Translation
        The generated Python.
    defaults : mapping of str to float
        Values of the constants in the file.
    tables : mapping of str to (x, y)
        Points that replace those of a table or data variable in every run.
    variables : iterable of str
        What can be an output, without elements.

    Raises
    ------
    ModelError
        When the translation holds what it should not, or PySD cannot load it.
    """

    def __init__(
        self,
        path: Path,
        translation: Translation,
        defaults: Mapping[str, float],
        tables: Mapping[str, Points],
        variables: Iterable[str],
    ) -> None:
        self._path = path
        self._translation = translation
        self._naming = translation.naming
        self._defaults = defaults
        self._tables = tables
        self._touched: set[str] = set()
        self._originals: dict[str, Any] = {}
        for _, text in translation.files:
            require_harmless(text)
        self._model = self._load()
        self._columns = {name: column for variable in variables for name, column in self._columns_of(variable)}

    @property
    def outputs(self) -> tuple[str, ...]:
        """Names of all that can be saved, elements as ``Name[a,b]``."""
        return tuple(self._columns)

    def _load(self) -> _Model:
        # Python reads the generated modules once, so the folder need not outlive this block
        with scratch_folder() as folder, heard_pysd(self.in_words):
            for name, text in self._translation.files:
                (folder / name).write_text(text, encoding="utf-8")
            try:
                model = _Model(str(folder / MAIN), None, None, False, "warning")
                if self._tables:
                    points = {self._naming.name(name): pd.Series(y, index=x) for name, (x, y) in self._tables.items()}
                    model.set_components(points)
                    # the points of the file must not be put back when a run initialises
                    for element in model._lookup_elements:
                        if not hasattr(element, "data"):
                            element.initialize()
                    model.lookups_loaded = True
            except (*PYSD_FAULTS, *FILE_FAULTS) as error:
                raise ModelError(self.in_words(refusal(error)), path=self._path) from error
        self._touched.clear()
        return model

    def _columns_of(self, variable: str) -> list[tuple[str, str]]:
        """List the elements of a variable: their names, and what PySD calls them."""
        ours = self._naming.name(variable)
        function = getattr(self._model.components, self._model.namespace[ours])
        elements = [self._model.subscripts[dim] for dim in function.subscripts or []]
        words = self._naming.words
        return [
            (f"{variable}[{','.join(words.get(each, each) for each in those)}]", f"{ours}[{','.join(those)}]")
            if those
            else (variable, ours)
            for those in itertools.product(*elements)
        ]

    def simulate(
        self, values: Mapping[str, float], outputs: Sequence[str], times: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Run once.

        Parameters
        ----------
        values : mapping of str to float
            Constants that differ from the file.
        outputs : sequence of str
            Variables to save, elements as ``Name[a,b]``.
        times : NDArray, shape (time,)
            Increasing, on the grid of integration steps.

        Returns
        -------
        NDArray, shape (time, output)
            NaN where a value is not a real number.

        Raises
        ------
        Exception
            Whatever PySD or the model's arithmetic raises; the next run starts from a fresh load.
        """
        scalars = {name: value for name, value in values.items() if "[" not in name}
        elements = {name: value for name, value in values.items() if "[" in name}
        settings = {name: self._defaults[name] for name in self._touched} | scalars
        self._touched |= set(scalars)
        columns = [self._columns[name] for name in outputs]
        finished = False
        try:
            with quiet_pysd(), np.errstate(all="ignore"):
                frame = self._model.run(
                    params={self._naming.name(name): value for name, value in settings.items()}
                    | self._arrays(elements),
                    return_columns=columns,
                    return_timestamps=times.tolist(),
                    final_time=self._stop(times),
                )
            finished = True
        finally:
            if not finished:
                self._model = self._load()
        table = np.full((times.size, len(outputs)), np.nan)
        for column, name in enumerate(columns):
            table[: len(frame), column] = _real(frame[name].to_numpy())
        return table

    def _arrays(self, elements: Mapping[str, float]) -> dict[str, Any]:
        """Return constants with subscripts, some of whose elements differ from the file; also those that did before."""
        for name in elements:
            ours = self._columns[name].partition("[")[0]
            if ours not in self._originals:
                self._originals[ours] = getattr(self._model.components, self._model.namespace[ours])().copy()
        arrays = {ours: original.copy() for ours, original in self._originals.items()}
        for name, value in elements.items():
            ours, _, inside = self._columns[name].partition("[")
            arrays[ours].loc[tuple(inside.rstrip("]").split(","))] = value
        return arrays

    def in_words(self, text: str) -> str:
        """Put the model's names into a message of PySD."""
        return self._naming.in_words(text)

    def _stop(self, times: NDArray[np.float64]) -> float:
        last = float(times[-1])
        if not self._translation.uses_final_time:
            return last
        return max(last, float(self._model.components._control_vars["final_time"]()))


def _real(column: NDArray[Any]) -> NDArray[np.float64]:
    """Return a column as floats; Python makes a complex number of a negative base's root."""
    if column.dtype.kind in "fiub":
        return column.astype(np.float64)
    as_complex = np.array([complex(value) for value in column])
    return np.where(as_complex.imag == 0, as_complex.real, np.nan)
