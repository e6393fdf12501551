"""One PySD model in memory, whose runs do not know of each other."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pysd.py_backend.model import Model

from rcsd.errors import ModelError
from rcsd.simulation.pysd_backend.translation import MAIN, Points, Translation
from rcsd.simulation.reader.pysd_calls import PYSD_FAULTS, explain, quiet_pysd


class _Model(Model):  # type: ignore[misc]  # PySD publishes no types
    """PySD's model, which works out its caching once and not twice in every run.

    What is cached depends on which variable depends on which. A run that gives numbers to constants
    changes none of that, and working it out is a third of a short run.
    """

    _cached_for: frozenset[str] | None = None

    def _assign_cache_type(self) -> None:
        outputs = frozenset(self._dependencies.get("OUTPUTS", ()))
        if self._cached_for is None or not outputs <= self._cached_for:
            super()._assign_cache_type()
            self._cached_for = outputs | (self._cached_for or frozenset())


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
    """

    def __init__(
        self,
        path: Path,
        translation: Translation,
        defaults: Mapping[str, float],
        tables: Mapping[str, Points],
    ) -> None:
        self._path = path
        self._translation = translation
        self._defaults = defaults
        self._tables = tables
        self._touched: set[str] = set()
        self._model = self._load()

    def _load(self) -> _Model:
        # Python reads the generated modules once, so the folder need not outlive this block
        with tempfile.TemporaryDirectory(prefix="rcsd-pysd-") as folder, quiet_pysd():
            for name, text in self._translation.files:
                (Path(folder) / name).write_text(text, encoding="utf-8")
            try:
                model = _Model(str(Path(folder) / MAIN), None, None, False, "warning")
                if self._tables:
                    model.set_components({name: pd.Series(y, index=x) for name, (x, y) in self._tables.items()})
                    # the points of the file must not be put back when a run initialises
                    for element in model._lookup_elements:
                        if not hasattr(element, "data"):
                            element.initialize()
                    model.lookups_loaded = True
            except PYSD_FAULTS as error:
                raise ModelError(f"the model {explain(error)}", path=self._path) from error
        self._touched.clear()
        return model

    def coordinates(self, name: str) -> dict[str, list[str]]:
        """Return the dimensions of a variable and their elements; empty without subscripts."""
        function = getattr(self._model.components, self._model.namespace[name])
        dims = function.subscripts or []
        return {dim: list(self._model.subscripts[dim]) for dim in dims}

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
        settings = {name: self._defaults[name] for name in self._touched} | dict(values)
        self._touched |= set(values)
        finished = False
        try:
            with quiet_pysd(), np.errstate(all="ignore"):
                frame = self._model.run(
                    params=settings,
                    return_columns=list(outputs),
                    return_timestamps=times.tolist(),
                    final_time=self._stop(times),
                )
            finished = True
        finally:
            if not finished:
                self._model = self._load()
        table = np.full((times.size, len(outputs)), np.nan)
        for column, name in enumerate(outputs):
            table[: len(frame), column] = _real(frame[name].to_numpy())
        return table

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
