"""`rcsd hypercycle`: the first paper's hypercycle and its four innovation modes, with figures."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rcsd.cli.options import DEFAULT_OUT, Json
from rcsd.cli.output import print_json, print_line, print_table
from rcsd.cli.program.command import Command
from rcsd.cli.progress import progress_bars

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rcsd.papers.hypercycle import Experiment, ModeParameters, NetworkFamily, NetworkSurvey, Rung
    from rcsd.report.drawing.save import Drawing
    from rcsd.work.progress import Progress

MOST_YEARS = 100_000.0
"""Longer paths show nothing more."""

_UNITS_OF_A_TRIANGLE = 3

EXAMPLE = "Example: rcsd hypercycle --mode regional --intercity 0.04 --years 400 --out out"


_OF_CYCLES = ("strength",)
_OF_MODES = ("mode", "innovation", "own", "chain", "spillover", "institutions", "intercity", "cities")
"""Options that the other kind of network has no use for."""


def hypercycle(  # noqa: PLR0913, PLR0917 - one per figure and per number of the model
    context: typer.Context,
    mode: Annotated[
        str, typer.Option("--mode", help="Innovation mode: form, structure, organisation or regional.")
    ] = "organisation",
    cycle: Annotated[
        int | None, typer.Option("--cycle", help="Instead of a mode, a pure cycle of so many units, 2 to 12.")
    ] = None,
    network: Annotated[
        bool, typer.Option("--network", help="Draw units, catalysts and links: Figures 2 to 5.")
    ] = False,
    trajectories: Annotated[
        bool, typer.Option("--trajectories", help="Draw shares and advantage over the years.")
    ] = False,
    simplex: Annotated[bool, typer.Option("--simplex", help="Draw the triangle of shares of three units.")] = False,
    phase: Annotated[
        bool, typer.Option("--phase", help="Draw how many last 3000 years, with what advantage, over two numbers.")
    ] = False,
    ladder: Annotated[
        bool, typer.Option("--ladder", help="Draw the advantage of the four modes: point, line, surface, domain.")
    ] = False,
    table: Annotated[bool, typer.Option("--table", help="Run Table 1 row by row, and draw the outcomes.")] = False,
    replication: Annotated[float, typer.Option(help="Growth of an industry by itself, 1/year, 0 to 1.")] = 0.03,
    innovation: Annotated[float, typer.Option(help="What innovation from outside (E1) adds, 1/year.")] = 0.01,
    own: Annotated[float, typer.Option(help="What an industry gives itself, 1/year.")] = 0.01,
    chain: Annotated[float, typer.Option(help="What one of its chain gives it, 1/year.")] = 0.06,
    spillover: Annotated[float, typer.Option(help="Knowledge spill-over within a cluster, 1/year.")] = 0.02,
    institutions: Annotated[float, typer.Option(help="Institutional support, 1/year.")] = 0.01,
    intercity: Annotated[float, typer.Option(help="Link to an industry of another city, 1/year.")] = 0.07,
    cities: Annotated[int, typer.Option("--cities", help="Cities of the regional mode and of the ladder, 2 to 4.")] = 2,
    strength: Annotated[float, typer.Option(help="Catalysis of the pure cycle, 1/year; with --cycle only.")] = 0.1,
    preference: Annotated[
        float, typer.Option(help="x: -1 all innovation technological, +1 all institutional; replicase 1 - x^2.")
    ] = 0.0,
    shares: Annotated[
        str, typer.Option(help="Shares in year 0, in the order of the units, such as 0.8,0.15,0.05; the first leads.")
    ] = "",
    years: Annotated[float, typer.Option(help="Length of the path in years, at most 100000.")] = 300.0,
    out: Annotated[Path, typer.Option("--out", help="Folder for the figures, which get a folder in it.")] = DEFAULT_OUT,
    json: Json = False,
) -> None:
    """Solve the hypercycle of industries (Liu and Zhang, sections III and IV) and draw it.

    Prints the surviving units, the fixed point, the limit cycle and the advantage of a mode or of a pure cycle, the
    advantage of the four modes and the outcomes of Table 1, and draws the figures that are asked for; all when none is
    named.
    """
    from rcsd.papers.hypercycle import ModeParameters, table_1_ranges
    from rcsd.papers.rules import within
    from rcsd.report.drawing.folder import write_drawings

    _refuse_unused(context, cycle)
    within("years", years, 0, MOST_YEARS)
    strengths = ModeParameters(replication, innovation, own, chain, spillover, institutions, intercity)
    family, values = _family(mode, cities, cycle, strengths, strength)
    asked = {
        "network": network,
        "trajectories": trajectories,
        "simplex": simplex,
        "phase": phase,
        "ladder": ladder,
        "table": table,
    }
    with progress_bars() as noting:
        note = noting("hypercycle")
        work = _worked_out(family, values, strengths, cities, preference, shares, years, note)
        chosen = _chosen(work.found, asked)
        if "table" in chosen:
            work = replace(work, ranges=table_1_ranges(note=partial(note, "links of Table 1")))
        plans = _figures(work, mode if cycle is None else None)
        drawings: list[Drawing] = []
        for name in chosen:
            note("figures", len(drawings), len(chosen))
            drawings.append(plans[name]())
    folder = out / "hypercycle"
    write_drawings(folder, drawings)
    paths = [folder / f"{drawing.name}.svg" for drawing in drawings]
    if json:
        print_json(_document(work) | {"figures": [str(path) for path in paths]})
    else:
        _print(work)
        print_line("\n".join(map(str, paths)))


@dataclass(frozen=True, slots=True)
class _Work:
    """All that is worked out, and from which numbers."""

    family: NetworkFamily
    values: dict[str, float]
    preference: float
    found: NetworkSurvey
    rungs: tuple[Rung, ...]
    experiments: tuple[Experiment, ...]
    ranges: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """At which links each row of Table 1 holds; empty where they were not tried."""


def _refuse_unused(context: typer.Context, cycle: int | None) -> None:
    """Refuse options that are given, and that the chosen network has no use for.

    Raises
    ------
    ParameterError
        With all of them in one message.
    """
    from rcsd.errors import ParameterError

    sources = {name: context.get_parameter_source(name) for name in (_OF_CYCLES if cycle is None else _OF_MODES)}
    unused = [name for name, source in sources.items() if source is not None and source.name == "COMMANDLINE"]
    if not unused:
        return
    words = ", ".join(f"--{name}" for name in unused)
    if cycle is None:
        raise ParameterError(f"an innovation mode has no use for {words}: add --cycle 3, or leave it out")
    raise ParameterError(f"a pure cycle has no use for {words}: leave out --cycle, or these")


def _family(
    mode: str, cities: int, cycle: int | None, strengths: ModeParameters, strength: float
) -> tuple[NetworkFamily, dict[str, float]]:
    """Return the family of networks that is asked for, and its numbers."""
    from rcsd.papers.hypercycle import CycleFamily, ModeFamily
    from rcsd.papers.rules import whole, within

    if cycle is None:
        return ModeFamily(mode, cities), strengths.to_dict()
    size = int(within("cycle", whole("cycle", cycle, 2), 2, 12))
    return CycleFamily(size), {"replication": strengths.replication, "lead": 0.0, "strength": strength}


def _worked_out(
    family: NetworkFamily,
    values: dict[str, float],
    strengths: ModeParameters,
    cities: int,
    preference: float,
    shares: str,
    years: float,
    note: Progress,
) -> _Work:
    """Solve the network, climb the ladder and run Table 1."""
    from rcsd.papers.hypercycle import ladder, replicase_of_preference, survey, table_1

    replicase = float(replicase_of_preference(preference))
    built = family.network(values)
    start = _start(shares, built.names)
    note("theory", 0, 3)
    found = survey(built, years=years, shares=start, replicase=replicase)
    note("theory", 1, 3)
    rungs = ladder(strengths, replicase=replicase, n_cities=cities)
    note("theory", 2, 3)
    experiments = table_1()
    note("theory", 3, 3)
    return _Work(family, values, preference, found, rungs, experiments)


def _start(text: str, names: tuple[str, ...]) -> list[float]:
    """Read the shares in year 0; when none are given the first unit has half, the others share the rest alike.

    Raises
    ------
    ParameterError
        When there is not one number for each unit.
    """
    from rcsd.errors import ParameterError

    if not text.strip():
        n = len(names)
        return [1.0] if n == 1 else [0.5] + [0.5 / (n - 1)] * (n - 1)
    try:
        values = [float(word) for word in text.split(",")]
    except ValueError as error:
        raise ParameterError(
            f"shares must be numbers with commas between, such as 0.8,0.15,0.05; got {text!r}", field="shares"
        ) from error
    if len(values) != len(names):
        raise ParameterError(
            f"shares must be one number for each of the {len(names)} units ({', '.join(names)}); got {len(values)}",
            field="shares",
        )
    return values


def _chosen(found: NetworkSurvey, asked: dict[str, bool]) -> list[str]:
    """Return the figures to draw: those asked for, or all that the network allows."""
    from rcsd.errors import ParameterError

    if asked["simplex"] and found.network.size != _UNITS_OF_A_TRIANGLE:
        raise ParameterError(
            f"the triangle shows three shares, this network has {found.network.size} units: take --mode organisation "
            "or --cycle 3",
            field="simplex",
        )
    if any(asked.values()):
        return [name for name, wanted in asked.items() if wanted]
    return [name for name in asked if name != "simplex" or found.network.size == _UNITS_OF_A_TRIANGLE]


def _figures(work: _Work, mode: str | None) -> dict[str, Callable[[], Drawing]]:
    """Return what draws each figure."""
    from rcsd.papers import hypercycle as theory
    from rcsd.papers.hypercycle import figures

    found, numbers = work.found, work.values | {"preference": work.preference}
    return {
        "network": lambda: figures.network_figure(found.network, mode=mode),
        "trajectories": lambda: figures.trajectories_figure(found),
        "simplex": lambda: figures.simplex_figure(theory.simplex_portrait(found.network, found.path)),
        "phase": lambda: figures.phase_figure(theory.phase_diagram(work.family, values=numbers)),
        "ladder": lambda: figures.ladder_figure(work.rungs),
        "table": lambda: figures.table_figure(work.experiments, work.ranges),
    }


def _document(work: _Work) -> dict[str, object]:
    found, path = work.found, work.found.path
    return {
        "network": work.family.name,
        "parameters": work.values,
        "replicase": found.replicase,
        "units": list(found.network.names),
        "catalysis": found.network.catalysis.tolist(),
        "years": float(path.times[-1]),
        "initial": path.shares[0].tolist(),
        "final": path.final.tolist(),
        "left": list(found.left),
        "advantage": {"first": float(path.advantage[0]), "last": float(path.advantage[-1])},
        **_lasting(found),
        "ladder": [_step(rung) for rung in work.rungs],
        "table": [_row(each, work.ranges.get(each.key)) for each in work.experiments],
    }


def _lasting(found: NetworkSurvey) -> dict[str, object]:
    """Return the point at rest, the permanence and the orbit; None for what there is not."""
    interior, lasting, orbit = found.interior, found.permanence, found.orbit
    return {
        "interior": interior
        and {
            "shares": interior.shares.tolist(),
            "growth": interior.growth,
            "stability": interior.stability,
            "eigenvalues": [[value.real, value.imag] for value in interior.eigenvalues],
        },
        "permanence": lasting and {"verdict": lasting.verdict, "margin": lasting.margin, "why": lasting.why},
        "orbit": orbit and {"period": orbit.period, "amplitude": orbit.amplitude.tolist(), "stable": orbit.stable},
    }


def _step(rung: Rung) -> dict[str, object]:
    return {
        "mode": rung.mode,
        "step": rung.step,
        "advantage": rung.advantage,
        "at_equal_shares": rung.shared,
        "permanence": rung.verdict,
        "left": list(rung.survivors),
        "decided": rung.decided,
        "years": rung.years,
        "needs": rung.needs,
        "met": rung.met,
    }


def _row(each: Experiment, links: tuple[float, ...] | None) -> dict[str, object]:
    return {
        "key": each.key,
        "row": each.row,
        "hypothesis": each.hypothesis,
        "outcome": each.outcome,
        "holds": each.holds,
        "holds_at_links": None if links is None else list(links),
        "measured": dict(each.measured),
    }


def _print(work: _Work) -> None:
    found = work.found
    path, interior, orbit = found.path, found.interior, found.orbit
    rows = [
        (f"left in the second half of {path.times[-1]:g} years", "; ".join(found.left)),
        ("advantage", f"{path.advantage[0]:.4f} to {path.advantage[-1]:.4f} a year"),
    ]
    if found.permanence is not None:
        rows.append((found.permanence.verdict, found.permanence.why))
    if interior is not None:
        rows.append((f"{interior.stability} at rest", ", ".join(f"{share:.4g}" for share in interior.shares)))
    if orbit is not None:
        kind = "stable orbit" if orbit.stable else "unstable orbit"
        rows.append((kind, f"period {orbit.period:.4g} years, amplitude {orbit.amplitude.max():.4g}"))
    print_table(f"{work.family.name}, replicase {found.replicase:.4g}", ("What", "Where"), rows, n_words=2)
    steps = [
        (
            rung.step,
            rung.mode,
            rung.verdict,
            rung.left,
            rung.needs,
            _yes(rung.met),
            f"{rung.advantage:.4f}",
        )
        for rung in work.rungs
    ]
    headings = ("Step", "Mode", "Lasts", "Left", "Needs", "Met", "Advantage, 1/year")
    print_table("From point to domain", headings, steps, n_words=6)
    outcomes = [
        (each.row, each.outcome, _yes(each.holds), _in_words(work.ranges.get(each.key))) for each in work.experiments
    ]
    print_table("Table 1, with three enterprises", ("Row", "Outcome", "Holds", "At links of"), outcomes, n_words=4)


def _yes(true: bool) -> str:
    return "yes" if true else "no"


def _in_words(links: tuple[float, ...] | None) -> str:
    if links is None:
        return "not tried"
    return ", ".join(f"{link:g}" for link in links) or "none"


COMMAND = Command(
    hypercycle,
    group="Papers",
    summary="Industries that catalyse each other; four innovation modes.",
    example=EXAMPLE,
)
