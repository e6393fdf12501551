"""Writes the files of a finished study: each whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rcsd.files import together, write_bytes_atomic, write_json, write_or_remove, write_text_atomic
from rcsd.study.graph.registry import all_steps
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.step import Content, Step
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.written.command import asked_words, repeat_command
from rcsd.study.written.compared import compared_table
from rcsd.study.written.locked import machine
from rcsd.study.written.result_json import result_document


@together()
def write_study(result: StudyResult, folder: Path) -> None:
    """Write result.json, manifest.json, compared.csv and the files of every step.

    Where a step has not run, what an earlier run left of its files is removed.

    Parameters
    ----------
    result
        A finished study.
    folder
        The study's own output folder.

    Raises
    ------
    OutputError
        When a file cannot be written.
    """
    write_json(folder / "result.json", result_document(result))
    write_json(folder / "manifest.json", _manifest(result))
    write_text_atomic(folder / "compared.csv", compared_table(result))
    write_files(result, all_steps(), folder)


def write_files(result: StudyResult, steps: Iterable[Step[Any]], folder: Path) -> None:
    """Write the files of some steps; those of a step that has not run are removed."""
    for step in steps:
        for name, content in step.files.items():
            _write(folder / name, content(result) if step.name in result.found else None)


def read_quick(folder: Path) -> bool | None:
    """Say whether the results in a study's output folder are those of a quick search; None where there are none."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return bool(manifest["study"]["quick"])
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _manifest(result: StudyResult) -> dict[str, object]:
    """Say what it takes to repeat the study, and what it cost."""
    return {
        "study": result.info.document,
        "command": repeat_command(result),
        "asked": asked_words(result),
        "model": result.model,
        "versions": result.versions,
        "machine": machine(),
        "seeds": result.info.seeds,
        "hashes": result.hashes,
        "steps": {step.name: {"seconds": step.seconds, "reused": step.reused} for step in result.steps},
        "left_out": result.left_out,
        "runs": result.runs,
        "starts": result[CALIBRATE].fit.starts,
    }


def _write(path: Path, content: Content) -> None:
    """Write a file, or remove what an earlier run left; a folder of its own goes with its last file."""
    if isinstance(content, bytes):
        write_bytes_atomic(path, content)
        return
    write_or_remove(path, content, with_folder=True)
