"""`rcsd check`: what is wrong with a model, from its file and its runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rcsd.cli.options import Json, ModelName
from rcsd.cli.output import print_json, print_line
from rcsd.cli.program.command import Command
from rcsd.cli.progress import one_by_one, progress_bars
from rcsd.errors import InputError, ParameterError

EXAMPLE = "Example: rcsd check city.mdl --against city.xmile --strict"


def check(  # noqa: PLR0913 - an option each
    model: ModelName,
    *,
    against: Annotated[
        Path | None, typer.Option(metavar="TWIN", help="The same model in another format, to compare with.")
    ] = None,
    checks: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="File of checks; the checks.toml beside the model unless given."),
    ] = None,
    init: Annotated[
        bool, typer.Option("--init", help="Write a first file of checks from what the model does now, and stop.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again whenever one of the files is saved, until Ctrl-C.")
    ] = False,
    deep: Annotated[
        bool,
        typer.Option("--deep", help="Take minutes: compile kernels, run PySD, try more corners of the ranges."),
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Show silenced findings as well.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail the check too.")] = False,
    json: Json = False,
) -> None:
    """Check a model: names, units, time step, ranges, stocks, flows, extreme conditions, engines and twin.

    Exit code 0: no error is found; 1: there are errors (with --strict: or warnings); 2: there is nothing to check.
    A checks.toml beside the model says what it must do in runs of its own, and which findings are accepted and why.
    """
    from rcsd.analysis.checks import check_model
    from rcsd.cli.model.findings import report
    from rcsd.cli.model.watching import watched

    if watch and json:
        raise ParameterError("--watch prints for people, --json one document; keep one of the two")
    if init:
        if watch or json:
            raise ParameterError("--init writes a file and stops; leave --watch and --json out")
        from rcsd.analysis.checks.file.writing import write_first_checks

        written = write_first_checks(model, checks)
        print_line(f"{written.path}: {written.summary}")
        return
    if watch:
        for outcome in watched(model, against=against, checks=checks, deep=deep):
            print_line(f"rcsd: error: {outcome}" if isinstance(outcome, InputError) else report(outcome, every=every))
            print_line("")
        return
    with progress_bars() as noting, one_by_one(noting(Path(model).stem)) as begun:
        result = check_model(model, against=against, checks=checks, deep=deep, progress=begun)
    if json:
        print_json(result.to_dict())
    else:
        print_line(report(result, every=every))
    if not result.passed(strict=strict):
        raise typer.Exit(1)


COMMAND = Command(
    check,
    group="Model",
    summary="Check a model's file and its runs for faults.",
    example=EXAMPLE,
)
