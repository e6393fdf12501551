"""Arguments and options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

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

DEFAULT_OUT = Path("out")
