"""`rcsd study`: the main job, from the series to the report."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rcsd.cli.options import DEFAULT_OUT, MOST_WORKERS, Json, Out, Quick, StartsScheduler
from rcsd.cli.output import print_json, print_line
from rcsd.cli.program.command import Command
from rcsd.cli.progress import progress_bars
from rcsd.errors import StudyError

if TYPE_CHECKING:
    from rcsd.cli.studying import Done
    from rcsd.workbench.study import Study

EXAMPLE = "Example: rcsd study jixi hegang --out out --workers 2"


def study(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME|PATH...",
            help="Studies that come with rcsd, study.toml files or their folders, or folders of results.",
        ),
    ] = None,
    *,
    out: Out = DEFAULT_OUT,
    quick: Quick = False,
    workers: Annotated[
        int,
        typer.Option(
            "--workers",
            min=1,
            max=MOST_WORKERS,
            help="Worker processes: one study per process; spare ones run steps of a study beside each other.",
        ),
    ] = 1,
    scheduler: StartsScheduler = None,
    json: Json = False,
    check: Annotated[
        bool, typer.Option("--check", help="Say all that is wrong with the studies, run nothing, and stop.")
    ] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the studies that come with rcsd, and stop.")] = False,
    **asked: Any,
) -> None:
    """Calibrate, backtest and report one or more studies.

    Finished steps are kept in the output folder: a study that is stopped goes on where it was. With assessments, the
    report goes on from how the city stood to an optimal structure, to the levers that reach it in the model and to
    what they change: rcsd study jixi --with structure,resilience
    """
    if listed:
        if json:
            print_json({"studies": packaged_studies()})
        else:
            print_line("\n".join(packaged_studies()))
        return
    if not names:
        known = ", ".join(packaged_studies())
        raise StudyError(f"no study named; name one or more of {known}, or the path of a study.toml")
    if check:
        _check(names, json=json)
        return
    from rcsd.cli.asking import load_asked

    studies = _distinct(names)
    given = load_asked(asked, studies)
    finished = _run_all(studies, given, out, quick=quick, workers=workers, scheduler=scheduler)
    _report(finished, out, json=json)


def packaged_studies() -> tuple[str, ...]:
    """Return the names of the studies that come with the package, sorted."""
    from rcsd.assets import asset_names

    return asset_names("calibration")


def _check(names: list[str], *, json: bool) -> None:
    """Say all that is wrong with studies.

    Raises
    ------
    InputError
        With every fault, where there is one.
    """
    from rcsd.study.file.checking import check_study
    from rcsd.study.written.inputs import kept_study

    wrong = {name: check_study(kept_study(Path(name)) or name) for name in names}
    if json:
        print_json({"studies": {name: [str(error) for error in found] for name, found in wrong.items()}})
    faults = [error for found in wrong.values() for error in found]
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise StudyError("\n".join(map(str, faults)))
    if not json:
        for name in names:
            print_line(f"{name}: nothing is wrong with it; run it with: rcsd study {name}")


def _run_all(
    studies: list[Study],
    given: dict[str, dict[str, Any]],
    out: Path,
    *,
    quick: bool,
    workers: int,
    scheduler: str | None,
) -> list[Done]:
    """Run the studies, some at a time; all have been read and checked before the first is run."""
    from rcsd.cli.studying import Task, carry_out_each

    # a cluster takes the starts of one study after the other
    at_once = min(workers, len(studies)) if scheduler is None else 1
    each, spare = divmod(workers, at_once)
    tasks = [
        Task(study, given[study.name], out, quick, each + (i < spare), scheduler) for i, study in enumerate(studies)
    ]
    with progress_bars() as noting:
        return carry_out_each(tasks, at_once, noting)


def _distinct(names: list[str]) -> list[Study]:
    """Read every study once, however often and in whatever way its file is named.

    Raises
    ------
    StudyError
        For two studies of one name, since their results would share a folder.
    """
    from rcsd.study.written.inputs import study_at
    from rcsd.workbench.study import Study

    studies: dict[str, Study] = {}
    for path in {path.resolve(): path for path in map(study_at, names)}.values():
        study = Study.read(path)
        other = studies.setdefault(study.name, study)
        if other is not study:
            raise StudyError(
                f"{other.path} and {study.path} are both named {study.name!r}, and the results of one would overwrite "
                "those of the other: give one of them another name, or run them with a different --out",
                path=study.path,
                field="study.name",
            )
    return list(studies.values())


def _report(finished: list[Done], out: Path, *, json: bool) -> None:
    """Write the page over all studies, and say where."""
    from rcsd.report import write_index
    from rcsd.study.written.result_json import result_document

    with progress_bars() as noting:
        told = noting("all studies")
        told("index", 0, 1)
        index = write_index([each.result for each in finished], out)
        told("index", 1, 1)
    quick = [each.result.info.name for each in finished if each.result.info.quick]
    if quick:
        print(f"rcsd: quick search, a first look and not a result: {', '.join(quick)}", file=sys.stderr)
    if json:
        documents = [{"report": str(each.report), "result": result_document(each.result)} for each in finished]
        print_json({"index": str(index), "studies": documents})
    else:
        print_line(str(index))


def _with_asked(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of steps on demand, whichever are installed."""
    from rcsd.cli.asking import with_options

    return with_options(command)


COMMAND = Command(
    study,
    group="Study",
    summary="Calibrate, backtest and report one or more studies.",
    example=EXAMPLE,
    keeps=True,
    completed=_with_asked,
)
