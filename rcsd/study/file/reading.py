"""From the path or the name of a study to a checked `Study`, or to one error that lists all its faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from rcsd.analysis.clock import Clock
from rcsd.analysis.series import ObservedSeries, read_observed
from rcsd.assets import asset_names, find_asset
from rcsd.errors import ParameterError, SeriesError, StudyError
from rcsd.files import file_sha256, is_file, sha256
from rcsd.names import near_matches
from rcsd.simulation.loading import LoadedModel, find_model, load
from rcsd.study.file.converting import distinct
from rcsd.study.file.lookup import Lookup
from rcsd.study.file.resolving.base import Resolving
from rcsd.study.file.resolving.constants import constants
from rcsd.study.file.resolving.drivers import drivers
from rcsd.study.file.resolving.histories import histories
from rcsd.study.file.resolving.model import check_outputs, check_repeatable
from rcsd.study.file.resolving.parameters import space
from rcsd.study.file.resolving.sobol import check_sobol
from rcsd.study.file.resolving.targets import targets
from rcsd.study.file.resolving.windows import check_rolling, check_windows
from rcsd.study.file.scenario_reading import read_scenarios
from rcsd.study.file.schema import StudyFile, context_of
from rcsd.study.file.section import study_schema
from rcsd.study.file.structures import check_structures
from rcsd.study.file.study import Made, Study
from rcsd.tables import file_bytes
from rcsd.toml.faults import Faults, checked
from rcsd.toml.source import TomlSource, read_toml, toml_of

FILE_NAME = "study.toml"


def load_study(path_or_name: str | Path) -> Study:
    """Read and check a study.

    Parameters
    ----------
    path_or_name
        A study file (``.toml``), a folder with a `study.toml` in it, or the name of a study that comes with the
        package. Paths inside the file are relative to it.

    Raises
    ------
    StudyError
        Listing every fault of the file at once, each with its line.
    ModelError
        When the model cannot be read.
    SeriesError
        Listing every fault of the data file.
    """
    path = find_study(path_or_name)
    source = read_toml(path)
    file, _ = checked(source, study_schema(), "study", context_of(source.table))
    return _with_data(source, file, model_of(path, file), file_bytes(path.parent / file.study.data, SeriesError))


def make_study(table: Mapping[str, Any], model: LoadedModel, data: bytes) -> Study:
    """Check a study that stands in no file, as `load_study` checks one that does.

    Parameters
    ----------
    table
        What would stand in its `study.toml`, as plain values of TOML. Paths in it are relative to the working folder.
    model
        Read; its name in the table is not looked up.
    data
        What would stand in its `observed.csv`.

    Raises
    ------
    StudyError
        Listing every fault of the table at once, each with its key.
    SeriesError
        Listing every fault of the data.
    """
    source = toml_of(Path(FILE_NAME), table)
    file, _ = checked(source, study_schema(), "study", context_of(source.table))
    return _with_data(source, file, model, data).changed(made=Made(source.table, data))


def _with_data(source: TomlSource, file: StudyFile, model: LoadedModel, content: bytes) -> Study:
    """Read the content of a study's data file, and check all."""
    path = source.path.parent / file.study.data
    return resolve_study(source, file, model, path, read_observed(path, content, file.clock), sha256(content))


def resolve_study(
    source: TomlSource,
    file: StudyFile,
    model: LoadedModel,
    data_path: Path,
    data: Mapping[str, ObservedSeries],
    data_sha256: str,
) -> Study:
    """Check a study's file against its model and its data.

    Parameters
    ----------
    source, file
        The study file as text and as read.
    model
        That it names.
    data_path, data, data_sha256
        The data file, its series by name, and the hash of what they were read from.

    Raises
    ------
    StudyError
        Listing every fault of the file at once, each with its line.
    """
    faults = Faults(source, study_schema(), "study")
    clock = _clock(file, model, faults)
    counted = {name: replace(series, clock=clock) for name, series in data.items()}
    at = Resolving(file, Lookup(model.ir, counted, faults), faults, clock)
    check_windows(at)
    check_rolling(at)
    found = targets(at), drivers(at), constants(at), space(at)
    check_outputs(at)
    check_sobol(file, at.lookup, faults)
    check_structures(file, at.lookup, faults)
    drawn_from = histories(at)
    check_repeatable(at)
    faults.raise_if_any()
    beside = {read: digest for read in model.ir.external_files if (digest := file_sha256(read)) is not None}
    digests = {**source.sha256, data_path: data_sha256, model.path: model.ir.sha256, **beside}
    conversions = distinct(at.lookup.conversions)
    study = Study(source.path, data_path, file, model, *found, digests, drawn_from, conversions=conversions)
    named = None if file.forecast is None else file.forecast.scenarios
    if named is None:
        return study
    # a base file names what lies beside it, wherever the studies that extend it are
    stands_in, _ = source.lines.get(("forecast", "scenarios"), (source.path, 0))
    return with_scenarios(study, stands_in.parent / named)


def _clock(file: StudyFile, model: LoadedModel, faults: Faults) -> Clock:
    """Return the clock of a study with its model.

    Raises
    ------
    StudyError
        When its dates cannot be taken to the time of the model.
    """
    try:
        return file.clock.on(model.time.start, model.time.unit)
    except ValueError as error:
        faults.add(("time", "unit"), str(error))
        raise faults.error() from error


def with_scenarios(study: Study, path: Path) -> Study:
    """Put the scenarios of a file in the place of those that a study names, if any.

    Raises
    ------
    StudyError
        Listing every fault of that file at once, each with its line.
    """
    found, digests = read_scenarios(path, study.model.ir, study.file)
    return study.changed(scenarios=found, sha256={**study.sha256, **digests})


def find_study(path_or_name: str | Path) -> Path:
    """Find the file of a study.

    Raises
    ------
    StudyError
        When there is neither such a file nor a study of that name.
    """
    path = Path(path_or_name)
    if path.suffix == ".toml" and is_file(path):  # a file of another kind must not hide a study of its name
        return path
    if is_file(path / FILE_NAME):
        return path / FILE_NAME
    packaged = find_asset("calibration", path / FILE_NAME)
    if packaged is not None:
        return packaged
    known = asset_names("calibration")
    hint = near_matches(str(path_or_name), known) or f"the package has {', '.join(known) or 'none'}"
    raise StudyError(
        f"there is no study {str(path_or_name)!r}: give a study file (.toml), a folder with a {FILE_NAME}, or a name; "
        f"{hint}"
    )


def model_of(path: Path, file: StudyFile) -> LoadedModel:
    """Load the model that a study file names: a path is relative to the file, a bare name is looked up.

    Raises
    ------
    ModelError
        When it cannot be read.
    StudyError
        When the study's final time or time step makes no time axis of it.
    """
    model = load_named(path, file.study.model)
    try:
        return model.with_time(stop=file.time.stop, step=file.time.step)
    except ParameterError as error:
        raise StudyError(str(error), path=path, field="time") from error


def load_named(path: Path, model: str) -> LoadedModel:
    """Load a model as a study file names it, on the time axis of its own file.

    Raises
    ------
    ModelError
        When it cannot be read.
    """
    return load(find_model(_relative(path, model)))


def _relative(study_path: Path, model: str) -> str | Path:
    """Take a model written as a path relative to the study file; leave a bare name to be looked up."""
    if len(Path(model).parts) > 1 or Path(model).suffix:
        return (study_path.parent / model).resolve()
    return model
