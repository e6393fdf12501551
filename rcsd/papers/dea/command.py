"""`rcsd dea`: where units stand against the best practice among them, and how that moves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rcsd.cli.options import DEFAULT_OUT, Json
from rcsd.cli.output import print_json, print_line, print_table
from rcsd.cli.program.command import Command
from rcsd.cli.progress import progress_bars

if TYPE_CHECKING:
    from rcsd.papers.dea import Assessment, Window

EXAMPLE = "Example: rcsd dea firms.csv --unit firm --period year --inputs staff,capital --outputs sales --model bcc"

_MOST_ROWS = 90


def dea(  # noqa: PLR0913 - one per column's role and per choice of the model
    table: Annotated[
        Path | None,
        typer.Argument(
            metavar="CSV", help="One row per unit, or per unit and period. The four coal cities if left out."
        ),
    ] = None,
    *,
    panel: Annotated[bool, typer.Option("--panel", help="Compare the resource-based cities of China instead.")] = False,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="COLUMN", help="Names of the units; the first column if left out.")
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", metavar="COLUMN", help="Years or other periods; none if left out.")
    ] = None,
    inputs: Annotated[
        str | None, typer.Option("--inputs", metavar="A,B", help="Columns of which less is better.")
    ] = None,
    outputs: Annotated[
        str | None, typer.Option("--outputs", metavar="C,D", help="Columns of which more is better.")
    ] = None,
    undesirable: Annotated[
        str | None, typer.Option("--undesirable", metavar="E", help="Outputs of which less is better; bcc or sbm.")
    ] = None,
    group: Annotated[
        str | None,
        typer.Option("--group", metavar="COLUMN", help="Classes of units, for medians in figures and tables."),
    ] = None,
    model: Annotated[
        str, typer.Option("--model", metavar="ccr|bcc|sbm", help="Constant returns, variable returns, slacks-based.")
    ] = "ccr",
    orientation: Annotated[
        str | None,
        typer.Option(
            "--orientation",
            metavar="input|output|none",
            help="What may change: output if left out, none for sbm (both).",
        ),
    ] = None,
    returns: Annotated[
        str | None, typer.Option("--returns", metavar="constant|variable", help="Returns to scale of sbm.")
    ] = None,
    super_efficiency: Annotated[
        bool, typer.Option("--super", help="Hold efficient units against the others alone: scores above 1 rank them.")
    ] = False,
    out: Annotated[Path, typer.Option("--out", help="Folder for results; they go into dea/ in it.")] = DEFAULT_OUT,
    json: Json = False,
) -> None:
    """Measure efficiency by data envelopment analysis: scores, slacks, targets, peers, scale and productivity change.

    Without a table: the four coal cities 2000-2013, every city-year against one frontier and against that of its year.
    Writes a page with figures, scores.csv, lambdas.csv, malmquist.csv and result.json.
    """
    from rcsd.files import together
    from rcsd.papers.dea import assess, model_of, write_dea
    from rcsd.papers.dea.page import write_dea_report

    asked = model_of(
        model,
        orientation=orientation,
        returns=returns,
        super_efficiency=super_efficiency,
        n_undesirable=len(_names(undesirable)),
    )
    window = _window(table, panel, {"unit": unit, "period": period, "group": group}, inputs, outputs, undesirable)
    with progress_bars() as noting:
        found = assess(window, asked, progress=noting(window.table.name))
    with together():
        write_dea(found, out)
        report = write_dea_report(found, out)
    if json:
        from rcsd.papers.dea import dea_document

        print_json({"report": str(report), "result": dea_document(found)})
    else:
        _print(found, report)


def _names(text: str | None) -> tuple[str, ...]:
    """Split names at commas."""
    return tuple(name.strip() for name in (text or "").split(",") if name.strip())


def _window(
    table: Path | None,
    panel: bool,
    columns: dict[str, str | None],
    inputs: str | None,
    outputs: str | None,
    undesirable: str | None,
) -> Window:
    """Take the package's own window, with other columns where they are named, or the user's table.

    Raises
    ------
    ParameterError
        When a table is named and rcsd's own asked for.
    """
    from dataclasses import replace

    from rcsd.errors import ParameterError
    from rcsd.papers.dea import Roles, Window, window

    if table is not None:
        if panel:
            raise ParameterError("--panel is rcsd's own table: leave it out, or leave out yours", field="panel")
        roles = Roles(_names(inputs), _names(outputs), _names(undesirable), columns["unit"], columns["period"])
        return Window(table.stem, table, roles, group=columns["group"] or "")
    own = window("panel" if panel else "four_cities")
    given = own.roles
    roles = Roles(
        _names(inputs) or given.inputs,
        _names(outputs) or given.outputs,
        _names(undesirable),
        columns["unit"] or given.unit,
        columns["period"] or given.period,
    )
    return replace(own, roles=roles, group=columns["group"] or own.group)


def _print(found: Assessment, report: Path) -> None:
    from rcsd.papers.dea.reading import last_rows, read

    data, result, scale, own = found.data, found.result, found.scale, found.own_period
    reading, peers = read(found), result.peers
    rows = last_rows(found)
    last = f", {reading.last}" if reading.last is not None else ""
    shown = [
        [
            data.units[k],
            result.standing[k],
            scale.returns[k],
            ", ".join(data.labels[i] for i in peers[k][:3] if i != k),
            f"{result.scores[k]:.3f}",
            *([f"{own.scores[k]:.3f}"] if own is not None else []),
            f"{scale.bcc[k]:.3f}",
            f"{scale.efficiency[k]:.3f}",
        ]
        for k in rows[:_MOST_ROWS]
    ]
    model = f"{result.model.kind}, {result.model.orientation}-oriented" if result.model.orientation != "none" else "sbm"
    print_table(
        f"{found.window.title}{last}: {model}; {reading.n_efficient} of {reading.n_rows} rows are efficient",
        [
            "unit",
            "standing",
            "returns",
            "held against",
            "score",
            *(["own period"] if own is not None else []),
            "bcc",
            "scale",
        ],
        shown,
        n_words=4,
    )
    if len(rows) > _MOST_ROWS:
        print_line(f"{len(rows) - _MOST_ROWS} more rows: scores.csv")
    if found.malmquist is not None:
        _print_change(found)
    print_line(str(report))


def _print_change(found: Assessment) -> None:
    """Print the Malmquist index from the first to the last period, by unit or group."""
    from rcsd.papers.dea.tables import change_table

    change = found.malmquist
    if change is None:
        return
    table = change_table(found, change)
    print_table(
        f"Malmquist index {table.caption[0].lower()}{table.caption[1:]}",
        [column.heading.lower() for column in table.columns],
        [[cell.text for cell in row] for row in table.rows],
    )


COMMAND = Command(
    dea,
    group="Papers",
    summary="Data envelopment analysis: efficiency and its change.",
    example=EXAMPLE,
)
