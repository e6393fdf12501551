"""Which software works a number out: its versions, and a hash of this package's own code."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = ("rcsd", "numpy", "numba", "pysd")
_ENGINES = ("simulation", "files")


@cache
def engine_software() -> dict[str, str]:
    """Versions of all that the numbers of a run depend on; Python's without its last part, which changes none."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"python": python, "code of rcsd": code_sha256(_ENGINES)[:12]} | {name: version(name) for name in _LIBRARIES}


def code_sha256(folders: Iterable[str]) -> str:
    """Hash the modules at the top of this package and those in some of its folders."""
    package = Path(__file__).parents[1]
    files = [*package.glob("*.py"), *(file for name in folders for file in (package / name).rglob("*.py"))]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """List what differs between two sets of versions, empty when nothing does."""
    names = [name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)]
    return ", ".join(f"{name} {ours.get(name, 'none')} against {theirs.get(name, 'none')}" for name in names)
