"""PySD's lookup tables with the scalar look-up done by NumPy.

PySD interpolates through xarray, at half a millisecond a call: most of the run time of a model
with tables. The generated Python is pointed at the class below, which gives the same numbers.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from pysd.py_backend.lookups import HardcodedLookups


class ScalarLookups(HardcodedLookups):  # type: ignore[misc]  # PySD publishes no types
    """A table without subscripts is looked up in plain arrays; any other as PySD does."""

    _points: tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]] | None = None

    def initialize(self) -> None:
        """Build the table from the points of the file."""
        super().initialize()
        self._keep_points()

    def set_values(self, values: Any) -> None:
        """Replace the table, as PySD does when a run sets it."""
        super().set_values(values)
        self._keep_points()

    def _keep_points(self) -> None:
        data = self.data
        plain = self.is_float and getattr(data, "dims", None) == ("lookup_dim",) and data.size > 1
        self._points = (data["lookup_dim"].values.astype(float), data.values.astype(float)) if plain else None

    def __call__(self, x: Any, final_subs: Any = None) -> Any:
        """Look a value up."""
        if self._points is None or not isinstance(x, (float, int, np.floating)):
            return super().__call__(x, final_subs)
        xs, ys = self._points
        if self.interp == "hold_backward":
            return float(ys[max(int(np.searchsorted(xs, x, side="right")) - 1, 0)])
        if self.interp == "extrapolate" and not xs[0] <= x <= xs[-1]:
            i = 0 if x < xs[0] else len(xs) - 2
            return float(ys[i] + (ys[i + 1] - ys[i]) / (xs[i + 1] - xs[i]) * (x - xs[i]))
        return float(np.interp(x, xs, ys))
