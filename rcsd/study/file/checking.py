"""Everything that is wrong with a study, its model and its data, at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from rcsd.analysis.clock import IDENTITY
from rcsd.analysis.series import read_observed
from rcsd.errors import InputError, SeriesError
from rcsd.files import sha256
from rcsd.study.file.reading import find_study, load_named, model_of, resolve_study
from rcsd.study.file.schema import StudyFile, context_of
from rcsd.study.file.section import study_schema
from rcsd.tables import file_bytes
from rcsd.toml.faults import Faults
from rcsd.toml.source import TomlSource, read_toml

_NAMED = ("series", "constants", "parameters", "structures")
"""Tables of named tables, of which one can be set aside while the rest is checked."""
_NEEDED = ("study", "time", "windows", "drivers", *_NAMED)
"""Tables without which little is left to check; any other can be set aside as a whole."""
_DEPTH = 2

Found = TypeVar("Found")


def check_study(path_or_name: str | Path) -> tuple[InputError, ...]:
    """Find all faults of a study: of its file, its model and its data, and of what the one says of the others.

    What is wrong in one place does not hide the rest: a table of the study file that is at fault is set aside while the
    others are held against model and data.

    Parameters
    ----------
    path_or_name
        As of `load_study`.

    Returns
    -------
    tuple of InputError
        One for each file at fault, each listing every cause once; empty for a study that can be run.
    """
    found: list[InputError] = []
    path = _tried(lambda: find_study(path_or_name), found)
    source = None if path is None else _tried(lambda: read_toml(path), found)
    if path is None or source is None:
        return tuple(found)
    file, left = _file(source, found)
    if file is None:
        _beside(path, source, found)
        return tuple(found)
    model = _tried(lambda: model_of(path, file), found)
    data_path = path.parent / file.study.data
    content = _tried(lambda: file_bytes(data_path, SeriesError), found)
    data = None if content is None else _tried(lambda: read_observed(data_path, content, file.clock), found)
    if model is not None and data is not None and content is not None:
        _tried(lambda: resolve_study(left, file, model, data_path, data, sha256(content)), found)
    return tuple(found)


def _beside(path: Path, source: TomlSource, found: list[InputError]) -> None:
    """Look at the model and the data of a study file that cannot be read further."""
    study = source.table.get("study")
    model, data = (
        (study.get("model"), study.get("data", "observed.csv")) if isinstance(study, Mapping) else (None, None)
    )
    clock = context_of(source.table).get("clock", IDENTITY)
    if isinstance(model, str):
        _tried(lambda: load_named(path, model), found)
    if isinstance(data, str):
        _tried(lambda: read_observed(path.parent / data, clock=clock), found)


def _tried(attempt: Callable[[], Found], found: list[InputError]) -> Found | None:
    try:
        return attempt()
    except InputError as error:
        found.append(error)
        return None


def _file(source: TomlSource, found: list[InputError]) -> tuple[StudyFile | None, TomlSource]:
    """Hold a file to its schema; where named tables are at fault, once more without them."""
    try:
        return _validated(source), source
    except ValidationError as error:
        faults = Faults(source, study_schema(), "study")
        faults.add_invalid(error)
        found.append(faults.error())
        places = {_set_aside(tuple(map(str, each["loc"])), each["type"]) for each in error.errors()}
    if () in places:
        return None, source
    rest = replace(source, table=_without(source.table, places))
    try:
        return _validated(rest), rest
    except ValidationError:  # nothing is left of a table that must be there
        return None, source


def _validated(source: TomlSource) -> StudyFile:
    return study_schema().model_validate(dict(source.table), context=context_of(source.table))


def _set_aside(place: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """Say what is left out where something is at fault, so that the rest can be checked; empty where nothing helps."""
    if place and place[0] in _NAMED and len(place) >= _DEPTH:
        return place[:_DEPTH]
    if kind == "extra_forbidden" and place[0] != "time":
        return place
    return place[:1] if place and place[0] not in _NEEDED else ()


def _without(table: Mapping[str, Any], places: set[tuple[str, ...]]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, content in table.items():
        if (key,) in places:
            continue
        below = {place[1:] for place in places if place[0] == key}
        kept[key] = _without(content, below) if below and isinstance(content, Mapping) else content
    return kept
