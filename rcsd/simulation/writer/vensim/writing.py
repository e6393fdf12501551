"""A `Script` of an XMILE file -> the text of an .mdl file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rcsd.names import canonical
from rcsd.simulation.ir import CONTROLS
from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.expression import Expression, Name, Time, with_children
from rcsd.simulation.ir.file.script import OUTSIDE, MacroScript, Script
from rcsd.simulation.ir.model import Model
from rcsd.simulation.reader.script.extras import Extras
from rcsd.simulation.reader.source import Fault
from rcsd.simulation.writer.faults import Findings
from rcsd.simulation.writer.names import bare, spelt
from rcsd.simulation.writer.vensim.assembling import Assembly
from rcsd.simulation.writer.vensim.file import blocks, equations_text, settings_text


def vensim_text(script: Script, extras: Extras, findings: Findings, sketch: str = "") -> str:
    """Write an .mdl file.

    Parameters
    ----------
    script : Script
        Of an XMILE file.
    extras : Extras
        Its groups and units.
    findings : Findings
        Gets what is said otherwise.
    sketch : str
        Its sheets, written.

    Raises
    ------
    ModelError
        With everything that Vensim cannot say, by variable and line.
    """
    model = script.model
    if model.clock:
        listed = ", ".join(repr(name) for name in model.clock)
        findings.note(f"the settings of time are numbers now; the file works them out from {listed}")
    for unit in model.unit_names:
        if unit.equation:
            findings.note(f"the unit {unit.names[0]!r} is one of its own now, no longer {unit.equation!r}")
    findings.faults += _clashes(model)
    definitions = Assembly(script, findings).definitions()
    macros = [_macro(macro, script, findings) for macro in script.macros]
    equations = equations_text(model, definitions, extras, findings, macros)
    findings.require_none(model.path)
    return f"{equations}\n{sketch}{settings_text(model.time, extras)}"


def _clashes(model: Model) -> Iterator[Fault]:
    """Find elements and dimensions that bear the name of a variable: Vensim has one list of names."""
    ranges = model.ranges
    for name in ranges.elements:
        for each in (name, *ranges.members(name)):
            variable = model.get(each)
            if variable is not None:
                what = "dimension" if each == name else f"element of {name!r}"
                message = f"has the name of a {what}, which Vensim takes for one and the same; rename one of them"
                yield Fault(variable.line, variable.name, message)


def _macro(macro: MacroScript, script: Script, findings: Findings) -> str:
    inside = Script(replace(script.model, variables=macro.variables), macro.definitions)
    parameters = ",".join(spelt(parameter, "vensim") for parameter in macro.parameters)
    lines = [f":MACRO: {bare(macro.name)}({parameters})\n"]
    form = canonical(macro.name)
    definitions = Assembly(inside, findings).definitions()
    for definition in sorted(definitions, key=lambda each: canonical(each.name) != form):  # its value first
        with findings.at(definition):
            own = _with_outside(definition)
            lines += blocks(inside.model, own, findings)
    return "\n".join([*lines, ":END OF MACRO:\n"])


def _with_outside(definition: Definition) -> Definition:
    """Mark the time and its settings as those of the model."""

    def marked(expression: Expression) -> Expression:
        if isinstance(expression, Time):
            return Name(f"Time{OUTSIDE}")
        if isinstance(expression, Name) and canonical(expression.name) in CONTROLS:
            return Name(f"{expression.name.upper()}{OUTSIDE}")
        return with_children(expression, marked)

    content = definition.content
    changed = marked(content) if isinstance(content, Expression) else content
    return Definition(definition.name, definition.subscripts, definition.exceptions, changed, definition.line)
