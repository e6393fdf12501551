"""`rcsd loops`: the feedback loops of a model, and when each of them rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from rcsd.cli.model.run import parse_settings
from rcsd.cli.options import MOST_SEED, AllowOutside, Data, From, Json, ModelName, SavePer, Step, To, model_on_axis
from rcsd.cli.output import print_json, print_line
from rcsd.cli.program.command import Command
from rcsd.cli.progress import progress_bars
from rcsd.errors import OutputError, ParameterError

if TYPE_CHECKING:
    from rcsd.analysis.loops import Dominance, LoopAnalysis
    from rcsd.report.drawing.save import Picture
    from rcsd.simulation.loading import LoadedModel

EXAMPLE = "Example: rcsd loops resource_city --of GDP --to 2013 --plot loops.svg"

_LIMIT = 100_000
_MOST_RUNS = 100_000


def loops(  # noqa: PLR0913 - an option each
    model: ModelName,
    *,
    of: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Only loops through the stocks from which this variable is worked out."),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar='"Name=value"', help="Set a constant for the run; repeatable."),
    ] = None,
    ensemble: Annotated[
        int | None,
        typer.Option(
            min=2,
            max=_MOST_RUNS,
            metavar="N",
            help="Score N runs, with constants drawn over the ranges that the file documents, and say in what share of "
            "them each loop rules.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=MOST_SEED, help="Seed of these draws.")] = 0,
    show: Annotated[
        int, typer.Option(min=0, metavar="N", help="Rows of each table at most; 0 shows every loop that is listed.")
    ] = 15,
    limit: Annotated[
        int, typer.Option(min=1, metavar="N", help="Loops beyond which only the strongest are looked for.")
    ] = _LIMIT,
    checks: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Names of loops, [[loops]]; the checks.toml beside the model if left out."),
    ] = None,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Write relative scores over time.")] = None,
    plot: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw them, as .svg or .png.")] = None,
    start: From = None,
    stop: To = None,
    step: Step = None,
    save_step: SavePer = None,
    method: Annotated[
        Literal["euler", "rk2", "rk4"] | None, typer.Option(help="Integration method; the file's own unless given.")
    ] = None,
    data: Data = None,
    allow_outside: AllowOutside = False,
    json: Json = False,
) -> None:
    """List feedback loops with their polarity, the shortest independent ones first, and say when each rules.

    A loop's share is its relative score (Loops That Matter): its score over the sum of the absolute scores of all loops
    that share variables with it, directly or by way of others. It rules while no other of them has more.
    """
    from rcsd.analysis.loops import documented_rows, dominance, feedback_loops, named_loops
    from rcsd.analysis.loops.models import loop_simulator

    _require_picture(plot)
    inputs = parse_settings(settings or [])
    loaded = model_on_axis(model, step=step, start=start, stop=stop, save_step=save_step, allow_outside=allow_outside)
    named = named_loops(_existing(checks) if checks is not None else loaded.path)
    simulator = loop_simulator(loaded, method=method, data=data or ())
    if ensemble is None:
        _tell_run(loaded, feedback_loops(simulator, inputs, of=of, named=named, limit=limit), show, csv, plot, json)
        return
    import numpy as np

    rows = documented_rows(loaded.ir, ensemble, rng=np.random.default_rng(seed))
    fixed = {name: np.full(ensemble, value) for name, value in inputs.items()}
    drawn = {name: row for name, row in rows.items() if name not in fixed}
    with progress_bars() as noting:
        found = dominance(simulator, {**drawn, **fixed}, of=of, named=named, limit=limit, progress=noting(loaded.name))
    _tell_runs(found, len(drawn), show, csv, plot, json)


def _existing(checks: Path) -> Path:
    """Return a file of names.

    Raises
    ------
    ParameterError
        When there is none.
    """
    from rcsd.files import is_file

    if not is_file(checks):
        raise ParameterError(f"--checks {checks}: there is no such file; check the path")
    return checks


def _require_picture(plot: Path | None) -> None:
    """Refuse a picture of an unknown kind before anything is computed.

    Raises
    ------
    OutputError
        That says so.
    """
    if plot is not None and plot.suffix.lower() not in (".svg", ".png"):
        raise OutputError(f"--plot {plot}: a drawing is written as .svg or .png; name the file so")


def _tell_run(
    model: LoadedModel, found: LoopAnalysis, show: int, csv: Path | None, plot: Path | None, json: bool
) -> None:
    from rcsd.analysis.loops.documents import loops_document, loops_table
    from rcsd.cli.model.loops_text import print_loops
    from rcsd.report.loops.figures import scores_figure

    files = _write(csv, lambda: loops_table(found), plot, lambda: scores_figure(found))
    if json:
        print_json(loops_document(found))
        return
    print_loops(found, show)
    for line in files:
        print_line(line)


def _tell_runs(found: Dominance, n_drawn: int, show: int, csv: Path | None, plot: Path | None, json: bool) -> None:
    from rcsd.analysis.loops.documents import dominance_document, dominance_table
    from rcsd.cli.model.loops_text import print_dominance
    from rcsd.report.loops.figures import ruling_figure

    files = _write(csv, lambda: dominance_table(found), plot, lambda: ruling_figure(found))
    if json:
        print_json(dominance_document(found))
        return
    print_dominance(found, n_drawn, show)
    for line in files:
        print_line(line)


def _write(
    csv: Path | None, table: Callable[[], str], plot: Path | None, draw: Callable[[], Picture | None]
) -> list[str]:
    """Write what is asked for, all of it or nothing, and say what was written."""
    from rcsd.files import together, write_bytes_atomic, write_text_atomic

    said = []
    with together():
        if csv is not None:
            write_text_atomic(csv, table())
            said.append(f"scores: {csv}")
        if plot is not None:
            drawing = draw()
            if drawing is None:
                said.append(f"nothing to draw: no two loops share a variable, so {plot} is not written")
            else:
                write_bytes_atomic(plot, drawing.svg if plot.suffix.lower() == ".svg" else drawing.png)
                said.append(f"drawing: {plot}")
    return said


COMMAND = Command(
    loops,
    group="Model",
    summary="List feedback loops, their polarity, and when each rules.",
    example=EXAMPLE,
)
