"""Versions of a model file as version control hands them over: without a suffix, or not there at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rcsd.errors import ModelError

if TYPE_CHECKING:
    from rcsd.simulation.loading import LoadedModel

_LOOKED_AT = 4096


@contextmanager
def version(name: str, *, allow_outside: bool = False) -> Iterator[LoadedModel | None]:
    """Load a model, whatever its file is called.

    Yields
    ------
    LoadedModel or None
        None for the null device.

    Raises
    ------
    ModelError
        When it cannot be read.
    """
    from rcsd.files import NOWHERE, is_file, read_input, scratch_folder
    from rcsd.simulation.loading import load
    from rcsd.simulation.reader.source import SUFFIXES

    path = Path(name)
    if name in NOWHERE:
        yield None
    elif path.suffix.lower() in SUFFIXES or not is_file(path):
        yield load(name, allow_outside=allow_outside)
    else:
        raw = read_input(path)
        with scratch_folder() as folder:  # a reader goes by the suffix
            copy = Path(folder) / f"{path.name}{suffix_of(raw)}"
            copy.write_bytes(raw)
            try:
                loaded = load(copy, allow_outside=allow_outside)
            except ModelError as error:
                raise ModelError(str(error).replace(str(copy), str(path))) from error
            yield loaded


def suffix_of(raw: bytes) -> str:
    """Tell by its first letters whether a file is XMILE or Vensim's.

    Examples
    --------
    >>> suffix_of(b"<?xml version='1.0'?>"), suffix_of(b"{UTF-8}")
    ('.xmile', '.mdl')
    """
    letters = raw[:_LOOKED_AT].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return ".xmile" if letters.startswith(b"<") else ".mdl"


def plain_text(path: Path) -> str | None:
    """Return the text of a file as it is; None where there is none."""
    from rcsd.files import decoded, is_file, read_input

    return decoded(path, read_input(path)) if is_file(path) else None
