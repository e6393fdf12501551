"""The whole check of a model: read, looked at, run, silenced."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PureWindowsPath

from rcsd.analysis.checks.file.reading import Declared, declared_of
from rcsd.analysis.checks.registry import CHECKS
from rcsd.analysis.checks.result import CheckResult
from rcsd.analysis.checks.silence import silenced
from rcsd.analysis.checks.subject import Subject, Unmade
from rcsd.errors import ModelError, RcsdError
from rcsd.files import is_file
from rcsd.simulation.checks import Finding
from rcsd.simulation.checks.circular import circle_findings, is_circle
from rcsd.simulation.checks.flows import content_names
from rcsd.simulation.checks.reading import reading_findings, said_findings
from rcsd.simulation.ir.unsound import EngineLimit
from rcsd.simulation.loading import LoadedModel, find_model, load

_ON_READING = ("loads", "defined", "arguments", "circular")


def check_model(
    model: LoadedModel | str | Path,
    *,
    against: str | Path | None = None,
    checks: str | Path | None = None,
    deep: bool = False,
    progress: Callable[[str], None] | None = None,
) -> CheckResult:
    """Check a model.

    Parameters
    ----------
    model : LoadedModel, str or Path
        A loaded model, a model file, or the name of a model that comes with the package.
    against : str or Path, optional
        The same model in another format; what the file of checks names as `twin` when None.
    checks : str or Path, optional
        The file of checks; the ``checks.toml`` beside the model, if there is one, when None.
    deep : bool
        Whether it may take minutes: kernels are compiled, PySD runs, more corners of the ranges are tried.
    progress : callable, optional
        Told the name of each check as it begins.

    Returns
    -------
    CheckResult

    Raises
    ------
    ModelError
        When there is no such file, or it is no model file at all; a fault in one is a finding.
    StudyError, FileError
        For a faulty file of checks, listing every fault, or one that is not there.

    Examples
    --------
    >>> result = check_model("hypercycle")
    >>> result.counts["error"]
    0
    """
    loaded, path, found = _loaded(model)
    declared = declared_of(path, None if checks is None else Path(checks))
    twin = _twin(declared, against)
    if loaded is None:
        return _result(
            path, declared, twin, found, [*_ON_READING[:-1]], dict.fromkeys(_later(), "the model cannot be read")
        )
    subject = Subject(loaded, declared, twin=twin, deep=deep)
    found += _readiness(subject)
    made, unmade = list(_ON_READING), {}
    for check in CHECKS:
        if check.name in _ON_READING:
            continue
        if progress is not None:
            progress(check.name)
        try:
            found += check.find(subject)
            made.append(check.name)
        except (Unmade, RcsdError) as reason:  # an error here is no fault of who asks: the check says why it stopped
            unmade[check.name] = str(reason)
    return _result(path, declared, twin, found, made, unmade)


def _later() -> list[str]:
    """Name the checks that need a model which can be read."""
    return [check.name for check in CHECKS if check.name not in _ON_READING[:-1]]


def _loaded(model: LoadedModel | str | Path) -> tuple[LoadedModel | None, Path, list[Finding]]:
    """Read a model; its faults are findings.

    Raises
    ------
    ModelError
        When there is nothing to read.
    """
    if isinstance(model, LoadedModel):
        return model, model.path, []
    path = find_model(model).expanduser().absolute()
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            loaded = load(path)
        except ModelError as error:
            if not error.faults and error.line is None and error.variable is None and not is_file(path):
                raise
            return None, path, list(reading_findings(error, path))
    return loaded, path, list(said_findings(said, path))


def _readiness(subject: Subject) -> list[Finding]:
    """Make a model ready to run; what hinders that is a finding, and only a note where PySD may run it."""
    model = subject.model
    if model.ir.untaken:
        place, _, why = model.ir.untaken[0].removeprefix(f"{model.path}:").partition(": ")
        text = f"the model runs through PySD only, so that checks which need runs are not made: {why}"
        line = int(place) if place.isdigit() else 1
        return [Finding("loads", "note", None, model.path, line, text, "write that equation in another way")]
    if subject.fault is None:
        return []
    if is_circle(subject.fault):
        return list(circle_findings(model.ir, subject.fault))
    found = reading_findings(subject.fault, model.path)
    if not isinstance(subject.fault, EngineLimit):
        return list(found)
    # PySD may be able to run it
    return [replace(each, grade="warning", line=each.line or _reader_of(model, each.variable)) for each in found]


def _reader_of(model: LoadedModel, hidden: str | None) -> int:
    """Return the line of an equation that reads a hidden variable, such as one of a macro's call."""
    lines = (each.line for each in model.ir.definitions if each.line and hidden in tuple(content_names(each)))
    return next(lines, 1)


def _twin(declared: Declared, against: str | Path | None) -> Path | None:
    """Find the twin that is asked for.

    Raises
    ------
    ModelError
        When it is not there.
    """
    if against is not None:
        path = find_model(against).expanduser().absolute()
    elif declared.content.twin is not None and declared.path is not None:
        path = _beside(declared.path, declared.content.twin)
    else:
        return None
    if not is_file(path):
        raise ModelError("there is no such file to compare with; check --against, or twin in checks.toml", path=path)
    return path


def _beside(checks: Path, name: str) -> Path:
    """Return the file that a file of checks names: one of its own folder, since strangers send both.

    Raises
    ------
    ModelError
        When the name leads out of the folder.
    """
    folder = checks.parent.absolute()
    if PureWindowsPath(name).drive or not (folder / name).resolve().is_relative_to(folder.resolve()):
        raise ModelError(
            f"twin: {name!r} lies outside the folder of the file; put the twin there, or name it by --against",
            path=checks,
        )
    return folder / name


def _result(
    path: Path,
    declared: Declared,
    twin: Path | None,
    found: list[Finding],
    made: list[str],
    unmade: dict[str, str],
) -> CheckResult:
    known = [*(check.name for check in CHECKS), "silence"]
    stands, accepted = silenced(found, declared, known, made)
    return CheckResult(
        model=path,
        checks_file=declared.path,
        twin=twin,
        findings=tuple(sorted(dict.fromkeys(stands), key=lambda each: each.order)),
        silenced=tuple(accepted),
        made=tuple(made),
        unmade=unmade,
    )
