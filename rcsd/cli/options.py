"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rcsd.errors import ParameterError

if TYPE_CHECKING:
    from rcsd.simulation.loading import LoadedModel

MOST_SEED = 10**18
MOST_WORKERS = 1024
"""Processes or threads beyond which a typing error is more likely than a machine."""

StudyName = Annotated[
    str, typer.Argument(metavar="NAME|PATH", help="A study that comes with rcsd, or a study.toml or its folder.")
]
Out = Annotated[Path, typer.Option("--out", help="Folder for results; each study gets a folder of its own in it.")]
Quick = Annotated[bool, typer.Option("--quick", help="A smaller search: a first look, not a result.")]
Workers = Annotated[
    int,
    typer.Option(
        "--workers",
        min=1,
        max=MOST_WORKERS,
        help="Processes for the starts where PySD runs the model; the compiled engine uses all cores by itself.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document to stdout and nothing else.")]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="Spread the runs over a dask cluster, such as tcp://10.0.0.5:8786; the numbers stay the same. With "
        "certificates: tls://10.0.0.5:8786?ca=FILE&cert=FILE&key=FILE.",
    ),
]
StartsScheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="Hand the starts of the calibration, one start per task, to a dask cluster, such as tcp://10.0.0.5:8786, "
        "instead of --workers; the rest is done here.",
    ),
]

ModelName = Annotated[
    str, typer.Argument(metavar="MODEL", help="A .mdl or .xmile file, or a model that comes with rcsd.")
]
Step = Annotated[
    float | None,
    typer.Option("--step", metavar="H", help="Integration step; the file's own unless given."),
]
From = Annotated[float | None, typer.Option("--from", metavar="T", help="Start here, with the initial values.")]
To = Annotated[float | None, typer.Option("--to", metavar="T", help="Stop here, also beyond the file's final time.")]
SavePer = Annotated[float | None, typer.Option("--saveper", metavar="H", help="Save a value every so often.")]
Data = Annotated[
    list[Path] | None,
    typer.Option(
        "--data",
        metavar="FILE",
        help="Series of data variables: CSV with time down or across, or Vensim's .csv, .tab or .dat; repeatable.",
    ),
]
AllowOutside = Annotated[
    bool, typer.Option("--allow-outside", help="Let the model read data files outside its own folder.")
]

DEFAULT_OUT = Path("out")


def model_on_axis(
    name: str,
    *,
    step: float | None,
    start: float | None,
    stop: float | None,
    save_step: float | None,
    allow_outside: bool = False,
) -> LoadedModel:
    """Load a model and put it on the time axis that the options give.

    Raises
    ------
    ModelError
        When it cannot be read.
    ParameterError
        When the options make no time axis.
    """
    from rcsd.simulation.loading import load

    loaded = load(name, allow_outside=allow_outside)
    options = {"--from": start, "--to": stop, "--step": step, "--saveper": save_step}
    given = [f"{option} {value:g}" for option, value in options.items() if value is not None]
    try:
        return loaded.with_time(start=start, stop=stop, step=step, save_step=save_step) if given else loaded
    except ParameterError as error:
        raise ParameterError(f"{' '.join(given)}: {error}") from error
