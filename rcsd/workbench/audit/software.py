"""How software and machine differ from those that made some results: a reason for other numbers, and no fault."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rcsd.study.graph.provenance import code_hash, versions
from rcsd.study.written.inputs import FOLDER, LOCK
from rcsd.study.written.locked import locked, machine, requirements
from rcsd.work.software import differences


def software_differences(manifest: Mapping[str, Any], folder: Path) -> tuple[str, ...]:
    """List what is not as it was when the results were made.

    Parameters
    ----------
    manifest
        Of the results.
    folder
        Of the results, with the lock of versions among the inputs.
    """
    said = [
        _told(differences(machine(), _texts(manifest.get("machine"))), "machine"),
        _told(differences(versions(), _texts(manifest.get("versions"))), "versions"),
        _told(_of_lock(folder), "other packages"),
    ]
    hashes = manifest.get("hashes")
    if isinstance(hashes, Mapping) and hashes.get("code") != code_hash():
        said.append("the numerical code of rcsd is another")
    return tuple(filter(None, said))


def _of_lock(folder: Path) -> str:
    """List packages of the lock that have another version now, less those of the manifest."""
    try:
        theirs = locked((folder / FOLDER / LOCK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""  # that it is missing is told of the files
    ours, told = locked(requirements()), {name.lower() for name in versions()}
    return differences(*({name: each for name, each in some.items() if name not in told} for some in (ours, theirs)))


def _told(text: str, what: str) -> str:
    return f"{what}: {text}" if text else ""


def _texts(content: object) -> dict[str, str]:
    return {str(key): str(value) for key, value in content.items()} if isinstance(content, Mapping) else {}
