"""A model as the commands that run one are given it: its file, its time axis, the data that it reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rcsd.errors import ParameterError

if TYPE_CHECKING:
    from rcsd.simulation.loading import LoadedModel

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
