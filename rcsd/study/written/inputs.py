"""The folder `inputs` of a study's results: all that it was made from, so that the results can be had again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from rcsd.errors import StudyError
from rcsd.files import is_file, together, write_bytes_atomic, write_or_remove
from rcsd.study.file.reading import FILE_NAME, find_study
from rcsd.study.file.study import Study
from rcsd.study.made.folder import whole_study
from rcsd.study.written.locked import requirements

FOLDER = "inputs"
LOCK = "requirements.txt"
"""In that folder: the versions of rcsd and of all that it needs."""


def inputs_of(study: Study) -> Mapping[str, bytes]:
    """Return what goes into the folder: the study, its data, its model and its scenarios, and the lock of versions.

    Raises
    ------
    StudyError
        When a file of the study is no longer what it was read from.
    """
    return {**whole_study(study), LOCK: requirements().encode()}


@together()
def write_inputs(contents: Mapping[str, bytes], folder: Path, earlier: Iterable[str] = ()) -> None:
    """Write the folder of inputs; what an earlier run left there and this one has not read goes.

    Parameters
    ----------
    contents
        Of `inputs_of`.
    folder
        The study's own output folder.
    earlier
        Files of the output folder that an earlier run has described (`rcsd.study.written.crate.earlier_files`); any
        other file there is somebody's own, and stays.
    """
    inputs = folder / FOLDER
    named = (PurePosixPath(name) for name in earlier)
    for name in sorted(each.relative_to(FOLDER).as_posix() for each in named if each.parts[:1] == (FOLDER,)):
        if name not in contents and is_file(inputs / name):
            write_or_remove(inputs / name, None, with_folder=True)
    for name, content in contents.items():
        path = inputs / name
        # a study that is read from here stays as it is
        if not is_file(path) or path.read_bytes() != content:
            write_bytes_atomic(path, content)


def study_at(path_or_name: str | Path) -> Path:
    """Find the file of a study: where `find_study` does, or among the inputs of the results in a folder.

    Raises
    ------
    StudyError
        When there is neither such a file, nor such results, nor a study of that name.
    """
    try:
        return find_study(path_or_name)
    except StudyError:
        kept = kept_study(Path(path_or_name))
        if kept is None:
            raise
        return kept


def kept_study(folder: Path) -> Path | None:
    """Find the study file among the inputs of the results in a folder; None where there is none."""
    named = FILE_NAME
    # without a manifest that can be read, the inputs may be there all the same
    with suppress(OSError, ValueError, LookupError, TypeError):
        named = str(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["study"]["study_file"])
    found = [folder / FOLDER / name for name in (Path(named).name, FILE_NAME)]
    return next(filter(is_file, found), None)
