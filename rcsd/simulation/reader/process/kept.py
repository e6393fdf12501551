"""Models as read, kept on disk: a file that has not changed is not parsed again by the next program either."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from rcsd.files import file_sha256, sha256
from rcsd.files.leftovers import part_file
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.codec import decoded
from rcsd.work.cache_folder import is_sealed, seal, trusted_folder
from rcsd.work.software import code_sha256

_FOLDER = "models"
_MOST = 200
"""Models that are kept; the oldest go."""
_LIBRARIES = ("pysd", "parsimonious", "lxml", "numpy", "pandas", "openpyxl", "xarray")


@dataclass(frozen=True, slots=True)
class Kept:
    """What reading a file gave.

    Attributes
    ----------
    content : bytes
        The model, encoded.
    warnings : list of (str, str)
        What was said on the way.
    """

    content: bytes
    warnings: list[tuple[str, str]]


def key_of(path: Path, raw: bytes, allow_outside: bool) -> str:
    """Hash all that a parsed model depends on, but for the data files that it reads."""
    return sha256(repr((str(path), sha256(raw), allow_outside, *software())).encode())[:40]


def externals_of(model: Model) -> dict[str, str | None]:
    """Hashes of the data files that a model reads as they are now; None for one that is not there."""
    return {str(path): file_sha256(path) for path in model.external_files}


def look_up(key: str) -> tuple[Model, list[tuple[str, str]]] | None:
    """Find a model that was read before; None where there is none, or it is damaged, forged or out of date."""
    content = found(key)
    if content is None:
        return None
    about, _, text = content.partition(b"\n")
    try:
        noted = json.loads(about)
        model = decoded(text)
        if not isinstance(model, Model) or noted["externals"] != externals_of(model):
            return None
    except (ValueError, KeyError, TypeError):
        return None
    return model, [tuple(each) for each in noted["warnings"]]


def keep(key: str, kept: Kept, model: Model, begun: float) -> None:
    """Put a model beside the kernels.

    A data file that has changed since reading had begun may not be the one that was read: such a model is not kept.
    """
    if any(_changed(path, begun) for path in model.external_files):
        return
    about = json.dumps({"externals": externals_of(model), "warnings": kept.warnings}).encode()
    put(key, about + b"\n" + kept.content)


def found(key: str) -> bytes | None:
    """Return what was put under a key by this user's programs; None where there is nothing, or something else."""
    folder = trusted_folder()
    if folder is None:
        return None
    try:
        head, _, content = (folder / _FOLDER / key).read_bytes().partition(b"\n")
        return content if is_sealed(head.decode("ascii"), key.encode(), content) else None
    except (OSError, ValueError):
        return None


def put(key: str, content: bytes) -> None:
    """Put something under a key; what cannot be kept costs the next program its reading, and nothing else."""
    folder = trusted_folder()
    if folder is None:
        return
    try:
        place = folder / _FOLDER
        place.mkdir(mode=0o700, exist_ok=True)
        temporary = part_file(place)
        try:
            temporary.write_bytes(seal(key.encode(), content).encode("ascii") + b"\n" + content)
            temporary.replace(place / key)
        finally:
            temporary.unlink(missing_ok=True)
        _sweep(place)
    except OSError:
        return


def _changed(path: Path, begun: float) -> bool:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return False
    return max(status.st_mtime, status.st_ctime) > begun


def _sweep(place: Path) -> None:
    """Remove all but the newest."""
    files = sorted(place.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[_MOST:]:
        path.unlink(missing_ok=True)


@cache
def software() -> tuple[str, ...]:
    """Say what turns a file into a model: code and versions."""
    code = code_sha256(("files", "simulation/reader", "simulation/ir", "simulation/functions"))
    return code, *(version(name) for name in _LIBRARIES)
