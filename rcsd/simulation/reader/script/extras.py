"""What a model file holds beside its equations: groups of variables, and words that mean one unit."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rcsd.names import canonical
from rcsd.simulation.ir.model import Model
from rcsd.simulation.reader.source import decoded, read_bytes
from rcsd.simulation.reader.vensim.scan import Lines, definition_end, equation_end, unit_end
from rcsd.simulation.reader.xmile.document import document
from rcsd.simulation.reader.xmile.parts import named

_HEADING = re.compile(
    r"^\*{4,}[ \t]*\n?[ \t]*\.?(?P<name>[^\n*~|]*[^\s*~|])[ \t]*\n?[ \t]*\*{4,}[ \t]*\n?[ \t]*~", re.M
)
_BRACE = re.compile(r'"(?:\\.|[^"\\\n])*"|\{')
_HEADER = re.compile(r"\s*\{[^}]*\}")
_CONTROL = "control"


@dataclass(frozen=True, slots=True)
class Group:
    """Variables that a file keeps together.

    Attributes
    ----------
    name : str
        Of the group.
    members : tuple of str
        Names of its variables, in order.
    """

    name: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extras:
    """What a file holds beside its equations.

    Attributes
    ----------
    groups : tuple of Group
        In the order of the file; that of the settings of time is left out.
    equivalences : tuple of tuple of str
        Words that mean one unit, the first of them its name.
    comments : tuple of int
        Lines with comments within equations, in braces.
    """

    groups: tuple[Group, ...] = ()
    equivalences: tuple[tuple[str, ...], ...] = ()
    comments: tuple[int, ...] = ()


def extras_of(model: Model) -> Extras:
    """Read what the file of a model holds beside its equations.

    Raises
    ------
    ModelError
        When it cannot be read any more.
    """
    text = decoded(model.path, read_bytes(model.path))
    return _of_vensim(model, text) if model.format == "vensim" else _of_xmile(model, model.path, text)


def _of_vensim(model: Model, text: str) -> Extras:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = Lines(text)
    headings = [(lines.of(found.start()), " ".join(found["name"].split())) for found in _HEADING.finditer(text)]
    starts = [line for line, _ in headings]
    members: dict[str, list[str]] = {}
    for variable in model:
        at = bisect_right(starts, variable.line or 0) - 1
        if at >= 0 and canonical(headings[at][1]) != _CONTROL:
            members.setdefault(headings[at][1], []).append(variable.name)
    return Extras(_groups(members.items()), _equivalences(model), _comments(text, lines))


def _comments(text: str, lines: Lines) -> tuple[int, ...]:
    """Return the lines of comments outside documentation; the first of a file says how its letters are encoded."""
    sketch = text.find("\\\\\\---///")
    equations = text if sketch < 0 else text[:sketch]
    header = _HEADER.match(equations)
    position = header.end() if header else 0
    found: dict[int, None] = {}
    while position < len(equations):
        end = equation_end(equations, position)
        for piece in _BRACE.finditer(equations, position, end):
            if piece[0] == "{":
                found[lines.of(piece.start())] = None
        position = definition_end(equations, unit_end(equations, end + 1)) + 1
    return tuple(found)


def _of_xmile(model: Model, path: Path, text: str) -> Extras:
    root, _ = document(path, text)
    groups = []
    for group in root.iterfind(".//group"):
        found = (model.get(named(entity)) for entity in group.iterfind("entity"))
        groups.append((named(group), [variable.name for variable in found if variable is not None]))
    equations = (node for tag in ("eqn", "init_eqn") for node in root.iter(tag))
    commented = {node.sourceline or 0 for node in equations if "{" in (node.text or "")}
    return Extras(_groups(groups), _equivalences(model), tuple(sorted(commented)))


def _groups(members: Iterable[tuple[str, list[str]]]) -> tuple[Group, ...]:
    return tuple(Group(name, tuple(own)) for name, own in members if own and name)


def _equivalences(model: Model) -> tuple[tuple[str, ...], ...]:
    return tuple(each.names for each in model.unit_names if len(each.names) > 1)
