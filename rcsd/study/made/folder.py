"""A study written as a folder that reads as the same one: its file, its data, its model and its scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rcsd.assets import find_asset
from rcsd.errors import OutputError, StudyError
from rcsd.files import file_sha256, read_input, together, write_bytes_atomic, write_text_atomic
from rcsd.simulation.loading import LoadedModel
from rcsd.study.file.reading import FILE_NAME
from rcsd.study.file.study import Study
from rcsd.toml.source import read_toml
from rcsd.toml.writing import document_of

DATA = "observed.csv"
SCENARIOS = "scenarios.toml"


def write_folder(study: Study, folder: Path, *, replace: bool = False) -> Path:
    """Write a study into a folder: study.toml, observed.csv, the model and what it reads, scenarios.

    Parameters
    ----------
    study
        Read, or made in memory.
    folder
        Made if need be.
    replace
        Whether a study that is there gives way.

    Returns
    -------
    pathlib.Path
        The study file.

    Raises
    ------
    OutputError
        When the folder has a study already, or cannot be written.
    StudyError
        When a file of the study is no longer what it was read from.
    """
    path = folder / FILE_NAME
    if path.exists() and not replace:
        raise OutputError("there is a study already: choose another folder, or say replace=True", path=path)
    table, data = _content(study)
    table = {**table, "study": {**table["study"], "model": model_name(study.model), "data": DATA}}
    scenarios = None
    if study.scenarios is not None:
        scenarios = document_of(read_toml(_scenarios_path(study, table)).table)
        table["forecast"] = {**table["forecast"], "scenarios": SCENARIOS}
    with together():
        _write_model(study.model, folder)
        write_bytes_atomic(folder / DATA, data)
        if scenarios is not None:
            write_text_atomic(folder / SCENARIOS, scenarios)
        write_text_atomic(path, document_of(table))
    return path


def model_name(model: LoadedModel) -> str:
    """Return how a study file beside a copy of a model names it; one that comes with the package needs no copy."""
    brought = find_asset("models", Path(model.name, model.path.name))
    return model.name if brought is not None and brought.resolve() == model.path.resolve() else model.path.name


def _content(study: Study) -> tuple[Mapping[str, Any], bytes]:
    """Return the tables and the data of a study, as they are in memory or in the files that it was read from."""
    if study.made is not None:
        return study.made.table, study.made.data
    source = read_toml(study.path)
    changed = [path for path in (*source.sha256, study.data_path) if file_sha256(path) != study.sha256.get(path)]
    if changed:
        raise StudyError("has changed since the study was read: read it again", path=changed[0])
    return source.table, read_input(study.data_path)


def _scenarios_path(study: Study, table: Mapping[str, Any]) -> Path:
    """Find the file of scenarios; a base file names what lies beside it."""
    if study.made is not None:
        return study.path.parent / str(table["forecast"]["scenarios"])
    stands_in, _ = read_toml(study.path).lines.get(("forecast", "scenarios"), (study.path, 0))
    return stands_in.parent / str(table["forecast"]["scenarios"])


def _write_model(model: LoadedModel, folder: Path) -> None:
    """Copy a model, and the data files that its equations read, which lie in its own folder."""
    if model_name(model) == model.name:
        return
    home = model.path.parent.resolve()
    for path in (model.path, *(each for each in model.ir.external_files if each.exists())):
        if not path.resolve().is_relative_to(home):
            raise OutputError(
                f"the model reads {path}, which is not in its folder: put a copy beside the model", path=folder
            )
        copied = folder / path.resolve().relative_to(home)
        if copied.resolve() != path.resolve():
            write_bytes_atomic(copied, read_input(path))
