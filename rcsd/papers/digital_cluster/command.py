"""`rcsd digital`: the digital cluster of the third paper, with its table and figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rcsd.cli.model.run import parse_settings
from rcsd.cli.options import DEFAULT_OUT, Json
from rcsd.cli.output import print_json, print_line, print_table
from rcsd.cli.program.command import Command
from rcsd.cli.progress import progress_bars
from rcsd.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rcsd.papers.digital_cluster import PathCondition, PhaseDiagram, StateReading, Survey
    from rcsd.report.drawing.save import Drawing

MOST_YEARS, MOST_RUNS, MOST_POINTS = 1000.0, 10_000, 201
"""More than anybody waits for a figure."""

EXAMPLE = 'Example: rcsd digital --ceiling 0.8 --set "Living Standard=0.7" --years 80 --table --phase --out out'


def digital(  # noqa: PLR0913, PLR0917 - one per figure and per question
    paths: Annotated[bool, typer.Option("--paths", help="Draw the cluster through time, over its stages.")] = False,
    table: Annotated[bool, typer.Option("--table", help="Draw the paper's table with the state marked.")] = False,
    phase: Annotated[
        bool, typer.Option("--phase", help="Draw where the path arises over imitation, ceiling and saving.")
    ] = False,
    leaders: Annotated[bool, typer.Option("--leaders", help="Draw leader changes by chance and on average.")] = False,
    imitation: Annotated[float | None, typer.Option(help="Imitation among participants, 1/year, 0 to 2.")] = None,
    ceiling: Annotated[float | None, typer.Option(help="Largest share of digital participants, 0 to 1.")] = None,
    saving: Annotated[
        float | None, typer.Option(help="Share of the transaction cost that digital work saves, 0 to 0.95.")
    ] = None,
    setting: Annotated[
        list[str] | None,
        typer.Option("--set", metavar='"Name=value"', help="Set any constant of models/digital_cluster; repeatable."),
    ] = None,
    years: Annotated[float, typer.Option(help="Length of the path in years, at most 1000.")] = 60.0,
    year: Annotated[float | None, typer.Option(help="Year in which the table is read; the last unless given.")] = None,
    points: Annotated[int, typer.Option(help="Points along each axis of the phase diagram, 2 to 201.")] = 61,
    runs: Annotated[int, typer.Option(help="Runs of the leader changes, at most 10000.")] = 2000,
    seed: Annotated[int, typer.Option(help="Seed of thresholds and leader changes.")] = 0,
    out: Annotated[Path, typer.Option("--out", help="Folder for the figures, which get a folder in it.")] = DEFAULT_OUT,
    json: Json = False,
) -> None:
    """Follow a cluster from a conventional to a digital one and to a business ecosystem (Zhernov, Nekhoda and Rusak).

    Prints the stages, the table with its row by row reading, and under which conditions the path arises, and draws the
    figures that are asked for; all four when none is named.
    """
    import numpy as np

    from rcsd.papers.digital_cluster import DigitalClusterParameters, survey
    from rcsd.papers.rules import whole, within
    from rcsd.report.drawing.folder import write_drawings

    within("years", years, 0, MOST_YEARS)
    within("runs", whole("runs", runs, 1), 1, MOST_RUNS)
    within("points", whole("points", points, 2), 2, MOST_POINTS)
    whole("seed", seed, 0)
    named = {"Digital Imitation": imitation, "Digital Ceiling": ceiling, "Maximum Transaction Saving": saving}
    parameters = DigitalClusterParameters.from_names(_joined(named, setting or []))
    found = survey(parameters, years=years, year=year, n_runs=runs, rng=np.random.default_rng(seed))
    asked = (paths, table, phase, leaders)
    with progress_bars() as noting:
        note = noting("digital")
        note("conditions", 0, 1)
        conditions = _conditions(found)
        note("conditions", 1, 1)
        diagram = None
        if phase or not any(asked):
            diagram = _diagram(found, points, lambda done, total: note("phase diagram", done, total))
        draws = _figures(found, diagram)
        chosen = [draw for draw, wanted in zip(draws, asked, strict=True) if wanted or not any(asked)]
        drawings: list[Drawing] = []
        for draw in chosen:
            note("figures", len(drawings), len(chosen))
            drawings.append(draw())
    folder = out / "digital"
    write_drawings(folder, drawings)
    files = [folder / f"{drawing.name}.svg" for drawing in drawings]
    if json:
        print_json(_document(found, conditions, diagram) | {"seed": seed, "figures": [str(path) for path in files]})
    else:
        _print(found, conditions, diagram)
        print_line("\n".join(map(str, files)))


def _joined(named: dict[str, float | None], settings: list[str]) -> dict[str, float]:
    """Put the options of their own and the words of `--set` together.

    Raises
    ------
    ParameterError
        When a parameter is given in both ways.
    """
    from rcsd.names import canonical

    values = {name: value for name, value in named.items() if value is not None}
    for name, value in parse_settings(settings).items():
        twice = next((other for other in values if canonical(other) == canonical(name)), None)
        if twice is not None:
            raise ParameterError(f"{twice!r} is set twice; keep one of the two")
        values[name] = value
    return values


def _conditions(found: Survey) -> tuple[PathCondition, ...]:
    from rcsd.papers.digital_cluster import DigitalClusterSimulator, path_conditions

    simulator = DigitalClusterSimulator(found.path.times, parameters=found.path.parameters)
    return path_conditions(simulator, years=_read_at(found))


def _diagram(found: Survey, points: int, note: Callable[[int, int], None]) -> PhaseDiagram:
    """Run the ensemble of the phase diagram, around the parameters."""
    import numpy as np

    from rcsd.papers.digital_cluster import DigitalClusterSimulator, phase_diagram

    parameters = found.path.parameters
    highest = max(0.8, 1.2 * parameters.digital_imitation)
    return phase_diagram(
        DigitalClusterSimulator(found.path.times, parameters=parameters),
        imitations=np.linspace(0.0, min(highest, 2.0), points),
        ceilings=np.linspace(min(0.3, parameters.digital_ceiling), 1.0, points),
        savings=np.unique([0.0, 0.15, parameters.maximum_transaction_saving, 0.45]),
        years=_read_at(found),
        note=note,
    )


def _read_at(found: Survey) -> list[float]:
    """Return when the stages of an ensemble are read: 120 times along the path, and at its end."""
    import numpy as np

    return [float(year) for year in np.linspace(0.0, found.path.times[-1], 121)]


def _figures(found: Survey, diagram: PhaseDiagram | None) -> tuple[Callable[[], Drawing], ...]:
    """Return what draws each figure, in the order of the flags."""
    from rcsd.papers.digital_cluster import figures

    def draw_phase() -> Drawing:
        assert diagram is not None
        return figures.phase_figure(diagram, found.path.parameters)

    return (
        lambda: figures.paths_figure(found),
        lambda: figures.table_figure(found),
        draw_phase,
        lambda: figures.leaders_figure(found),
    )


def _document(found: Survey, conditions: tuple[PathCondition, ...], diagram: PhaseDiagram | None) -> dict[str, object]:
    path, counts = found.path, found.leaders.counts()[:, -1]
    return {
        "parameters": path.parameters.to_dict(),
        "years": float(path.times[-1]),
        "path": found.kind,
        "stages": found.spans,
        "table": {"year": found.year, **_reading(found.reading)},
        "at_rest": _reading(found.rest),
        "final": {name: float(values[-1]) for name, values in path.values.items()},
        "leader_changes": {
            "expected": float(found.leaders.accumulated[-1]),
            "mean": float(counts.mean()),
            "variance": float(counts.var()),
            "runs": int(counts.size),
        },
        "conditions": {
            condition.name: [{"outcome": kind, "from": low, "to": high} for kind, low, high in condition.spans]
            for condition in conditions
        },
        "phase_diagram": None if diagram is None else _shares(diagram),
    }


def _reading(reading: StateReading) -> dict[str, object]:
    from rcsd.papers.digital_cluster import STAGES, TABLE

    return {
        "stage": reading.stage,
        "votes": dict(zip(STAGES, reading.votes, strict=True)),
        "tied": reading.tied,
        "boundaries": [{"passed": passed, "of": able} for passed, able in reading.passed],
        "deciding": reading.deciding,
        "rows": [
            {
                "row": row.characteristic,
                "outcome": read.text,
                "stages": [STAGES[stage] for stage in read.stages],
                "conditions": [boundary.condition for boundary in read.rule.boundaries],
                "values": read.values,
                "decided": read.decided,
            }
            for row, read in zip(TABLE, reading.rows, strict=True)
        ],
    }


def _shares(diagram: PhaseDiagram) -> dict[str, dict[str, float]]:
    """Return the share of the points of each transaction saving that have each outcome."""
    from rcsd.papers.digital_cluster import KINDS

    return {
        f"{saving:g}": {kind: float((kinds == index).mean()) for index, kind in enumerate(KINDS)}
        for saving, kinds in zip(diagram.savings, diagram.kinds, strict=True)
    }


def _print(found: Survey, conditions: tuple[PathCondition, ...], diagram: PhaseDiagram | None) -> None:
    _print_path(found)
    _print_table(found)
    rows = [
        (condition.name, "; ".join(f"{kind} {low:.3g} to {high:.3g}" for kind, low, high in condition.spans))
        for condition in conditions
        if condition.decisive
    ]
    if rows:
        print_table("What decides the path, one parameter at a time", ("Parameter", "Outcome"), rows, n_words=2)
    else:
        print_line("The path is full wherever in its range any one parameter lies, the others held.")
    if diagram is not None:
        shares = [
            (saving, *(f"{share:.0%}" for share in outcomes.values())) for saving, outcomes in _shares(diagram).items()
        ]
        headings = ("Saving", *next(iter(_shares(diagram).values())))
        print_table("Points of the phase diagram, by transaction saving", headings, shares)


def _print_path(found: Survey) -> None:
    counts = found.leaders.counts()[:, -1]
    rows = [("path", found.kind)]
    for span in found.spans:
        rows.append((span.stage, f"year {span.first_year:.1f} {'on' if span.open else f'to {span.last_year:.1f}'}"))
    rows.append(("in the long run", found.rest.stage))
    mean, expected = counts.mean(), found.leaders.accumulated[-1]
    rows.append(("leader changes", f"{mean:.3g} on average in {counts.size} runs, {expected:.3g} expected"))
    from rcsd.papers.digital_cluster.figures.wording import settings

    print_table(settings(found.path.parameters), ("What", "Where"), rows, n_words=2)


def _print_table(found: Survey) -> None:
    from rcsd.papers.digital_cluster import STAGES, TABLE

    reading = found.reading
    rows = []
    for row, read in zip(TABLE, reading.rows, strict=True):
        values = ", ".join(f"{name} {value:.3g}" for name, value in read.values.items())
        stages = " or ".join(STAGES[stage] for stage in read.stages)
        rows.append((row.characteristic, stages, values, "yes" if read.decided else ""))
    votes = ", ".join(f"{stage} {count}" for stage, count in zip(STAGES, reading.votes, strict=True))
    tie = f"; tied: {' and '.join(reading.tied)}" if reading.tied else ""
    passed = ", ".join(
        f"{name} {count} of {able}"
        for name, (count, able) in zip(("out of the conventional", "into the ecosystem"), reading.passed, strict=True)
    )
    title = f"Table in year {found.year:g}: {reading.stage} (rows past the boundary {passed}; rows for {votes}{tie})"
    print_table(title, ("Row", "Speaks for", "Read", "Decided"), rows, n_words=4)


COMMAND = Command(
    digital,
    group="Papers",
    summary="A cluster on its way from conventional to digital.",
    example=EXAMPLE,
)
