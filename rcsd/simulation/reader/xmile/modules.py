"""The models of a file put together: every module becomes variables named ``Module.variable``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from rcsd.names import canonical
from rcsd.simulation.ir import CONTROLS
from rcsd.simulation.reader.source import Fault
from rcsd.simulation.reader.xmile.parts import TAGS, Part, PartReader, Piece, is_non_negative, named

_DEEPEST, _MOST_MODULES = 50, 2000


@dataclass(frozen=True, slots=True)
class _Connection:
    """Where a module takes a value from, as the file writes it."""

    inside: str
    module: str
    to: str
    source: str
    line: int


@dataclass(slots=True)
class Assembly:
    """Puts the models of a file together.

    Attributes
    ----------
    path : Path
        The user's file.
    root : element
        Its tree.
    reader : PartReader
        Reads variables, and gathers faults.
    notes : list of str
        What is left out.
    """

    path: Path
    root: etree._Element
    reader: PartReader
    notes: list[str] = field(default_factory=list)
    _parts: dict[str, Part] = field(default_factory=dict)
    _connections: list[_Connection] = field(default_factory=list)
    _used: set[str] = field(default_factory=set)
    _instances: int = 0

    def parts(self) -> list[Part]:
        """Return all variables, in the order of the file and module by module."""
        models = self.root.findall("model")
        main = self._main(models)
        if main is None:
            return []
        self._add(main, "", ())
        for model in models:
            if model is not main and canonical(named(model)) not in self._used:
                self.notes.append(
                    f"{self.path.name}:{model.sourceline}: the model {named(model)!r} is left out: "
                    "no module of the main model uses it"
                )
        for connection in self._connections:
            self._connect(connection)
        return list(self._parts.values())

    def _main(self, models: list[etree._Element]) -> etree._Element | None:
        """Return the main model: the one without a name, else the first that is no module of another."""
        used = {canonical(_model_name(module)) for model in models for module in model.iterfind(".//module")}
        unnamed = [model for model in models if not named(model)]
        free = [model for model in models if canonical(named(model)) not in used]
        return next(iter([*unnamed, *free, *models]), None)

    def _fault(self, line: int | None, variable: str | None, message: str) -> None:
        self.reader.faults.append(Fault(line, variable, message))

    def _add(self, model: etree._Element, scope: str, above: tuple[etree._Element, ...]) -> None:
        if model in above or len(above) > _DEEPEST:
            self._fault(model.sourceline, None, f"the model {named(model)!r} is a module of itself")
            return
        defaults = self._defaults(model)
        for node in _variables(model):
            if not named(node):
                self._fault(node.sourceline, None, f"a <{node.tag}> has no name attribute")
            elif node.tag == "module":
                self._module(node, scope, (*above, model))
            elif node.tag == "stock" or canonical(named(node)) not in CONTROLS:
                self._variable(node, scope, defaults)

    def _variable(self, node: etree._Element, scope: str, defaults: dict[str, bool]) -> None:
        part = self.reader.read(node, scope, defaults.get(node.tag, False))
        before = self._parts.get(canonical(part.name))
        if before is not None:
            self._fault(part.line, part.name, f"is defined in lines {before.line}, {part.line}; keep one")
        self._parts[canonical(part.name)] = part

    def _defaults(self, model: etree._Element) -> dict[str, bool]:
        """Return for which kinds of variable <behavior> makes non-negative the rule; a model's own goes first."""
        rule = {"stock": False, "flow": False}
        for behavior in (*self.root.iterfind("behavior"), *model.iterfind("behavior")):
            rule = {kind: is_non_negative(behavior, rule[kind]) for kind in rule}
            rule |= {kind: is_non_negative(own, rule[kind]) for kind in rule for own in behavior.iterfind(kind)}
        return rule

    def _module(self, node: etree._Element, scope: str, above: tuple[etree._Element, ...]) -> None:
        name = f"{scope}.{named(node)}" if scope else named(node)
        wanted = {canonical(each) for each in (_model_name(node), named(node), name)}
        models = [m for m in self.root.iterfind("model") if named(m) and canonical(named(m)) in wanted]
        if not models:
            other = node.get("resource")
            remedy = f"it lies in {other!r}: put it into this file" if other else "add it as <model name=...>"
            self._fault(node.sourceline, name, f"is a module without a model; {remedy}")
            return
        first = min(models, key=lambda m: canonical(named(m)) != canonical(_model_name(node)))
        self._instances += 1
        if self._instances > _MOST_MODULES:
            if self._instances == _MOST_MODULES + 1:
                self._fault(node.sourceline, name, f"is one of more than {_MOST_MODULES} modules; use fewer")
            return
        self._used.add(canonical(named(first)))
        for connect in node.iterfind("connect"):
            to, source = connect.get("to", ""), connect.get("from", "")
            self._connections.append(_Connection(scope, named(node), to, source, connect.sourceline or 1))
        self._add(first, name, above)

    def _connect(self, connection: _Connection) -> None:
        """Let a variable of one module be that of another."""
        target = self._end(connection, connection.to, inside_first=True)
        source = self._end(connection, connection.source, inside_first=False)
        if target is None or source is None:
            wrong = connection.to if target is None else connection.source
            message = f"connects {connection.to!r} from {connection.source!r}, but there is no variable {wrong!r}"
            self._fault(connection.line, connection.module, message)
            return
        if target is source:
            return
        dimensions = target.dimensions or source.dimensions
        piece = Piece(dimensions, f'."{source.name}"')
        kind = target.kind if target.kind == "flow" else "aux"
        self._parts[canonical(target.name)] = replace(
            target,
            kind=kind,
            dimensions=dimensions,
            pieces=(piece,),
            inflows=(),
            outflows=(),
            non_negative=False,
            same_as=source.name,
        )

    def _end(self, connection: _Connection, written: str, *, inside_first: bool) -> Part | None:
        """Find one end of a connection.

        A leading dot means the model that the module lies in; a bare name may lie there or in the module itself.
        """
        name = written.strip()
        outer, inner = connection.inside, ".".join(filter(None, (connection.inside, connection.module)))
        if name.startswith("."):
            tries = [_joined(outer, name[1:]), name[1:]]
        elif _is_path(name):
            tries = [_joined(outer, name), name, _joined(inner, name)]
        else:
            tries = [_joined(outer, name), _joined(inner, name)]
            if inside_first:
                tries.reverse()
        forms = (canonical(_unquoted(each)) for each in tries)
        return next((self._parts[form] for form in forms if form in self._parts), None)


def _variables(model: etree._Element) -> Iterator[etree._Element]:
    """Yield the variables and modules of a model; old files have them directly under it, or within groups."""
    places = model.findall("variables") or [model]
    while places:
        place = places.pop(0)
        for node in place:
            if node.tag in (*TAGS, "module"):
                yield node
            elif node.tag == "group":
                places.append(node)


def _model_name(module: etree._Element) -> str:
    """Return which model a module is an instance of: by an attribute of its own, else the model of its name."""
    given = module.get("model_name") or module.get("model") or module.get("resource", "").lstrip("#")
    return given if given and "/" not in given and not given.startswith("file:") else named(module)


def _joined(scope: str, name: str) -> str:
    return f"{scope}.{name}" if scope else name


def _is_path(name: str) -> bool:
    """Whether a dot outside quotation marks joins two names."""
    return "." in "".join(name.split('"')[::2])


def _unquoted(name: str) -> str:
    return name.replace('"', "")
