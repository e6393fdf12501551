"""A study written as a folder that reads as the same one: its file, its data, its model and its scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rcsd.analysis.checks.file.reading import checks_beside, declared_of
from rcsd.assets import find_asset
from rcsd.errors import OutputError, RcsdError, StudyError
from rcsd.files import file_sha256, is_file, read_input, together, write_bytes_atomic
from rcsd.simulation.loading import LoadedModel
from rcsd.study.file.reading import FILE_NAME
from rcsd.study.file.study import Study
from rcsd.toml.source import TomlSource, read_toml
from rcsd.toml.writing import document_of

DATA = "observed.csv"
SCENARIOS = "scenarios.toml"
MODEL = "model"
"""Folder of a model that does not lie beside its study."""
SOURCES = "SOURCES.md"
"""Beside a study file: where its data are from."""


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
    own = _Content(study, model_name(study.model), DATA, SCENARIOS)
    files = {DATA: own.data_bytes(), **own.scenarios_file(), FILE_NAME: own.study_file()}
    if own.model != study.model.name:
        files = _copies(study.model, folder) | files
    with together():
        for name, content in files.items():
            write_bytes_atomic(folder / name, content)
    return path


def whole_study(study: Study) -> dict[str, bytes]:
    """Return all that a study was read from, as a folder that stands alone, under the names that the files have.

    The base file is merged into the study file, the model is there also where it comes with the package, and so are the
    scenarios and, where one lies beside the study file, the page of sources. What needs no change is as it was, its
    comments included.

    Returns
    -------
    dict
        By path in the folder, what the file holds.

    Raises
    ------
    StudyError
        When a file of the study is no longer what it was read from.
    """
    beside = study.made is None and study.path.parent == study.data_path.parent == study.model.path.parent
    place = "" if beside else f"{MODEL}/"
    own = _Content(study, f"{place}{study.model.path.name}", study.data_path.name, None)
    sources = study.path.with_name(SOURCES)
    return {
        study.path.name: own.study_file(),
        own.data: own.data_bytes(),
        **own.scenarios_file(),
        **{f"{place}{name}": read_input(path) for name, path in _model_files(study.model).items()},
        **({SOURCES: read_input(sources)} if study.made is None and is_file(sources) else {}),
    }


def model_name(model: LoadedModel) -> str:
    """Return how a study file beside a copy of a model names it; one that comes with the package needs no copy."""
    brought = find_asset("models", Path(model.name, model.path.name))
    return model.name if brought is not None and brought.resolve() == model.path.resolve() else model.path.name


@dataclass(frozen=True, slots=True)
class _Content:
    """What the files of a study hold that names its model, its data and its scenarios by these words.

    Scenarios that are given no name keep that of their file.
    """

    study: Study
    model: str
    data: str
    scenarios: str | None

    def study_file(self) -> bytes:
        """Return the study file; as it is, where it names its files so and extends none."""
        source, table = self._source(), dict(self._table())
        table["study"] = {**table["study"], "model": self.model, "data": self.data}
        if self.study.scenarios is not None:
            table["forecast"] = {**table["forecast"], "scenarios": self._scenarios_name}
        return _written(source, table)

    def data_bytes(self) -> bytes:
        """Return the data."""
        made = self.study.made
        return read_input(self.study.data_path) if made is None else made.data

    def scenarios_file(self) -> dict[str, bytes]:
        """Return the scenarios under their name; nothing where the study has none."""
        if self.study.scenarios is None:
            return {}
        source = read_toml(self._scenarios_path)
        return {self._scenarios_name: _written(source, source.table)}

    @property
    def _scenarios_name(self) -> str:
        own = self._scenarios_path.name
        return self.scenarios or (SCENARIOS if own == self.study.path.name else own)

    @property
    def _scenarios_path(self) -> Path:
        """Find the file of scenarios; a base file names what lies beside it."""
        study = self.study
        if study.made is not None:
            return study.path.parent / str(study.made.table["forecast"]["scenarios"])
        source = read_toml(study.path)
        stands_in, _ = source.lines.get(("forecast", "scenarios"), (study.path, 0))
        return stands_in.parent / str(source.table["forecast"]["scenarios"])

    def _table(self) -> Mapping[str, Any]:
        made, source = self.study.made, self._source()
        if made is not None:
            return made.table
        assert source is not None  # a study that was not made was read
        return source.table

    def _source(self) -> TomlSource | None:
        """Read the study file again; None for a study that was made in memory.

        Raises
        ------
        StudyError
            When it, a file that it extends or the data have changed.
        """
        if self.study.made is not None:
            return None
        source = read_toml(self.study.path)
        read = (*source.sha256, self.study.data_path)
        changed = [path for path in read if file_sha256(path) != self.study.sha256.get(path)]
        if changed:
            raise StudyError("has changed since the study was read: read it again", path=changed[0])
        return source


def _written(source: TomlSource | None, table: Mapping[str, Any]) -> bytes:
    """Write a table; where it is what one file says, return that file."""
    if source is not None and len(source.sha256) == 1 and table == source.table:
        return read_input(source.path)
    return document_of(table).encode()


def _copies(model: LoadedModel, folder: Path) -> dict[str, bytes]:
    """Return what a copy of a model needs in a folder, less what lies there already.

    Raises
    ------
    OutputError
        When the model reads a file outside its own folder, which a copy would not find.
    """
    files = _model_files(model)
    outside = [path for path in model.ir.external_files if path.exists() and path not in files.values()]
    if outside:
        raise OutputError(
            f"the model reads {outside[0]}, which is not in its folder: put a copy beside the model", path=folder
        )
    return {name: read_input(path) for name, path in files.items() if (folder / name).resolve() != path.resolve()}


def _model_files(model: LoadedModel) -> dict[str, Path]:
    """Find a model, and what belongs to it, as far as it lies in its own folder.

    That is the data files that its equations read, its checks, which name its loops, and the twin that these name.
    """
    home = model.path.parent.resolve()
    beside = (each for each in (*model.ir.external_files, *_checks_of(model)) if is_file(each))
    inside = (each for each in beside if each.resolve().is_relative_to(home))
    return {model.path.name: model.path, **{each.resolve().relative_to(home).as_posix(): each for each in inside}}


def _checks_of(model: LoadedModel) -> tuple[Path, ...]:
    """Return the file of checks beside a model, and the twin that it names."""
    checks = checks_beside(model.path)
    try:
        twin = declared_of(model.path, None).content.twin
    except RcsdError:  # a faulty file of checks is told where it is read
        return (checks,)
    return (checks,) if twin is None else (checks, checks.parent / twin)
