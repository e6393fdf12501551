"""`rcsd run`: one simulation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from rcsd.cli.options import AllowOutside, Data, From, Json, ModelName, SavePer, Step, To, model_on_axis
from rcsd.cli.output import print_json, print_line, print_table
from rcsd.cli.program.command import Command
from rcsd.cli.sobol import parse_names
from rcsd.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rcsd.ensemble import Ensemble
    from rcsd.simulation.loading import LoadedModel

_ORDER = {"stock": 0, "flow": 1}
"""Kinds that a table has first."""
EXAMPLE = 'Example: rcsd run resource_city --set "Price Pass Through=0.4" --to 2013 --step 0.0625 --csv run.csv'


def run(  # noqa: PLR0913 - an option each
    model: ModelName,
    *,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar='"Name=value"',
            help='Set a constant for this run, an element of one as "Name[a]=value", the initial value of a stock '
            'as "initial: Name=value"; repeatable.',
        ),
    ] = None,
    years: Annotated[str | None, typer.Option(metavar="A:B", help="Save only these years.")] = None,
    start: From = None,
    stop: To = None,
    step: Step = None,
    save_step: SavePer = None,
    data: Data = None,
    backend: Annotated[
        Literal["auto", "compiled", "interpreted", "pysd"],
        typer.Option(help="What simulates the model; auto interprets it unless a kernel is there or the run is long."),
    ] = "auto",
    method: Annotated[
        Literal["euler", "rk2", "rk4"] | None, typer.Option(help="Integration method; the file's own unless given.")
    ] = None,
    outputs: Annotated[
        str | None, typer.Option(metavar='"A,B"', help="Variables to save and show; every one if left out.")
    ] = None,
    plot: Annotated[
        str | None, typer.Option(metavar='"A,B"', help="Variables to draw; needs -o. With -o alone: the stocks.")
    ] = None,
    figure: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="The figure: a .png, an .svg or a page, .html.")
    ] = None,
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write times and every variable to this file.")
    ] = None,
    allow_outside: AllowOutside = False,
    json: Json = False,
) -> None:
    """Simulate a model once and show, or save, what comes out."""
    from rcsd.files import is_stdout, write_text_atomic
    from rcsd.tables import frame_text

    inputs = parse_settings(settings or [])
    csv_on_stdout = csv is not None and is_stdout(csv)
    if json and csv_on_stdout:
        raise ParameterError("--json and --csv both write to standard output; keep one of the two, or name a file")
    if plot is not None and figure is None:
        raise ParameterError("--plot draws into a file: name it, as in -o run.png or -o run.html")
    if figure is not None:
        from rcsd.report.runs.writing import require_suffix

        require_suffix(figure)
    loaded = model_on_axis(model, step=step, start=start, stop=stop, save_step=save_step, allow_outside=allow_outside)
    times = None if years is None else chosen_times(loaded, years)
    wanted, drawn = parse_names(outputs, "--outputs"), parse_names(plot, "--plot")
    ran = loaded.run(
        inputs, outputs=_saved(wanted, drawn), times=times, backend=backend, method=method, data=data or ()
    )
    ran.require_some()
    ensemble = ran if wanted is None else ran.only(wanted)
    if figure is not None:
        _draw(loaded, ran, drawn, figure)
    if csv is not None:
        write_text_atomic(csv, frame_text(ensemble.to_frame(), index=True))
    if json:
        print_json(_document(loaded, ensemble))
    elif csv_on_stdout:
        pass  # a word more would be a line of the CSV
    elif csv is not None:
        print_line(f"{len(ensemble.variables)} variables at {len(ensemble.times)} times: {csv}")
    else:
        _print_ends(loaded, ensemble, every=wanted is not None)
    if figure is not None and not json and not csv_on_stdout:
        print_line(str(figure))


def parse_settings(settings: list[str]) -> dict[str, float]:
    """Read the words of `--set`.

    Raises
    ------
    ParameterError
        For a word that is not a name, an equals sign and a number, or a name set twice.

    Examples
    --------
    >>> parse_settings(["Birth Rate = 0.01"])
    {'Birth Rate': 0.01}
    """
    from rcsd.tables import number

    inputs: dict[str, float] = {}
    for setting in settings:
        name, equals, text = (part.strip() for part in setting.rpartition("="))
        if not equals or not name:
            raise ParameterError(
                f'--set {setting!r}: write a name, an equals sign and a number, as in --set "Birth Rate=0.01"'
            )
        if name in inputs:
            raise ParameterError(f"--set {setting!r}: {name!r} is set twice; keep one of the two")
        try:
            inputs[name] = number(text)
        except ValueError as words:
            raise ParameterError(f"--set {setting!r}: {words}; write it as in 0.01 or 1e-2") from None
    return inputs


def chosen_times(model: LoadedModel, years: str) -> NDArray[np.float64]:
    """Return the saved times of the model that lie in the range `years`, written "A:B".

    Raises
    ------
    ParameterError
        For anything but two numbers in order, each of them a time that the model saves.
    """
    import numpy as np

    first_text, _, last_text = years.partition(":")
    try:
        first, last = float(first_text), float(last_text)
    except ValueError:
        raise ParameterError(f"--years {years!r}: write the first and the last year, as in --years 2000:2013") from None
    time = model.time
    if not time.start <= first <= last <= time.stop:
        raise ParameterError(
            f"--years {years!r}: the years must lie in order within those of the model, which runs from {time.start:g} "
            f"to {time.stop:g}"
        )
    saved = time.saved_times()
    for year in (first, last):
        nearest = saved[np.argsort(np.abs(saved - year))[:2]]
        if not np.isclose(nearest[0], year, rtol=0.0, atol=1e-6 * time.save_step):
            near = " or ".join(f"{each:g}" for each in sorted(nearest))
            raise ParameterError(
                f"--years {years!r}: the model saves from {time.start:g} on in steps of {time.save_step:g}, and so "
                f"nothing at {year:g}; take {near}"
            )
    return saved[(saved > first - time.save_step / 2) & (saved < last + time.save_step / 2)]


def _document(model: LoadedModel, ensemble: Ensemble) -> dict[str, object]:
    frame = ensemble.to_frame()
    return {
        "model": model.name,
        "inputs": {name: float(values[0]) for name, values in ensemble.inputs.items()},
        "times": ensemble.times.tolist(),
        "variables": {
            str(name): {"unit": ensemble.units.get(str(name), ""), "values": frame[name].tolist()}
            for name in frame.columns
        },
    }


def _saved(wanted: Sequence[str] | None, drawn: Sequence[str] | None) -> Sequence[str] | None:
    """Name what a run must save: what is shown and what is drawn, or everything."""
    return None if wanted is None else list(dict.fromkeys([*wanted, *(drawn or ())]))


def _draw(model: LoadedModel, ensemble: Ensemble, drawn: Sequence[str] | None, path: Path) -> None:
    from rcsd.report.runs.writing import write_runs

    stocks = [name for name in ensemble.variables if _kind(model, name) == "stock"]
    write_runs(path, ensemble.only(drawn or stocks or ensemble.variables), title=model.name)


def _kind(model: LoadedModel, output: str) -> str:
    variable = model.ir.get(output.partition("[")[0])
    return "" if variable is None else variable.kind


def _print_ends(model: LoadedModel, ensemble: Ensemble, *, every: bool) -> None:
    """Print the first and the last value of each variable, stocks first; constants only if they were asked for."""
    first, last = f"{ensemble.times[0]:g}", f"{ensemble.times[-1]:g}"
    shown = [name for name in ensemble.variables if every or name not in model.constants]
    if not every:
        shown.sort(key=lambda name: _ORDER.get(_kind(model, name), len(_ORDER)))
    rows = [
        (name, ensemble.units.get(name, ""), f"{values[0]:.6g}", f"{values[-1]:.6g}")
        for name, values in ((name, ensemble.of(name)[0]) for name in shown)
    ]
    print_table(f"{model.name}, {first} to {last}", ("Variable", "Unit", first, last), rows, n_words=2)


COMMAND = Command(
    run,
    group="Model",
    summary="Simulate a model once; show or save the result.",
    example=EXAMPLE,
)
