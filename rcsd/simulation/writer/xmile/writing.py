"""A `Script` of a Vensim file -> the text of an XMILE file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rcsd.names import canonical
from rcsd.simulation.functions import FUNCTIONS
from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.expression import Call, Expression, Name, with_children
from rcsd.simulation.ir.file.script import MACRO, MacroScript, Script
from rcsd.simulation.ir.model import Model
from rcsd.simulation.reader.script.extras import Extras
from rcsd.simulation.reader.source import Fault
from rcsd.simulation.writer.faults import Findings
from rcsd.simulation.writer.names import RESERVED, bare
from rcsd.simulation.writer.xmile.assembling import Assembly
from rcsd.simulation.writer.xmile.file import file_text, members_of
from rcsd.simulation.writer.xmile.parts import Part
from rcsd.simulation.writer.xmile.variables import variable
from rcsd.simulation.writer.xmile.xml import Node, node


def xmile_text(script: Script, extras: Extras, findings: Findings, views: Iterable[Node] = ()) -> str:
    """Write an XMILE file.

    Parameters
    ----------
    script : Script
        Of a Vensim file.
    extras : Extras
        Its groups and units.
    findings : Findings
        Gets what is said otherwise.
    views : iterable of Node
        Its sheets, written.

    Raises
    ------
    ModelError
        With everything that XMILE cannot say, by variable and line.
    """
    script = _with_macros_renamed(script, findings)
    model = script.model
    if model.clock:
        listed = ", ".join(repr(name) for name in model.clock)
        findings.note(f"the settings of time are numbers now; the file works them out from {listed}")
    for name in script.files:
        findings.note(f"{name!r} is read from a data file there; its values are in the model now")
    findings.faults += _clashes(model)
    assembly = Assembly(script, findings)
    parts = assembly.parts()
    macros = [_macro(macro, script, findings) for macro in script.macros]
    findings.require_none(model.path)
    used = {canonical(dimension) for own in assembly.arrays.dimensions.values() for dimension in own}
    dimensions = {**members_of(model.ranges, used), **assembly.arrays.made}
    return file_text(model.name, model.time, dimensions, macros, parts, extras, views)


def _clashes(model: Model) -> Iterator[Fault]:
    """Find variables that bear a name which XMILE has for itself: an equation could not tell one from the other."""
    for each in model:
        if canonical(each.name) in RESERVED:
            message = f"has the name of XMILE's own {canonical(each.name).upper()}; rename the variable"
            yield Fault(each.line, each.name, message)


def _with_macros_renamed(script: Script, findings: Findings) -> Script:
    """Give macros that bear the name of a function of XMILE another."""
    names = {
        f"{MACRO}{macro.name}": f"{MACRO}{bare(macro.name)} macro"
        for macro in script.macros
        if FUNCTIONS.written("xmile", macro.name)
    }
    if not names:
        return script

    def called(expression: Expression) -> Expression:
        inside = with_children(expression, called)
        return (
            replace(inside, function=names.get(inside.function, inside.function))
            if isinstance(inside, Call)
            else inside
        )

    def changed(definition: Definition) -> Definition:
        content = definition.content
        return replace(definition, content=called(content)) if isinstance(content, Expression) else definition

    macros = []
    for macro in script.macros:
        name = names.get(f"{MACRO}{macro.name}", f"{MACRO}{macro.name}").removeprefix(MACRO)
        if name != macro.name:
            findings.note(f"the macro {macro.name!r} is {name!r} now, since XMILE has a function of its name")
        own = tuple(changed(_renamed(each, macro.name, name)) for each in macro.definitions)
        macros.append(replace(macro, name=name, definitions=own))
    return replace(script, definitions=tuple(map(changed, script.definitions)), macros=tuple(macros))


def _macro(macro: MacroScript, script: Script, findings: Findings) -> Node:
    """Write a macro: its value is an equation of its own, the other variables follow."""
    inside = Script(replace(script.model, variables=macro.variables), macro.definitions)
    parts = Assembly(inside, findings).parts()
    form = canonical(macro.name)
    value = next((part for part in parts if canonical(part.name) == form), None)
    if value is None or value.tag == "stock" or not value.equations or value.equations[0].table is not None:
        name = f"{bare(macro.name)} value"
        renamed = tuple(_renamed(definition, macro.name, name) for definition in macro.definitions)
        parts = Assembly(replace(inside, definitions=renamed), findings).parts()
        return _with(macro, name.replace(" ", "_"), parts)
    return _with(macro, value.equations[0].text, [part for part in parts if part is not value])


def _with(macro: MacroScript, equation: str, parts: list[Part]) -> Node:
    return node(
        "macro",
        *(node("parm", bare(parameter)) for parameter in macro.parameters),
        node("eqn", equation),
        node("variables", *map(variable, parts)) if parts else None,
        name=bare(macro.name),
    )


def _renamed(definition: Definition, old: str, new: str) -> Definition:
    def named(expression: Expression) -> Expression:
        if isinstance(expression, Name) and canonical(expression.name) == canonical(old):
            return Name(new, expression.subscripts)
        return with_children(expression, named)

    content = definition.content
    own = new if canonical(definition.name) == canonical(old) else definition.name
    changed = named(content) if isinstance(content, Expression) else content
    return Definition(own, definition.subscripts, definition.exceptions, changed, definition.line)
