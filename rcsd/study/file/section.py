"""A table of study.toml that a step brings, so that a plug-in is set up where all else is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import create_model

from rcsd.analysis.sensitivity import Outcome
from rcsd.study.file.schema import Section, StudyFile
from rcsd.study.graph import registry


def _no_variables(_section: Any) -> Mapping[str, str]:
    return {}


def _no_outcomes(_section: Any, _name: Callable[[str], str], _horizon: float) -> Sequence[Outcome]:
    return ()


@dataclass(frozen=True, slots=True, eq=False)
class FileSection:
    """A table that a study file may have, beside those of every study.

    Attributes
    ----------
    name : str
        Of the table.
    schema : type
        What may stand in it.
    variables : callable
        Given the table's content, returns the model variables that it names, by key: they must exist, are simulated
        with the fitted run, and are outputs of the sensitivity analysis.
    outcomes : callable
        Given the content, what spells a variable as the model does, and the last simulated time: what a sensitivity
        analysis asks of these variables beside their values.
    """

    name: str
    schema: type[Section]
    variables: Callable[[Any], Mapping[str, str]] = _no_variables
    outcomes: Callable[[Any, Callable[[str], str], float], Sequence[Outcome]] = _no_outcomes


class _WholeStudyFile(StudyFile):
    """A study file with the tables that steps bring, sent to another process by its content."""

    def __reduce__(self) -> tuple[Callable[[dict[str, Any]], StudyFile], tuple[dict[str, Any]]]:
        """Name no class, since the schema is made anew in each process."""
        return _restored, ({name: getattr(self, name) for name in type(self).model_fields},)


def _restored(content: dict[str, Any]) -> StudyFile:
    return study_schema().model_construct(**content)


@cache
def study_schema() -> type[StudyFile]:
    """Return what may stand in a study file, the tables of all steps included."""
    brought: dict[str, Any] = {each.name: (each.schema | None, None) for each in registry.sections().values()}
    return create_model("StudyFile", __base__=_WholeStudyFile, __doc__=StudyFile.__doc__, **brought)


def brought(file: StudyFile) -> tuple[tuple[FileSection, Section], ...]:
    """Return the tables of a study file that steps have brought, each with its content."""
    contents = ((each, getattr(file, each.name, None)) for each in registry.sections().values())
    return tuple((section, content) for section, content in contents if content is not None)
