"""A whole .mdl file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rcsd.names import canonical
from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.model import Model, TimeAxis, Variable
from rcsd.simulation.ir.ranges import Mapped, Ranges
from rcsd.simulation.reader.script.extras import Extras
from rcsd.simulation.writer.faults import Findings
from rcsd.simulation.writer.names import bare, number, spelt
from rcsd.simulation.writer.vensim.equations import block, lines_of, range_head

_STARS = "*" * 56
_METHODS = {"euler": 0, "rk2": 4, "rk4": 5}
"""The codes of Vensim's settings for methods of fixed steps."""
_SIGNS = {"|": "/", "~": "-"}
"""What would end a unit, a documentation or the name of a group, and what is written instead."""


def equations_text(
    model: Model, definitions: Iterable[Definition], extras: Extras, findings: Findings, macros: Iterable[str] = ()
) -> str:
    """Write the equations of a file: ranges, groups of variables, the settings of time.

    Parameters
    ----------
    model : Model
        For units, documentation, ranges and time.
    definitions : iterable of Definition
        In Vensim's words, in order.
    extras : Extras
        For the groups.
    findings : Findings
        Gets what Vensim cannot say.
    macros : iterable of str
        Written.
    """
    written: dict[str, list[str]] = {}
    for definition in definitions:
        own = written.setdefault(canonical(definition.name), [])
        own += blocks(model, definition, findings, is_first=not own)
    groups = {canonical(name): group.name for group in extras.groups for name in group.members}
    order: dict[str, list[str]] = {}
    here = ""
    for form, own in written.items():
        if model.get(form) is not None:  # what another variable needs stands in the group of that
            here = groups.get(form, "")
        order.setdefault(here, []).extend(own)
    parts = ["{UTF-8}\n", *macros, *_ranges(model.ranges)]
    parts += order.pop("", [])
    for name in [group.name for group in extras.groups if group.name in order]:
        shown = _without_signs(name, f"the name of the group {name!r}", findings)
        parts += [_heading(shown, "Sector"), *order[name]]
    parts += [_heading("Control", "Simulation Control Parameters"), *_controls(model.time, findings)]
    return "\n".join(parts)


def settings_text(axis: TimeAxis, extras: Extras) -> str:
    """Write what follows the sketch: the method of integration, and words for one unit."""
    lines = [f"22:{','.join(map(bare, words))}" for words in extras.equivalences]
    lines.append(f"15:0,0,0,{_METHODS[axis.method]},0,0")
    return "///---\\\\\\\n:L\x7f<%^E!@\n" + "".join(f"{line}\n" for line in lines)


def blocks(model: Model, definition: Definition, findings: Findings, *, is_first: bool = True) -> Iterator[str]:
    """Write a definition; the first equation of a variable bears its unit and documentation."""
    variable = model.get(definition.name)
    with findings.at(definition):
        heads = list(lines_of(definition, model.ranges))
        about = _about(variable, findings) if is_first else ("", "")
        for head in heads:
            yield block(head, *about)
            about = ("", "")


def _about(variable: Variable | None, findings: Findings) -> tuple[str, str]:
    if variable is None:
        return "", ""
    what = f"the unit or documentation of {variable.name!r}"
    unit = _without_signs(variable.unit, what, findings)
    least, greatest = variable.limits
    if least is not None or greatest is not None:
        ends = ",".join("?" if each is None else number(each, "vensim") for each in (least, greatest))
        unit = f"{unit} [{ends}]".strip()
    return unit, _without_signs(variable.documentation, what, findings)


def _without_signs(text: str, what: str, findings: Findings) -> str:
    for sign, instead in _SIGNS.items():
        if sign in text:
            findings.note(f"{sign!r} in {what} is written {instead!r}: Vensim ends it there")
            text = text.replace(sign, instead)
    return text


def _ranges(ranges: Ranges) -> Iterator[str]:
    """Write the ranges; other names of one follow it."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for name in ranges.elements:
        alike.setdefault(tuple(map(canonical, ranges.members(name))), []).append(name)
    for first, *others in alike.values():
        mapped = ", ".join(map(_mapped, ranges.mappings.get(first, ())))
        yield block(range_head(first, ranges.members(first), f" -> {mapped}" if mapped else ""), "", "")
        for name in sorted(others, key=canonical):
            yield block(f"{spelt(name, 'vensim')}\n\t<-> {spelt(first, 'vensim')}", "", "")


def _mapped(mapped: Mapped) -> str:
    target = spelt(mapped.target, "vensim")
    if not mapped.elements:
        return target
    return f"({target}: {', '.join(spelt(element, 'vensim') for element in mapped.elements)})"


def _heading(name: str, documentation: str) -> str:
    return f"{_STARS}\n\t.{name}\n{_STARS}~\n\t\t{documentation}\n\t|\n"


def _controls(axis: TimeAxis, findings: Findings) -> Iterator[str]:
    save = "TIME STEP" if axis.save_step == axis.step else number(axis.save_step, "vensim")
    settings: Mapping[str, tuple[str, str]] = {
        "FINAL TIME": (number(axis.stop, "vensim"), "The final time for the simulation."),
        "INITIAL TIME": (number(axis.start, "vensim"), "The initial time for the simulation."),
        "SAVEPER": (save, "The frequency with which output is stored."),
        "TIME STEP": (number(axis.step, "vensim"), "The time step for the simulation."),
    }
    unit = _without_signs(bare(axis.unit), "the unit of time", findings)
    for name, (value, documentation) in settings.items():
        yield block(f"{name}  = {value}", unit, documentation)
