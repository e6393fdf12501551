"""`rcsd study`: the main job, from the series to the report."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rcsd.cli.options import DEFAULT_OUT, Json, Out, Quick, StartsScheduler, Workers
from rcsd.cli.output import print_json, print_line
from rcsd.cli.progress import progress_bars
from rcsd.errors import StudyError

if TYPE_CHECKING:
    from pathlib import Path

    from rcsd.coupling import Story
    from rcsd.study import Study
    from rcsd.study.result import StudyResult

EXAMPLE = "Example: rcsd study jixi hegang --out out --workers 2"


def study(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME|PATH...", help="Studies that come with rcsd, or study.toml files or their folders."
        ),
    ] = None,
    out: Out = DEFAULT_OUT,
    quick: Quick = False,
    workers: Workers = 1,
    scheduler: StartsScheduler = None,
    json: Json = False,
    assessed: Annotated[
        str | None,
        typer.Option(
            "--with",
            metavar="WORDS",
            help="Assessments, separated by commas: structure (the optimal structure of the province as a scenario of "
            "the city's model), resilience (the index of the city, and what comes of it).",
        ),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the studies that come with rcsd, and stop.")] = False,
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
    told = _run_all(names, out, words=assessed, quick=quick, workers=workers, scheduler=scheduler)
    _report(told, out, json=json)


def packaged_studies() -> tuple[str, ...]:
    """Return the names of the studies that come with the package, sorted."""
    from rcsd.assets import asset_names

    return asset_names("calibration")


def _run_all(
    names: list[str], out: Path, *, words: str | None, quick: bool, workers: int, scheduler: str | None
) -> list[tuple[StudyResult, Story | None]]:
    """Run the studies one after the other; all are read and checked before the first is run."""
    from rcsd.coupling import load_assessments, read_words, tell_story, with_story
    from rcsd.study import run_study

    asked = read_words(words)
    studies = _distinct(names)
    assessments = load_assessments(asked, studies) if asked else None
    told: list[tuple[StudyResult, Story | None]] = []
    with progress_bars() as noting:
        for study in studies:
            note = noting(study.name)
            result = run_study(study, out=out, quick=quick, workers=workers, scheduler=scheduler, progress=note)
            if assessments is None:
                told.append((result, None))
            else:
                story = tell_story(study, assessments, out=out, quick=quick, progress=note)
                told.append((with_story(result, story), story))
    return told


def _distinct(names: list[str]) -> list[Study]:
    """Read every study once, however often and in whatever way its file is named.

    Raises
    ------
    StudyError
        For two studies of one name, since their results would share a folder.
    """
    from rcsd.study import find_study, load_study

    studies: dict[str, Study] = {}
    for path in {path.resolve(): path for path in map(find_study, names)}.values():
        study = load_study(path)
        other = studies.setdefault(study.name, study)
        if other is not study:
            raise StudyError(
                f"{other.path} and {study.path} are both named {study.name!r}, and the results of one would overwrite "
                "those of the other: give one of them another name, or run them with a different --out",
                path=study.path,
                field="study.name",
            )
    return list(studies.values())


def _report(told: list[tuple[StudyResult, Story | None]], out: Path, *, json: bool) -> None:
    """Write a report per study and the page over them, and say where."""
    from rcsd.coupling import clear_story, write_story
    from rcsd.report import write_index, write_report

    results = [result for result, _ in told]
    for result, story in told:
        if story is None:
            clear_story(result.info.name, out)
        else:
            write_story(story, result, out)
    reports = [write_report(result, out, story) for result, story in told]
    index = write_index(results, out)
    quick = [result.info.name for result in results if result.info.quick]
    if quick:
        print(f"rcsd: quick search, a first look and not a result: {', '.join(quick)}", file=sys.stderr)
    if json:
        documents = [
            {"report": str(report), "result": _document(result, story)}
            for (result, story), report in zip(told, reports, strict=True)
        ]
        print_json({"index": str(index), "studies": documents})
    else:
        print_line(str(index))


def _document(result: StudyResult, story: Story | None) -> dict[str, Any]:
    """Arrange what result.json holds."""
    from rcsd.coupling.story_writer import ENTRY, story_document
    from rcsd.study.result_json import result_document

    return result_document(result) | ({} if story is None else {ENTRY: story_document(story)})
