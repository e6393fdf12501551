"""Verifies the results in a folder: makes them again in a scratch folder, and holds one against the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rcsd.errors import RcsdError, StudyError
from rcsd.files import scratch_folder
from rcsd.study.graph.provenance import hashes, scenario_hashes
from rcsd.study.graph.registry import all_steps
from rcsd.study.written.crate import CRATE
from rcsd.study.written.inputs import FOLDER, kept_study
from rcsd.work.progress import Progress, silent
from rcsd.workbench.audit.compared import compared, page_in
from rcsd.workbench.audit.described import MANIFEST, PAGE, RESULT, files_part, read_document
from rcsd.workbench.audit.outcome import Part, Verification
from rcsd.workbench.audit.printed import facts_part
from rcsd.workbench.audit.software import software_differences
from rcsd.workbench.study import Study

TOLERANCE = 1e-6
"""Relative difference up to which numbers of another machine, or of other versions, count as the same."""

_CODE = "code"
_NAMED = 6
"""Folders of results that a message names."""


def verify(
    out: str | Path,
    *,
    rerun: bool = True,
    tolerance: float = TOLERANCE,
    workers: int = 1,
    progress: Progress = silent,
) -> Verification:
    """Verify the results of a study: its files, its numbers, and what its report prints.

    Every file is held to its SHA-256. The study is made again from the folder's own inputs, in a scratch folder: each
    number of result.json, of the tables and of the report is held to the new one. Each number of the report that says
    where it stands is held to result.json. Nothing in the folder is changed, and no kept step is used.

    Parameters
    ----------
    out : str or Path
        Folder of one study's results, such as ``out/jixi``.
    rerun : bool
        Whether to make the study again; without it only files, and the report against result.json, are verified.
    tolerance : float
        Relative difference up to which numbers count as close.
    workers : int
        Processes.
    progress : callable
        Told after each finished piece.

    Returns
    -------
    Verification
        `passed` says whether all is right.

    Raises
    ------
    StudyError
        When the folder holds no results of a study.

    Examples
    --------
    >>> import tempfile
    >>> import rcsd
    >>> study = rcsd.Study(
    ...     "digital_cluster",
    ...     {"digital": (range(6), [0.010, 0.017, 0.027, 0.042, 0.061, 0.088])},
    ...     series={"digital": {"variable": "Digitalisation", "error": 0.05}},
    ...     parameters={"Digital Imitation": (0.05, 1.0)},
    ... )
    >>> with tempfile.TemporaryDirectory() as out:
    ...     done = rcsd.run_study(study, out=out, quick=True)
    ...     verify(f"{out}/digital_cluster", rerun=False)
    <Verification 'digital_cluster': all is right>
    """
    folder = Path(out)
    if not any((folder / name).is_file() for name in (CRATE, MANIFEST, RESULT)):
        within = [path.parent.as_posix() for path in sorted(folder.glob(f"*/{RESULT}"))]
        which = f"one of {', '.join(within[:_NAMED])}" if within else "such as out/jixi"
        raise StudyError(
            f"there are no results of a study in {folder}: name the folder that has {RESULT} in it, {which}"
        )
    files, others = files_part(folder)
    manifest, fault = read_document(folder, MANIFEST)
    result, other_fault = read_document(folder, RESULT)
    unreadable = tuple(each for each in (fault, other_fault) if each and each not in files.faults)
    parts = [files, *([Part("documents", "document", 0, faults=unreadable)] if unreadable else [])]
    notes = [f"no part of the results: {name}" for name in others]
    page = page_in(folder, PAGE)
    if page is None:
        notes.append("there is no report to verify")
    elif result is not None:
        parts.append(facts_part(page.facts, result))
    if rerun:
        parts += _Asked(folder, manifest or {}, tolerance, workers, progress).again()
    else:
        notes.append("the study was not made again")
    name = str((result or {}).get("study", ""))
    software = () if manifest is None else software_differences(manifest, folder)
    return Verification(folder, name, tuple(parts), software, tuple(notes), tolerance)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Results, and how they are to be made again."""

    folder: Path
    manifest: Mapping[str, Any]
    tolerance: float
    workers: int
    progress: Progress

    def again(self) -> list[Part]:
        """Make the results again, and compare; a study that cannot be made again is a fault."""
        try:
            study = Study.read(self._study_file())
        except RcsdError as error:
            return [Part("inputs", "input", 0, faults=(f"the study cannot be read: {_one_line(error)}",))]
        inputs = self._inputs(study)
        with scratch_folder() as scratch:
            try:
                study.run(
                    out=scratch,
                    quick=bool(self._said("study", "quick")),
                    workers=self.workers,
                    progress=self.progress,
                    given=_given(self._said("asked"), study),
                )
            except RcsdError as error:
                return [inputs, Part("new run", "run", 0, faults=(f"it has failed: {_one_line(error)}",))]
            return [inputs, *compared(self.folder, scratch / study.name, self.tolerance)]

    def _study_file(self) -> Path:
        """Find the study file among the inputs.

        Raises
        ------
        StudyError
            When there is none.
        """
        path = kept_study(self.folder)
        if path is None:
            raise StudyError(f"{self.folder / FOLDER} has no study file")
        return path

    def _inputs(self, study: Study) -> Part:
        """Hold the inputs, as they are read, to the hashes of those that the results were made from."""
        now = {name: digest for name, digest in {**hashes(study), **scenario_hashes(study)}.items() if name != _CODE}
        stated = self._said("hashes")
        before = {name: each for name, each in stated.items() if name != _CODE} if isinstance(stated, Mapping) else {}
        faults = [f"the {name} is not the one of the results" for name in now if now[name] != before.get(name)]
        faults += [f"the results were made with {name}, which is missing" for name in before if name not in now]
        return Part("inputs", "input", sum(now[name] == before.get(name) for name in now), faults=tuple(faults))

    def _said(self, *keys: str) -> Any:
        """Return what the manifest says; None where it does not."""
        value: Any = self.manifest
        for key in keys:
            value = value.get(key) if isinstance(value, Mapping) else None
        return value


def _given(words: object, study: Study) -> dict[str, Any]:
    """Read what steps on demand are given for the words that they were asked for by.

    Raises
    ------
    InputError
        When a word is not known, or a step refuses it.
    """
    wanted = [str(word) for word in words] if isinstance(words, list) else []
    known = {step.name: step.asked for step in all_steps() if step.asked is not None}
    unknown = [word for word in wanted if not any(word in asked.words for asked in known.values())]
    if unknown:
        raise StudyError(f"no installed step is asked for by {unknown[0]!r}: install the plug-in that brings it")
    given = {}
    for name, asked in known.items():
        own = [word for word in asked.words if word in wanted]
        if own:
            given[name] = asked.load(own, [study], dict.fromkeys(asked.files))[study.name]
    return given


def _one_line(error: RcsdError) -> str:
    return " ".join(str(error).split())
