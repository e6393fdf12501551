"""`rcsd study`: the main job, from the series to the report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rcsd.cli.options import DEFAULT_OUT, Json, Out, Quick, StartsScheduler
from rcsd.cli.output import print_json, print_line
from rcsd.cli.program.command import Command
from rcsd.cli.progress import progress_bars
from rcsd.errors import ParameterError, StudyError

if TYPE_CHECKING:
    from rcsd.cli.studying import Done
    from rcsd.papers.city import Assessments, Story
    from rcsd.study import Study
    from rcsd.study.graph.result import StudyResult

EXAMPLE = "Example: rcsd study jixi hegang --out out --workers 2"


def study(  # noqa: PLR0913 - an option each
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME|PATH...", help="Studies that come with rcsd, or study.toml files or their folders."
        ),
    ] = None,
    *,
    out: Out = DEFAULT_OUT,
    quick: Quick = False,
    workers: Annotated[
        int,
        typer.Option(
            "--workers", min=1, help="Processes, a study each; the rest share the starts of a study that PySD runs."
        ),
    ] = 1,
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
    programme: Annotated[
        Path | None, typer.Option(help="Structure programme for --with structure, in place of rcsd's own.")
    ] = None,
    levers: Annotated[Path | None, typer.Option(help="File of levers for --with structure, likewise.")] = None,
    indicators: Annotated[Path | None, typer.Option(help="Indicator file for --with resilience, likewise.")] = None,
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
    files = {"programme": programme, "levers": levers, "indicators": indicators}
    studies = _distinct(names)
    assessments = _assessments(assessed, studies, files)
    finished = _run_all(studies, assessments, out, quick=quick, workers=workers, scheduler=scheduler)
    _report(finished, out, json=json)


def packaged_studies() -> tuple[str, ...]:
    """Return the names of the studies that come with the package, sorted."""
    from rcsd.assets import asset_names

    return asset_names("calibration")


def _assessments(words: str | None, studies: list[Study], files: dict[str, Path | None]) -> Assessments | None:
    """Read what the studies are to be run with.

    Raises
    ------
    ParameterError
        For a file that no word of `--with` asks for.
    """
    from rcsd.papers.city import USED_BY, load_assessments, read_words

    asked = read_words(words)
    for name, path in files.items():
        if path is not None and USED_BY[name] not in asked:
            raise ParameterError(f"--{name} is read by --with {USED_BY[name]}: add that, or leave the file out")
    return load_assessments(asked, studies, **files) if asked else None


def _run_all(
    studies: list[Study],
    assessments: Assessments | None,
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
    tasks = [Task(study, assessments, out, quick, max(1, workers // at_once), scheduler) for study in studies]
    with progress_bars() as noting:
        return carry_out_each(tasks, at_once, noting)


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


def _report(finished: list[Done], out: Path, *, json: bool) -> None:
    """Write the page over all studies, and say where."""
    from rcsd.report import write_index

    index = write_index([each.result for each in finished], out)
    quick = [each.result.info.name for each in finished if each.result.info.quick]
    if quick:
        print(f"rcsd: quick search, a first look and not a result: {', '.join(quick)}", file=sys.stderr)
    if json:
        documents = [{"report": str(each.report), "result": _document(each.result, each.story)} for each in finished]
        print_json({"index": str(index), "studies": documents})
    else:
        print_line(str(index))


def _document(result: StudyResult, story: Story | None) -> dict[str, Any]:
    """Arrange what result.json holds."""
    from rcsd.papers.city.story_writer import ENTRY, story_document
    from rcsd.study.written.result_json import result_document

    return result_document(result) | ({} if story is None else {ENTRY: story_document(story)})


COMMAND = Command(
    study,
    group="Study",
    summary="Calibrate, backtest and report one or more studies.",
    example=EXAMPLE,
    keeps=True,
)
