"""Finished forecasts, a file for each setting, city and origin, so that a stopped panel goes on."""

from __future__ import annotations

import json
from pathlib import Path

from rcsd.files import sha256
from rcsd.study.graph.codec import decode, encode
from rcsd.study.graph.kept import keep, read_kept
from rcsd.study.graph.keys import deciding_code
from rcsd.study.graph.provenance import versions
from rcsd.study.panel.cities import City
from rcsd.study.panel.origins.ahead import Assignment, OriginForecast

CODE = ("rcsd.study.panel.origins.ahead",)
"""Modules whose code decides a forecast."""

_WORDS = {"title", "documentation"}


class OriginFiles:
    """The kept forecasts of a panel.

    Parameters
    ----------
    assignment
        What is done to each city.
    folder
        Where they are kept, a folder for each setting and city.
    """

    def __init__(self, assignment: Assignment, folder: Path) -> None:
        self._assignment, self._folder = assignment, folder
        self.n_reused = 0
        common = {"versions": versions(), "code": deciding_code(CODE), "model": assignment.panel.model.ir.sha256}
        self._inputs = [
            sha256(json.dumps({**common, **self._setting(k)}, sort_keys=True).encode())
            for k in range(len(assignment.variants))
        ]

    def load(self, variant: int, city: City, origin: int) -> OriginForecast | None:
        """Return a finished forecast, or None."""
        found = read_kept(self._path(variant, city, origin), self._key(variant, city, origin))
        if found is None:
            return None
        self.n_reused += 1
        return decode(OriginForecast, found["value"])

    def save(self, variant: int, city: City, forecast: OriginForecast) -> None:
        """Keep a finished forecast."""
        key = self._key(variant, city, forecast.origin)
        keep(self._path(variant, city, forecast.origin), key, {"value": encode(OriginForecast, forecast)})

    def _setting(self, variant: int) -> dict[str, object]:
        """Return what of a setting decides numbers: neither titles nor which origins are asked for."""
        setting, plan = self._assignment.variants[variant], self._assignment.plan
        content = setting.file.model_dump(mode="json", by_alias=True, exclude={"structures", "rolling"})
        content["study"] = {name: value for name, value in content["study"].items() if name not in _WORDS}
        share = None if setting.share is None else [*setting.share.constants, setting.share.of, setting.share.share]
        return {"file": content, "share": share, "horizon": plan.horizon, "draws": plan.draws}

    def _key(self, variant: int, city: City, origin: int) -> str:
        data = self._assignment.panel.series[city.city].sha256
        return sha256(json.dumps([self._inputs[variant], city.city, data, origin]).encode())

    def _path(self, variant: int, city: City, origin: int) -> Path:
        return self._folder / self._assignment.variants[variant].name / city.city / f"{origin}.json"
