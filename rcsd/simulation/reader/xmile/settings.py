"""The <sim_specs> of a file: when it starts and stops, its step, its method, how often it saves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from rcsd.errors import ModelError
from rcsd.simulation.ir import Method
from rcsd.simulation.reader.source import Entry, Fault, model_error
from rcsd.tables import number

_METHODS: dict[str, Method] = {
    "euler": "euler",
    "rk2": "rk2",
    "rk4": "rk4",
    "rk45": "rk4",
    "gear": "rk4",
}
_CONTROLS = {"start": "INITIAL TIME", "stop": "FINAL TIME", "dt": "TIME STEP"}


@dataclass(frozen=True, slots=True)
class Settings:
    """How a model runs.

    Attributes
    ----------
    values : mapping of str to str
        Equations of INITIAL TIME, FINAL TIME and TIME STEP.
    entries : tuple of Entry
        The same, with their lines.
    unit : str
        Of time.
    method : {"euler", "rk2", "rk4"}
        Of integration.
    save_step : float or None
        The save interval, if the file gives one.
    notes : tuple of str
        What cannot be done as the file asks.
    """

    values: dict[str, str]
    entries: tuple[Entry, ...]
    unit: str
    method: Method
    save_step: float | None
    notes: tuple[str, ...] = ()


def settings_of(path: Path, root: etree._Element) -> Settings:
    """Read the settings; the step is 1 and the method Euler where the file says nothing (XMILE 1.0, section 2.3).

    Raises
    ------
    ModelError
        When the start or the stop is missing, or a setting makes no sense.
    """
    specs = root.find("sim_specs")
    if specs is None:
        specs = root.find("model/sim_specs")
    if specs is None:
        message = "the file has no <sim_specs>; add it under <xmile>"
        raise model_error(path, [Fault(root.sourceline, None, message)])
    faults = [
        Fault(specs.sourceline, None, f"the file has no <{tag}>; add it under <sim_specs>")
        for tag in ("start", "stop")
        if not (specs.findtext(tag) or "").strip()
    ]
    if faults:
        raise model_error(path, faults)
    values, entries = {}, []
    for tag, name in _CONTROLS.items():
        node = specs.find(tag)
        value = ("" if node is None else (node.text or "").strip()) or "1"
        if node is not None and node.get("reciprocal", "").strip().lower() == "true":
            value = f"1/({value})"
        values[name] = value
        line = specs.sourceline if node is None else node.sourceline
        entries.append(Entry(name, line or 1, name, value))
    method, notes = _method(path, specs)
    if specs.get("instantaneous_flows", "false").strip().lower() == "true":
        notes += (f"{path.name}:{specs.sourceline}: instantaneous flows are run like all others, one step at a time",)
    return Settings(values, tuple(entries), specs.get("time_units", ""), method, _save_step(path, specs), notes)


def _method(path: Path, specs: etree._Element) -> tuple[Method, tuple[str, ...]]:
    """Return the method, and what to say of it: one that chooses its own steps is replaced."""
    words = [word.strip().lower() for word in specs.get("method", "euler").split(",") if word.strip()] or ["euler"]
    # a file may list methods in order of preference
    known = next((word for word in words if word in _METHODS), None)
    if known is None:
        raise ModelError(
            f"integration method {words[0]!r} is unknown; use one of {', '.join(_METHODS)}",
            path=path,
            line=specs.sourceline,
        )
    method = _METHODS[known]
    if method == known:
        return method, ()
    return method, (
        f"{path.name}:{specs.sourceline}: the method {known} is run as {method}, with the steps of the file",
    )


def _save_step(path: Path, specs: etree._Element) -> float | None:
    for key in ("save_interval", "save_step"):
        value = specs.get(key)
        if value is not None:
            try:
                return number(value)
            except ValueError as error:
                raise ModelError(f"the save interval: {error}", path=path, line=specs.sourceline) from error
    return None
