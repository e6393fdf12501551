"""The faults of a study file, gathered so that all are reported at once."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from rcsd.errors import StudyError
from rcsd.names import near_matches
from rcsd.study.file.schema import StudyFile
from rcsd.toml.source import Keys, TomlSource, dotted

_INCOMPLETE = {"missing", "value_error"}
"""Findings of the schema that a table has when its name is new by mistake."""

_NAMED_TABLE = 2
"""Keys to a table that the study names itself, as in series.population."""


Content = TypeVar("Content", bound=BaseModel)


class Faults:
    """Collects faults of one file, a study unless a schema and a word say otherwise, and raises them together."""

    def __init__(self, source: TomlSource, schema: type[BaseModel] = StudyFile, what: str = "study") -> None:
        self._source = source
        self._schema = schema
        self._what = what
        self._found: list[tuple[Keys, str]] = []

    def add(self, keys: Keys, message: str) -> None:
        """Note a fault at a key; the message says what, the rule and the remedy."""
        self._found.append((keys, message))

    def add_invalid(self, error: ValidationError) -> None:
        """Note every fault that the schema found."""
        for detail in error.errors():
            keys = tuple(str(part) for part in detail["loc"] if part != "[key]")
            explained = _explain(detail["type"], detail["msg"], detail["input"], keys, self._schema)
            self.add(keys, explained + self._meant(keys) if detail["type"] in _INCOMPLETE else explained)

    def _meant(self, keys: Keys) -> str:
        """Name the table of the base file that an incomplete one may mean: a misspelt name makes a new table."""
        if len(keys) < _NAMED_TABLE:
            return ""
        section, name = keys[:_NAMED_TABLE]
        known = self._source.base.get(section)
        if not isinstance(known, Mapping) or name in known:
            return ""
        hint = near_matches(name, known)
        return f", or correct the name: the base file has no {dotted((section, name))}; {hint}" if hint else ""

    def error(self) -> StudyError:
        """Make one error of all faults, each with its file, line and key."""
        listed = "\n".join(f"  {self._source.place(keys)}: {dotted(keys)}: {message}" for keys, message in self._found)
        error = StudyError(
            f"{len(self._found)} fault(s) in the {self._what}, correct each:\n{listed}", path=self._source.path
        )
        error.field = dotted(self._found[0][0]) if self._found else None
        return error

    def raise_if_any(self) -> None:
        """Raise what was found.

        Raises
        ------
        StudyError
            See `error`.
        """
        if self._found:
            raise self.error()


def checked(source: TomlSource, schema: type[Content], what: str) -> tuple[Content, Faults]:
    """Hold a file to its schema, and return its content with an empty collection for what the schema cannot see.

    Raises
    ------
    StudyError
        Listing every fault that the schema finds, each with its line.
    """
    faults = Faults(source, schema, what)
    try:
        return schema.model_validate(dict(source.table)), faults
    except ValidationError as error:
        faults.add_invalid(error)
        raise faults.error() from error


def _explain(kind: str, message: str, found: object, keys: Keys, schema: type[BaseModel]) -> str:
    """Turn one of the schema's findings into a sentence with a remedy."""
    if kind == "extra_forbidden":
        known = known_keys(keys[:-1], schema)
        hint = near_matches(keys[-1], known) or f"known keys are {', '.join(known)}"
        return f"there is no such key; {hint}"
    if kind == "missing":
        return "is required: add it"
    message = message.removeprefix("Value error, ")  # a rule of the schema's own, which says what it found
    if kind == "value_error" or isinstance(found, Mapping):
        return message
    return f"{message[:1].lower()}{message[1:]}, found {found!r}"


def known_keys(keys: Keys, schema: type[BaseModel] = StudyFile) -> tuple[str, ...]:
    """Keys that may stand in the table of this name; empty for one where any name may."""
    node: Any = schema
    for key in keys:
        if isinstance(node, type) and issubclass(node, BaseModel):
            fields = {field.alias or name: field.annotation for name, field in node.model_fields.items()}
            node = _without_none(fields.get(key))
        elif get_origin(node) is dict:
            node = get_args(node)[1]
    if not (isinstance(node, type) and issubclass(node, BaseModel)):
        return ()
    return tuple(field.alias or name for name, field in node.model_fields.items())


def _without_none(annotation: Any) -> Any:
    """Return the one type that stands beside None in a union."""
    if get_origin(annotation) in {Union, types.UnionType}:
        return next(part for part in get_args(annotation) if part is not type(None))
    return annotation
