"""The files of a folder of results against their description: which are there, and as they were written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rcsd.files import file_sha256
from rcsd.study.written.crate import CRATE, described, stated
from rcsd.workbench.audit.outcome import Part

MANIFEST, RESULT, PAGE = "manifest.json", "result.json", "index.html"


def files_part(folder: Path) -> tuple[Part, list[str]]:
    """Hold each file of a folder to the SHA-256 that the description states.

    Returns
    -------
    (Part, list of str)
        What was found, and the names of files that are there but not described.
    """
    try:
        named = stated(folder)
    except FileNotFoundError:
        return Part("files", "file", 0, faults=(f"{CRATE} is missing",)), []
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        return Part("files", "file", 0, faults=(f"{CRATE} cannot be read ({error})",)), []
    equal, faults = 0, []
    for name in (MANIFEST, RESULT):
        if name not in named:
            faults.append(f"{name} is not described in {CRATE}")
    for name, digest in named.items():
        found = file_sha256(folder / name)
        if found is None:
            faults.append(f"{name} is missing")
        elif found != digest:
            faults.append(f"{name} is not what was written: its SHA-256 is {found[:12]}…, not {str(digest)[:12]}…")
        else:
            equal += 1
    return Part("files", "file", equal, faults=tuple(faults)), [name for name in described(folder) if name not in named]


def read_document(folder: Path, name: str) -> tuple[Mapping[str, Any] | None, str]:
    """Read a JSON file of the results; None with what is wrong where that cannot be done."""
    try:
        document = json.loads((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None, f"{name} is missing"
    except (OSError, ValueError) as error:
        return None, f"{name} cannot be read ({error})"
    return (document, "") if isinstance(document, dict) else (None, f"{name} holds no object")
