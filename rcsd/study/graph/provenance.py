"""What a repetition of a study needs to be the same: versions of software and hashes of every input."""

from __future__ import annotations

import json
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Any

import rcsd
from rcsd.analysis.scenarios import ScenarioSet
from rcsd.errors import ModelError
from rcsd.files import file_sha256, sha256
from rcsd.study.file.study import Study
from rcsd.study.graph.codec import encode
from rcsd.work.software import code_sha256

PACKAGES = (
    "numpy",
    "scipy",
    "pandas",
    "xarray",
    "statsmodels",
    "pysd",
    "numba",
    "llvmlite",
    "SALib",
    "emcee",
    "arviz-stats",
)
"""The packages whose version can change a number."""

_NUMERICAL = ("simulation", "analysis", "study", "papers")


@cache
def versions() -> dict[str, str]:
    """Versions of rcsd, Python and the packages that can change a number."""
    found = {"rcsd": rcsd.__version__, "python": platform.python_version()}
    return found | {name: version(name) for name in PACKAGES}


def hashes(study: Study) -> dict[str, str]:
    """SHA-256 of all that a result depends on, as it was read.

    The model and the data files that its equations read (those that exist), the study's data, the study (its base file
    merged in), and the package's own numerical code.
    """
    inputs = input_hashes(study)
    return {
        "model": inputs.pop("model"),
        "data": inputs.pop("data"),
        "study": sha256(json.dumps(file_content(study), sort_keys=True).encode()),
        "code": code_hash(),
        **inputs,
    }


def file_content(study: Study) -> dict[str, Any]:
    """Return what a study file says, its base file merged in, as plain JSON values.

    Other files are named without the folders they lie in, and the model without its ending, so that a copy of the
    study elsewhere, its model beside it, says the same: what is in these files is hashed apart.
    """
    content: dict[str, Any] = study.file.model_dump(mode="json", by_alias=True)
    head = content["study"]
    content["study"] = {**head, "model": PurePath(head["model"]).stem, "data": PurePath(head["data"]).name}
    forecast = content.get("forecast")
    if forecast is not None and forecast["scenarios"] is not None:
        content["forecast"] = {**forecast, "scenarios": PurePath(forecast["scenarios"]).name}
    return content


def input_hashes(study: Study) -> dict[str, str]:
    """SHA-256 of the model, of the files that its equations read (those that exist), and of the study's data."""
    external = {
        f"model reads {_beside(study.model.path.parent, file)}": study.sha256[file]
        for file in study.model.ir.external_files
        if file in study.sha256
    }
    return {"model": study.sha256[study.model.path], "data": study.sha256[study.data_path], **external}


def scenario_hashes(study: Study) -> dict[str, str]:
    """SHA-256 of the scenarios, apart from the others: they decide nothing but their own step."""
    if study.scenarios is None:
        return {}
    return {"scenarios": sha256(json.dumps(encode(ScenarioSet, study.scenarios), sort_keys=True).encode())}


def changed_files(study: Study) -> tuple[Path, ...]:
    """Files that are no longer what the study was read from; one that has appeared since is among them."""
    in_memory = () if study.made is None else (study.path, study.data_path)
    files = dict.fromkeys(each for each in (*study.sha256, *study.model.ir.external_files) if each not in in_memory)
    return tuple(file for file in files if file_sha256(file) != study.sha256.get(file))


def require_unchanged(study: Study) -> None:
    """Insist on the data files that the model's equations read: they are opened anew whenever the model is loaded.

    Raises
    ------
    ModelError
        Naming a file that has changed.
    """
    late = [file for file in changed_files(study) if file in study.model.ir.external_files]
    if late:
        raise ModelError(
            f"{late[0]}, which the model reads, has changed while the study ran, so that its runs may not belong "
            "together: run the study again",
            path=study.model.path,
        )


def _beside(folder: Path, file: Path) -> str:
    """Write a path as the model does, so that a copy elsewhere has the same hashes."""
    return (file.relative_to(folder) if file.is_relative_to(folder) else file).as_posix()


@cache
def code_hash() -> str:
    """Hash of the rooms that can change a number, to say with which code a result was made."""
    return code_sha256(_NUMERICAL)
