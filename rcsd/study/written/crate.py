"""`ro-crate-metadata.json`: the folder of a study's results described so that archives understand it.

It follows RO-Crate 1.2 (https://www.researchobject.org/ro-crate/specification/1.2), and states the SHA-256 of every
file.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote

from rcsd.files import file_sha256, write_json
from rcsd.study.file.reading import FILE_NAME
from rcsd.study.graph.provenance import versions
from rcsd.study.graph.registry import all_steps
from rcsd.study.graph.result import StudyResult
from rcsd.study.made.folder import SOURCES
from rcsd.study.written.command import repeat_command
from rcsd.study.written.inputs import FOLDER, LOCK

CRATE = "ro-crate-metadata.json"
FIGURES = "figures"
"""Folder of the report's figures."""

_VERSION = "https://w3id.org/ro/crate/1.2"
_MEDIA = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/json",
    ".md": "text/markdown",
    ".mdl": "text/plain",
    ".nc": "application/netcdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".toml": "application/toml",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xmile": "application/xml",
}
_SAID = {
    "index.html": "The report.",
    "result.json": "What the study found, every number with all its digits.",
    "manifest.json": "What it takes to repeat the study, and what it cost.",
    "simulated.csv": "The fitted run: saved times, a column for each variable.",
    "compared.csv": "Every observed value, its flags and its weight, beside the fitted run.",
    "ensemble.nc": "The fitted run as netCDF.",
    "parameters.csv": "Estimates and their ranges, with units and sources.",
}
_READ = {
    LOCK: "The versions of all software, as pip reads them.",
    SOURCES: "Where the data are from.",
    FILE_NAME: "The study: what is compared, estimated and asked, its base file merged in.",
}
_PICTURES = (".png", ".svg")


def write_crate(result: StudyResult, folder: Path, inputs: Collection[str]) -> None:
    """Describe the folder of a study's results, once all its files are in their places.

    Parameters
    ----------
    result
        What is in it.
    folder
        The study's own output folder.
    inputs
        Names of what the study was made from, in the folder of inputs; whatever else is there is somebody's own.
    """
    own = {f"{FOLDER}/{name}" for name in inputs}
    files = {name: path for name, path in described(folder).items() if name in own or not _is_input(name)}
    write_json(folder / CRATE, _document(result, files))


def described(folder: Path) -> dict[str, Path]:
    """List the files of a study's results by their path in the folder.

    Kept steps are none of them, nor is what other commands write into folders of their own, such as a repetition.
    """
    of_steps = {name for step in all_steps() for name in step.files}
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {
        name: path
        for name, path in found.items()
        if name != CRATE
        and not any(part.startswith(".") for part in PurePosixPath(name).parts)
        and ("/" not in name or name in of_steps or name.startswith((f"{FOLDER}/", f"{FIGURES}/")))
    }


def stated(folder: Path) -> dict[str, str]:
    """Read the SHA-256 of each file that the description of a folder names.

    Raises
    ------
    OSError, ValueError, LookupError, TypeError, AttributeError
        When there is no description, or none that can be read. A path out of the folder is none of its files.
    """
    crate = json.loads((folder / CRATE).read_text(encoding="utf-8"))
    files = [each for each in crate["@graph"] if each.get("@type") == "File"]
    named = {unquote(str(each["@id"])): str(each["sha256"]) for each in files}
    outside = next((name for name in named if Path(name).is_absolute() or ".." in Path(name).parts), None)
    if outside is not None:
        raise ValueError(f"it names {outside}, which lies elsewhere")
    return named


def earlier_files(folder: Path) -> tuple[str, ...]:
    """List the files that an earlier run has described; none where no description can be read."""
    try:
        return tuple(stated(folder))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return ()


def _document(result: StudyResult, files: Mapping[str, Path]) -> dict[str, Any]:
    title = result.info.title
    made = [name for name in files if not _is_input(name)]
    read = [name for name in files if _is_input(name)]
    return {
        "@context": f"{_VERSION}/context",
        "@graph": [
            {
                "@id": CRATE,
                "@type": "CreativeWork",
                "conformsTo": {"@id": _VERSION},
                "about": {"@id": "./"},
            },
            {
                "@id": "./",
                "@type": "Dataset",
                "name": f"{title}: a study of the model {result.model.name}",
                "description": result.info.documentation
                or "Calibration and backtest of a system dynamics model, with all inputs, results and the report.",
                "datePublished": datetime.now(UTC).date().isoformat(),
                "license": {"@id": "#rights"},
                "hasPart": _references(list(files)),
                "mentions": {"@id": "#run"},
                **({"mainEntity": _reference("index.html")} if "index.html" in files else {}),
            },
            *(_file(name, path) for name, path in files.items()),
            {
                "@id": "#run",
                "@type": "CreateAction",
                "name": repeat_command(result),
                "description": "The command that makes these results again, said in this folder.",
                "instrument": {"@id": "#rcsd"},
                "object": _references(read),
                "result": _references(made),
            },
            {
                "@id": "#rights",
                "@type": "CreativeWork",
                "name": "No licence is stated",
                "description": "Model and data belong to those who made them; whoever publishes this folder adds the "
                "terms under which it may be used.",
            },
            {
                "@id": "#rcsd",
                # an application must have an address, and rcsd has none
                "@type": "CreativeWork",
                "name": "rcsd",
                "description": "System dynamics: load, calibrate, backtest and report stock-and-flow models.",
                "version": versions()["rcsd"],
            },
        ],
    }


def _file(name: str, path: Path) -> dict[str, Any]:
    return {
        "@id": quote(name),
        "@type": "File",
        "name": name,
        "description": _said(name),
        "contentSize": str(path.stat().st_size),
        "encodingFormat": _MEDIA.get(PurePosixPath(name).suffix.lower(), "application/octet-stream"),
        "sha256": file_sha256(path),
    }


def _said(name: str) -> str:
    """Say in a sentence what a file is."""
    path = PurePosixPath(name)
    if name in _SAID:
        return _SAID[name]
    if _is_input(name):
        return _READ.get(path.name, "What the study was made from.")
    kind = "Figure of the report" if path.suffix in _PICTURES else "Table of results"
    return f"{kind}: {path.stem.replace('-', ' ').replace('_', ' ')}."


def _is_input(name: str) -> bool:
    return name.startswith(f"{FOLDER}/")


def _references(names: Sequence[str]) -> list[dict[str, str]]:
    return [_reference(name) for name in names]


def _reference(name: str) -> dict[str, str]:
    return {"@id": quote(name)}
