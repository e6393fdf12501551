"""A system as one JavaScript expression, and the script that runs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files

from rcsd.simulation.engine.javascript.expressions import Writer
from rcsd.simulation.engine.javascript.numbers import number, numbers, text
from rcsd.simulation.engine.plan.phases import delay_of, entering_of, next_of, phases_of, rate_of
from rcsd.simulation.engine.tables import flat_tables
from rcsd.simulation.ir.family import Family, Unit
from rcsd.simulation.ir.system import HALF_UP, System

_EQUATIONS = 60
"""Equations of a function: engines compile none that is much longer."""


def runtime_script() -> str:
    """Return the script that `model_script` needs once a page: it defines ``rcsdRuntime``."""
    return files(__package__).joinpath("runtime.js").read_text(encoding="utf-8")


def model_script(system: System) -> str:
    """Write a system as a JavaScript expression, whose value is given to ``rcsdRuntime.model``.

    Parameters
    ----------
    system : System
        To be run.

    Returns
    -------
    str
        A function of the runtime that returns what the model is. Text of the model file stands in it as strings, in
        which nothing can end a script of a page.

    Raises
    ------
    NotImplementedError
        When a function of the model has no translation.
    """
    phases = phases_of(system)
    slots = _slots(system, phases)
    writer = Writer(slots, system.fixed, {name: i for i, name in enumerate(system.tables)})
    blocks = {phase: _blocks(units, writer) for phase, units in phases.items()}
    flat, places = flat_tables(list(system.tables.values()))
    axis = system.time
    parts = {
        "name": text(system.name),
        "start": number(axis.start),
        "stop": number(axis.stop),
        "step": number(axis.step),
        "saveStep": number(axis.save_step),
        "method": text(axis.method),
        "halfUp": number(HALF_UP),
        "size": str(len(slots)),
        "constants": "[" + ",".join(f"[{text(n)},{slots[n]},{number(x)}]" for n, x in system.constants.items()) + "]",
        "outputs": "[" + ",".join(_output(name, system, slots) for name in system.outputs) + "]",
        "stocks": _places((stock.name for stock in system.stocks), slots),
        "rates": _places((rate_of(stock.name) for stock in system.stocks), slots),
        "cut": _places((stock.name for stock in system.stocks if stock.non_negative), slots),
        "memories": _places((memory.name for memory in system.memories), slots),
        "following": _places((next_of(memory.name) for memory in system.memories), slots),
        "pipes": _places((pipe.name for pipe in system.pipes), slots),
        "entering": _places((entering_of(pipe.name) for pipe in system.pipes), slots),
        "delays": _places((delay_of(pipe.name) for pipe in system.pipes), slots),
        "tables": "[" + ",".join(map(text, system.tables)) + "]",
        "kinds": text([(each.between, each.beyond) for each in system.tables.values()]),
        "flat": numbers(flat),
        "places": numbers(places),
        "phases": "{" + ",".join(f"{phase}:[{','.join(functions)}]" for phase, functions in blocks.items()) + "}",
    }
    columns = "".join(f"const q{i}={column};\n" for i, column in enumerate(writer.columns))
    functions = "\n".join(writer.functions.values())
    body = ",\n".join(f"{key}:{value}" for key, value in parts.items())
    return f"(function (R) {{\n{functions}\n{columns}return {{\n{body}\n}};\n}})"


def _output(name: str, system: System, slots: dict[str, int]) -> str:
    """Write where an output stands, or what it is for good."""
    fixed = system.fixed.get(name)
    return f"[{text(name)},{slots[name] if fixed is None else -1},{number(0.0 if fixed is None else fixed)}]"


def _slots(system: System, phases: dict[str, list[Unit]]) -> dict[str, int]:
    """Give every name a place."""
    names = [*system.constants, *(stock.name for stock in system.stocks), *(each.name for each in system.memories)]
    names += [each.name for each in system.pipes]
    for units in phases.values():
        for unit in units:
            names += unit.names if isinstance(unit, Family) else (unit.name,)
    return {name: slot for slot, name in enumerate(dict.fromkeys(names))}


def _places(names: Iterable[str], slots: dict[str, int]) -> str:
    return "[" + ",".join(str(slots[name]) for name in names) + "]"


def _blocks(units: Sequence[Unit], writer: Writer) -> list[str]:
    """Write functions of some equations each."""
    return [
        f"function (v, c) {{\n{''.join(_lines(units[i : i + _EQUATIONS], writer))}}}"
        for i in range(0, len(units), _EQUATIONS)
    ]


def _lines(units: Sequence[Unit], writer: Writer) -> Iterator[str]:
    for unit in units:
        if isinstance(unit, Family):
            target = ",".join(str(writer.slots[name]) for name in unit.names)
            value = writer.of_family(unit.expression, unit.columns)
            yield f"R.each(Int32Array.of({target}),(at,i)=>{{v[at]={value};}});\n"
        else:
            yield f"v[{writer.slots[unit.name]}]={writer.value(unit.expression)};\n"
