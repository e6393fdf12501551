"""A study file as text: its table with the base file merged under it, and the line that each key stands on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rcsd.assets import base_names, find_asset
from rcsd.errors import StudyError
from rcsd.files import decoded, is_file, read_input, sha256
from rcsd.names import near_matches
from rcsd.toml.lines import Keys, key_lines
from rcsd.toml.writing import document_of

Place = tuple[Path, int]

_SYNTAX_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")
_BROUGHT = "rcsd:"
"""Before the name of a base file that comes with an installed distribution."""
_LONG_NUMBER = re.compile(r"[0-9][0-9_]{999,}")
_BRIEF = 30
_SHOWN = 100
"""Letters of a faulty line that a message quotes."""
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class TomlSource:
    """A parsed study file.

    Attributes
    ----------
    path
        The study file.
    table
        Its content, deep-merged over that of the file named by `extends`, less what `[without]` names.
    lines
        File and line of every key.
    base
        Content of the file named by `extends`, empty without one.
    sha256
        SHA-256 of each file as it was read.
    """

    path: Path
    table: Mapping[str, Any]
    lines: Mapping[Keys, Place]
    base: Mapping[str, Any]
    sha256: Mapping[Path, str]

    def place(self, keys: Keys) -> str:
        """`file:line` of a key, or of the nearest table around it of which anything is written down."""
        for length in range(len(keys), 0, -1):
            inside = (place for other, place in self.lines.items() if other[:length] == keys[:length])
            found = self.lines.get(keys[:length]) or next(inside, None)
            if found is not None:
                return f"{found[0]}:{found[1]}"
        return str(self.path)


def read_toml(path: Path) -> TomlSource:
    """Read a study file and the base file that it extends, one level deep.

    Raises
    ------
    StudyError
        For a file that cannot be read, with the line of a syntax error, or a base file that extends yet another.
    """
    return _over_base(path, *_read_one(path))


def toml_of(path: Path, table: Mapping[str, Any]) -> TomlSource:
    """Take a table that was made in memory as the content of a file; one that it extends is read.

    Parameters
    ----------
    path
        Where the file would be: other paths are relative to it, and messages name it. Nothing is read there.
    table
        Plain values, as TOML has them.

    Raises
    ------
    StudyError
        For a base file that cannot be read, or that extends yet another.
    """
    return _over_base(path, dict(table), {}, sha256(document_of(table).encode()))


def _over_base(path: Path, table: dict[str, Any], lines: Mapping[Keys, Place], digest: str) -> TomlSource:
    """Lay a table over that of the file that it extends, if any."""
    if "extends" not in table:
        return TomlSource(path, table, lines, {}, {path: digest})
    base_name = table.pop("extends")
    if not isinstance(base_name, str) or "\0" in base_name:
        raise StudyError(
            f"must be the path of a base file or rcsd:NAME, found {base_name!r}", path=path, field="extends"
        )
    base_path = _base_path(path, base_name)
    base, base_lines, base_digest = _read_one(base_path)
    if "extends" in base:
        raise StudyError("a base file cannot extend another one: merge the two", path=base_path, field="extends")
    digests = {path: digest, base_path: base_digest}
    base = _without(base, table.pop("without", {}), path)
    return TomlSource(path, merged(base, table), {**base_lines, **lines}, base, digests)


def _base_path(path: Path, named: str) -> Path:
    """Find the base file that a study file names: by its path, or by `rcsd:NAME` where a distribution brings it.

    Raises
    ------
    StudyError
        When there is none.
    """
    if named.startswith(_BROUGHT):
        name = named.removeprefix(_BROUGHT)
        brought = find_asset("calibration", f"{name}.toml")
        if brought is None:
            known = [f"{_BROUGHT}{each}" for each in base_names()]
            hint = near_matches(named, known) or f"there are {', '.join(known) or 'none'}"
            raise StudyError(f"no base file {named!r} comes with what is installed; {hint}", path=path, field="extends")
        return brought.resolve()
    base_path = (path.parent / named).resolve()
    if not is_file(base_path):
        raise StudyError(
            f"there is no base file {base_path}: the path is relative to the study file", path=path, field="extends"
        )
    return base_path


def _without(base: Mapping[str, Any], left_out: object, path: Path) -> dict[str, Any]:
    """Leave tables of a base file out: `[without]` names them, section by section.

    Raises
    ------
    StudyError
        When it names what the base file does not have.
    """
    remaining = dict(base)
    for section, names in left_out.items() if isinstance(left_out, Mapping) else [("", left_out)]:
        known = remaining.get(section)
        if not isinstance(known, Mapping) or not isinstance(names, list):
            raise StudyError(
                f'lists names by section of the base file, such as series = ["population"], found {names!r}',
                path=path,
                field=dotted(("without", section)) if section else "without",
            )
        unknown = [name for name in names if name not in known]
        if unknown:
            hint = near_matches(str(unknown[0]), known) or f"it has {', '.join(known)}"
            raise StudyError(
                f"the base file has no {dotted((section, str(unknown[0])))} to leave out; {hint}",
                path=path,
                field=dotted(("without", section)),
            )
        remaining[section] = {name: content for name, content in known.items() if name not in names}
    return remaining


def merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one table over another: tables are merged, anything else is replaced.

    Examples
    --------
    >>> merged({"search": {"starts": 4, "sampler": "sobol"}}, {"search": {"starts": 8}})
    {'search': {'starts': 8, 'sampler': 'sobol'}}
    """
    result = dict(base)
    for key, value in own.items():
        under = result.get(key)
        tables = isinstance(under, Mapping) and isinstance(value, Mapping)
        result[key] = merged(dict(under or {}), value) if tables else value
    return result


def dotted(keys: Keys) -> str:
    """Write a key as TOML does.

    Examples
    --------
    >>> dotted(("parameters", "Price Pass Through", "lower"))
    'parameters."Price Pass Through".lower'
    """
    return ".".join(key if _BARE_KEY.fullmatch(key) else f'"{key}"' for key in keys)


def _read_one(path: Path) -> tuple[dict[str, Any], dict[Keys, Place], str]:
    """Parse one file, find its keys, and hash it."""
    try:
        content = read_input(path)
    except OSError as error:
        raise StudyError(f"the study file cannot be read ({error.strerror}): check the path", path=path) from error
    text = decoded(path, content)
    if text is None:
        raise StudyError("the file is no text in any encoding that is known: save it as UTF-8", path=path)
    text = text.replace("\r\n", "\n")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(path, text, str(error)) from error
    except (ValueError, RecursionError) as error:  # of a number of some thousand digits, or brackets within brackets
        raise _too_much(path, text) from error
    return table, {keys: (path, line) for keys, line in key_lines(text).items()}, sha256(content)


def _too_much(path: Path, text: str) -> StudyError:
    """Place what no reader takes in: a number of thousands of digits, or a thousand brackets."""
    long = _LONG_NUMBER.search(text)
    if long is None:
        return StudyError("brackets stand in brackets a hundred deep: write a plain table", path=path)
    line = text.count("\n", 0, long.start()) + 1
    shown = text.split("\n")[line - 1].strip()[:_BRIEF]
    return StudyError(
        f"`{shown}...` holds a number of {len(long[0]):,} digits: write one of at most 18", path=f"{path}:{line}"
    )


def _syntax_error(path: Path, text: str, said: str) -> StudyError:
    """Place a fault that TOML's reader has found, and show the line."""
    place = _SYNTAX_PLACE.search(said)
    what = _SYNTAX_PLACE.sub("", said)
    lines = text.rstrip("\n").split("\n")
    if place is None or place["line"] is None:
        number, where = len(lines), "at the end of the file"
    else:
        number, where = int(place["line"]), f"in column {place['column']}"
    shown = "".join(lines[number - 1 : number]).strip()[:_SHOWN]
    return StudyError(
        f"not valid TOML: {what[:1].lower()}{what[1:]} {where}: `{shown}`; correct this line, or one before it that "
        "leaves a bracket or a quotation mark open",
        path=f"{path}:{number}",
    )
