"""`rcsd simulate`: a run for each row of a table, however many."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from rcsd.cli.model.run import chosen_times
from rcsd.cli.options import (
    MOST_SEED,
    AllowOutside,
    Data,
    From,
    Json,
    ModelName,
    SavePer,
    Scheduler,
    Step,
    To,
    model_on_axis,
)
from rcsd.cli.output import print_json, print_line
from rcsd.cli.program.command import Command
from rcsd.cli.progress import progress_bars
from rcsd.cli.sobol import parse_names

if TYPE_CHECKING:
    from rcsd.simulation.archive.simulating import Simulated

EXAMPLE = 'Example: rcsd simulate resource_city --inputs rows.csv --outputs "GDP,Population" --out runs'


def simulate(  # noqa: PLR0913 - an option each
    model: ModelName,
    *,
    inputs: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help="CSV with the names of constants in its first line, followed by one row per run. Elements of "
            'constants and initial values are named as "Name[a]" and "initial: Name".',
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="FOLDER", help="Folder for the runs, new or begun by the same command.")
    ],
    outputs: Annotated[
        str | None, typer.Option(metavar='"A,B"', help="Variables to save; every one if left out.")
    ] = None,
    years: Annotated[str | None, typer.Option(metavar="A:B", help="Save only these years.")] = None,
    start: From = None,
    stop: To = None,
    step: Step = None,
    save_step: SavePer = None,
    data: Data = None,
    backend: Annotated[
        Literal["auto", "compiled", "interpreted", "pysd"],
        typer.Option(help="What simulates the model; auto compiles it if it can."),
    ] = "auto",
    method: Annotated[
        Literal["euler", "rk2", "rk4"] | None, typer.Option(help="Integration method; the file's own unless given.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=MOST_SEED, help="Seed of the model's random functions.")] = 0,
    scheduler: Scheduler = None,
    allow_outside: AllowOutside = False,
    json: Json = False,
) -> None:
    """Simulate one run per row of a table, and store them as netCDF, some thousand in a file.

    The rows themselves are held in memory, eight bytes a cell. Finished files are kept: the same command goes on where
    it was stopped. Runs that fail are listed in failed_runs.csv. Python reads the folder back with rcsd.open_ensemble.
    """
    from rcsd.simulation.archive import simulate as simulate_rows

    names = parse_names(outputs, "--outputs")
    loaded = model_on_axis(model, step=step, start=start, stop=stop, save_step=save_step, allow_outside=allow_outside)
    times = None if years is None else chosen_times(loaded, years)
    with progress_bars() as noting:
        done = simulate_rows(
            loaded,
            inputs,
            out=out,
            outputs=names,
            times=times,
            backend=backend,
            method=method,
            seed=seed,
            data=data or (),
            scheduler=scheduler,
            progress=noting(loaded.name),
        )
    _print(done, json=json)


def _print(done: Simulated, *, json: bool) -> None:
    stored = done.ensemble
    if json:
        runs = {"total": stored.n_runs, "failed": done.n_failed, "kept": done.n_kept}
        job = stored.job
        print_json(
            {
                "folder": str(stored.folder),
                "model": job.model,
                "inputs": list(job.inputs),
                "outputs": list(job.outputs),
                "times": list(job.times),
                "runs": runs,
                "chunks": job.n_chunks,
                "failed_runs": str(stored.failed_runs),
            }
        )
        return
    kept = f", {done.n_kept:,} of them from before" if done.n_kept else ""
    failed = f"; {done.n_failed:,} failed, listed in {stored.failed_runs}" if done.n_failed else ""
    print_line(f"{stored.n_runs:,} runs{kept}: {stored.folder}{failed}")


COMMAND = Command(
    simulate,
    group="Model",
    summary="Simulate one run per row of a table, and store them.",
    example=EXAMPLE,
    keeps=True,
)
