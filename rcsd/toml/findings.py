"""What a schema finds wrong with a file, in sentences with a remedy, and each cause once."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from rcsd.names import near_matches
from rcsd.toml.lines import Keys

_INCOMPLETE = {"missing", "value_error"}
"""Findings that a table has when its name is new by mistake."""

_ROOT = "input should be "


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause.

    Attributes
    ----------
    keys
        Where.
    kind
        pydantic's word for it.
    message
        What is wrong, the rule and the remedy.
    """

    keys: Keys
    kind: str
    message: str

    @property
    def incomplete(self) -> bool:
        """Whether a table lacks something."""
        return self.kind in _INCOMPLETE


@dataclass(frozen=True, slots=True)
class _Detail:
    """A finding of pydantic: `union` is the place of the outermost union around it, `member` the type tried there."""

    keys: Keys
    union: Keys | None
    member: str
    kind: str
    message: str
    found: object


def findings(error: ValidationError, schema: type[BaseModel]) -> tuple[Finding, ...]:
    """Put what pydantic has found into words.

    A value that none of several types fits is one finding and not one a type; a misspelt key is one and not also the
    lack of the key that it means.
    """
    details: list[_Detail] = []
    unions: dict[Keys, list[_Detail]] = {}
    for raw in error.errors():
        loc = tuple(str(part) for part in raw["loc"] if part != "[key]")
        keys, union, member = _place(loc, schema)
        detail = _Detail(keys, union, member, raw["type"], raw["msg"], raw["input"])
        if union is None:
            details.append(detail)
        else:
            if union not in unions:
                details.append(detail)  # keeps the place in the order
            unions.setdefault(union, []).append(detail)
    said: list[Finding] = []
    for detail in details:
        if detail.union is None:
            said.append(_finding(detail, schema))
        else:
            said += _of_union(detail.union, unions[detail.union], schema)
    return _without_misspelt(said, schema)


def _of_union(place: Keys, tried: Sequence[_Detail], schema: type[BaseModel]) -> list[Finding]:
    """Say what is wrong with a value that may be of several types: by the type whose shape it has, if any."""
    by_member: dict[str, list[_Detail]] = {}
    for detail in tried:
        by_member.setdefault(detail.member, []).append(detail)
    shaped = [each for each in by_member.values() if all(len(detail.keys) > len(place) for detail in each)]
    if shaped:
        return [_finding(detail, schema) for detail in min(shaped, key=len)]
    if len(by_member) == 1:
        return [_finding(detail, schema) for detail in tried]
    rules = dict.fromkeys(_lower(detail.message).removeprefix(_ROOT) for detail in tried)
    return [Finding(place, "union", f"{_ROOT}{' or '.join(rules)}, found {tried[0].found!r}")]


def _without_misspelt(said: Sequence[Finding], schema: type[BaseModel]) -> tuple[Finding, ...]:
    """Leave out the lack of a key where another one of its table is a misspelling of it."""
    meant = {
        (*each.keys[:-1], lacking.keys[-1])
        for each in said
        if each.kind == "extra_forbidden"
        for lacking in said
        if lacking.kind == "missing"
        and lacking.keys[:-1] == each.keys[:-1]
        and f"{lacking.keys[-1]!r}" in near_matches(each.keys[-1], known_keys(each.keys[:-1], schema))
    }
    return tuple(each for each in said if each.kind != "missing" or each.keys not in meant)


def _finding(detail: _Detail, schema: type[BaseModel]) -> Finding:
    return Finding(detail.keys, detail.kind, _explain(detail, schema))


def _explain(detail: _Detail, schema: type[BaseModel]) -> str:
    """Turn one of the schema's findings into a sentence with a remedy."""
    if detail.kind == "extra_forbidden":
        if gone := _gone(detail.keys, schema):
            return gone
        known = known_keys(detail.keys[:-1], schema)
        hint = near_matches(detail.keys[-1], known) or f"known keys are {', '.join(known)}"
        return f"there is no such key; {hint}"
    if detail.kind == "missing":
        return "is required: add it"
    message = detail.message.removeprefix("Value error, ")  # a rule of the schema's own, which says what it found
    if detail.kind == "value_error" or isinstance(detail.found, Mapping):
        return message
    return f"{_lower(message)}, found {detail.found!r}"


def _lower(message: str) -> str:
    return f"{message[:1].lower()}{message[1:]}"


def _gone(keys: Keys, schema: type[BaseModel]) -> str:
    """Say what to do about a key that was known once; empty for one that never was.

    A table says so in `GONE`, by key.
    """
    tables = (getattr(node, "GONE", {}) for node in _nodes(keys[:-1], schema))
    return next((table[keys[-1]] for table in tables if keys[-1] in table), "")


def known_keys(keys: Keys, schema: type[BaseModel]) -> tuple[str, ...]:
    """Keys that may stand in the table of this name; empty for one where any name may."""
    tables = (node for node in _nodes(keys, schema) if _is_table(node))
    return tuple(dict.fromkeys(info.alias or name for node in tables for name, info in node.model_fields.items()))


def _nodes(keys: Keys, schema: type[BaseModel]) -> list[Any]:
    """Types of what may stand under these keys."""
    nodes: list[Any] = [schema]
    for key in keys:
        nodes = [member for node in nodes for member in _members(_below(node, key))]
    return nodes


def _place(loc: Keys, schema: type[BaseModel]) -> tuple[Keys, Keys | None, str]:
    """Part a place of pydantic into keys of the file, the outermost union on the way, and the type tried there.

    Where several types may stand, the part that follows names the type and no key.
    """
    nodes: list[Any] = [schema]
    keys: list[str] = []
    union, tried = None, ""
    for part in loc:
        if len(nodes) > 1:
            union, tried = (tuple(keys), part) if union is None else (union, tried)
            nodes = [node for node in nodes if getattr(node, "__name__", "") == part][:1] or [Any]
        else:
            keys.append(part)
            nodes = _members(_below(nodes[0], part))
    return tuple(keys), union, tried


def _below(node: Any, key: str) -> Any:
    """Type of what stands under a key of a table, or at a place of an array."""
    if _is_table(node):
        return {info.alias or name: info.annotation for name, info in node.model_fields.items()}.get(key, Any)
    inner = get_args(node)
    if get_origin(node) is dict:
        return inner[1]
    if get_origin(node) is list:
        return inner[0]
    return Any


def _members(annotation: Any) -> list[Any]:
    """Types of which a value may be, None left out: TOML has no such value."""
    if get_origin(annotation) is Annotated:
        return _members(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType}:
        return [member for part in get_args(annotation) for member in _members(part)]
    return [] if annotation is type(None) else [annotation]


def _is_table(node: Any) -> bool:
    return isinstance(node, type) and issubclass(node, BaseModel)
