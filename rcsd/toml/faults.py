"""The faults of a TOML file, gathered so that all are reported at once, and each cause once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from rcsd.errors import StudyError
from rcsd.names import near_matches
from rcsd.toml.findings import Finding, findings
from rcsd.toml.lines import Keys
from rcsd.toml.source import TomlSource, dotted

_NAMED_TABLE = 2
"""Keys to a table that the file names itself, as in series.population."""

_SHOWN = 6
"""Further places of one cause that a message names."""

Content = TypeVar("Content", bound=BaseModel)


@dataclass(slots=True)
class _Fault:
    keys: Keys
    message: str
    elsewhere: list[Keys] = field(default_factory=list)


class Faults:
    """Collects faults of one file and raises them together.

    Parameters
    ----------
    source
        The file.
    schema
        What may stand in it.
    what
        What it is, for the message: "study".
    """

    def __init__(self, source: TomlSource, schema: type[BaseModel], what: str) -> None:
        self._source = source
        self._schema = schema
        self._what = what
        self._found: list[_Fault] = []

    def add(self, keys: Keys, message: str, *, once: bool = False) -> None:
        """Note a fault.

        Parameters
        ----------
        keys
            Where.
        message
            What is wrong, the rule and the remedy.
        once
            Whether the same words elsewhere have the same cause, such as a series that is named in many places and is
            not there: they are reported once, with the other places.
        """
        known = next((each for each in self._found if once and each.message == message), None)
        if known is None:
            self._found.append(_Fault(keys, message))
        elif keys != known.keys and keys not in known.elsewhere:
            known.elsewhere.append(keys)

    def add_invalid(self, error: ValidationError) -> None:
        """Note every fault that the schema found, a table with a misspelt name as one."""
        grouped: dict[Keys, list[Finding]] = {}
        for finding in findings(error, self._schema):
            hint = self._meant(finding.keys) if finding.incomplete else ""
            if hint:
                grouped.setdefault(finding.keys[:_NAMED_TABLE], []).append(finding)
            else:
                self.add(finding.keys, finding.message)
        for table, incomplete in grouped.items():
            self._add_misspelt(table, incomplete)

    def _add_misspelt(self, table: Keys, incomplete: list[Finding]) -> None:
        """Note that a table lacks what it need not have if it is meant for one of the base file."""
        first, *others = incomplete
        also = f" (and so {'is' if len(others) == 1 else 'are'} {', '.join(each.keys[-1] for each in others)})"
        message = f"{first.message}{also if others else ''}{self._meant(table)}"
        self.add(first.keys, message)

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
        listed = "\n".join(f"  {self._listed(each)}" for each in self._found)
        error = StudyError(
            f"{len(self._found)} fault(s) in the {self._what}, correct each:\n{listed}", path=self._source.path
        )
        error.field = dotted(self._found[0].keys) if self._found else None
        return error

    def _listed(self, fault: _Fault) -> str:
        text = f"{self._source.place(fault.keys)}: {dotted(fault.keys)}: {fault.message}"
        if not fault.elsewhere:
            return text
        places = [f"{dotted(keys)} ({self._source.place(keys)})" for keys in fault.elsewhere[:_SHOWN]]
        rest = len(fault.elsewhere) - len(places)
        named = ", ".join(places) + (f" and {rest} more" if rest else "")
        return f"{text}; named in {len(fault.elsewhere) + 1} places, also {named}"

    def raise_if_any(self) -> None:
        """Raise what was found.

        Raises
        ------
        StudyError
            See `error`.
        """
        if self._found:
            raise self.error()


def checked(
    source: TomlSource, schema: type[Content], what: str, context: Mapping[str, Any] | None = None
) -> tuple[Content, Faults]:
    """Hold a file to its schema, and return its content with an empty collection for what the schema cannot see.

    Parameters
    ----------
    source, schema, what
        As of `Faults`.
    context
        What the schema's validators are told, such as the clock of a study.

    Raises
    ------
    StudyError
        Listing every fault that the schema finds, each with its line.
    """
    faults = Faults(source, schema, what)
    try:
        return schema.model_validate(dict(source.table), context=None if context is None else dict(context)), faults
    except ValidationError as error:
        faults.add_invalid(error)
        raise faults.error() from error
