"""`rcsd publish`: a model, or the fitted model of a study, as a page that simulates."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rcsd.cli.options import DEFAULT_OUT, AllowOutside, Data, Json, Out, Quick
from rcsd.cli.output import print_json, print_line
from rcsd.cli.program.command import Command
from rcsd.cli.progress import progress_bars
from rcsd.errors import ParameterError

EXAMPLE = "Example: rcsd publish resource_city -o city.html"


def publish(  # noqa: PLR0913 - an option each
    subject: Annotated[
        str,
        typer.Argument(
            metavar="MODEL|STUDY", help="A .mdl or .xmile file, a study.toml or its folder, or the name of either."
        ),
    ],
    *,
    page: Annotated[
        Path | None,
        typer.Option("--page", "-o", metavar="FILE", help="The page; the subject's name with .html unless given."),
    ] = None,
    show: Annotated[
        list[str] | None,
        typer.Option(
            "--show", metavar="NAME", help="A variable of a model to draw; repeatable. The stocks unless given."
        ),
    ] = None,
    loops: Annotated[
        bool, typer.Option("--loops/--no-loops", help="List feedback loops, for which the model is run.")
    ] = True,
    data: Data = None,
    out: Out = DEFAULT_OUT,
    quick: Quick = False,
    allow_outside: AllowOutside = False,
    json: Json = False,
) -> None:
    """Write a page that runs a model in the browser: one file, no network, no server.

    A model has a slider for each constant whose range it documents. A study has its scenarios, a slider for each lever
    and estimated parameter, and bands from its posterior; what of it is kept in --out is not worked out again. Both
    have the diagram and the equations below.
    """
    from rcsd.report.live import publish as pages

    target = pages.page_path(Path(f"{_stem(subject)}.html") if page is None else page)
    if _is_study(subject):
        from rcsd.workbench.study import Study

        if show or data:
            raise ParameterError("--show and --data are of a model; a study says itself what it draws and reads")
        study = Study.read(subject)
        with progress_bars() as noting:
            study.publish(target, out=out, quick=quick, loops=loops, progress=noting(study.name))
    else:
        from rcsd.simulation.loading import load

        pages.publish(load(subject, allow_outside=allow_outside), target, show=show or (), loops=loops, data=data or ())
    if json:
        print_json({"page": str(target), "bytes": target.stat().st_size})
    else:
        print_line(f"{target} ({target.stat().st_size / 1e6:.2f} MB)")


def _is_study(subject: str) -> bool:
    """Tell a study from a model: by what is there, or by whose name it is; a model's name goes first."""
    from rcsd.assets import asset_names

    path = Path(subject)
    if path.suffix.lower() == ".toml" or path.is_dir():
        return subject not in asset_names("models")
    return subject not in asset_names("models") and subject in asset_names("calibration")


def _stem(subject: str) -> str:
    """Name a page after what it shows: a study.toml after its folder."""
    path = Path(subject)
    return path.resolve().parent.name if path.name == "study.toml" else path.stem


COMMAND = Command(
    publish,
    group="Model",
    summary="Write a page that runs a model in the browser.",
    example=EXAMPLE,
    keeps=True,
)
