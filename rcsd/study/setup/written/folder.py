"""The folder of a proposed study."""

from __future__ import annotations

import os
from pathlib import Path

from rcsd.files import write_text_atomic
from rcsd.study.setup.proposal import Proposal
from rcsd.study.setup.written.observed import observed_csv
from rcsd.study.setup.written.study_toml import study_toml


def write_files(proposal: Proposal, folder: Path, *, model: str | None = None) -> Path:
    """Write `study.toml` and `observed.csv` into a folder, and return the path of the first.

    Parameters
    ----------
    proposal
        What goes into them.
    folder
        Made if it is not there.
    model
        The model's path as the study has it; relative to the folder when None.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    path = folder / "study.toml"
    write_text_atomic(folder / "observed.csv", observed_csv(proposal))
    write_text_atomic(path, study_toml(proposal, _relative(proposal.model, folder) if model is None else model))
    return path


def _relative(model: Path, folder: Path) -> str:
    """Name the model from the folder; in full where no relative path leads there, as to another drive."""
    try:
        named = Path(os.path.relpath(model, folder.resolve())).as_posix()
    except ValueError:
        return model.as_posix()
    return named if "/" in named else f"./{named}"
