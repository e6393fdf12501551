"""`rcsd hypercycle`: the first paper's hypercycle and its four innovation modes, with figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rcsd.cli.options import DEFAULT_OUT, Json
from rcsd.cli.output import print_json, print_line, print_table
from rcsd.cli.progress import progress_bars

if TYPE_CHECKING:
    from collections.abc import Callable

    from rcsd.report.figures.save import Drawing
    from rcsd.theory.hypercycle import Experiment, NetworkFamily, NetworkSurvey, Rung

MOST_YEARS = 100_000.0
"""Longer paths show nothing more."""

_UNITS_OF_A_TRIANGLE = 3

EXAMPLE = "Example: rcsd hypercycle --mode regional --intercity 0.04 --years 400 --out out"


def hypercycle(  # noqa: PLR0913, PLR0917 - one per figure and per number of the model
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
        bool, typer.Option("--phase", help="Draw who lasts, and with what advantage, over two numbers.")
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
    cities: Annotated[int, typer.Option("--cities", help="Cities of the regional mode, 2 to 4.")] = 2,
    strength: Annotated[float, typer.Option(help="Catalysis of the pure cycle, 1/year.")] = 0.1,
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

    Prints who lasts, the point at rest, the closed orbit and the advantage of a mode or of a pure cycle, the advantage
    of the four modes and the outcomes of Table 1, and draws the figures that are asked for; all when none is named.
    """
    from rcsd.theory.hypercycle import CycleFamily, ModeFamily, ModeParameters, replicase_of_preference, survey, table_1
    from rcsd.theory.hypercycle import ladder as climb
    from rcsd.theory.rules import whole, within

    within("years", years, 0, MOST_YEARS)
    strengths = ModeParameters(replication, innovation, own, chain, spillover, institutions, intercity)
    family: NetworkFamily
    if cycle is None:
        family, values = ModeFamily(mode, cities), strengths.to_dict()
    else:
        family = CycleFamily(int(within("cycle", whole("cycle", cycle, 2), 2, 12)))
        values = {"replication": replication, "lead": 0.0, "strength": strength}
    replicase = float(replicase_of_preference(preference))
    built = family.network(values)
    start = _start(shares, built.names)
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
        note("theory", 0, 3)
        found = survey(built, years=years, shares=start, replicase=replicase)
        note("theory", 1, 3)
        rungs = climb(strengths, replicase=replicase, n_cities=cities)
        note("theory", 2, 3)
        experiments = table_1()
        note("theory", 3, 3)
        chosen = _chosen(found, asked)
        plans = _figures(found, rungs, experiments, family, values | {"preference": preference}, mode, cycle)
        drawings: list[Drawing] = []
        for name in chosen:
            note("figures", len(drawings), len(chosen))
            drawings.append(plans[name]())
    from rcsd.report.figures.folder import write_drawings

    folder = out / "hypercycle"
    write_drawings(folder, drawings)
    paths = [folder / f"{drawing.name}.svg" for drawing in drawings]
    if json:
        print_json(_document(found, rungs, experiments, family.name, values) | {"figures": [str(p) for p in paths]})
    else:
        _print(found, rungs, experiments, family.name)
        print_line("\n".join(map(str, paths)))


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


def _figures(
    found: NetworkSurvey,
    rungs: tuple[Rung, ...],
    experiments: tuple[Experiment, ...],
    family: NetworkFamily,
    values: dict[str, float],
    mode: str,
    cycle: int | None,
) -> dict[str, Callable[[], Drawing]]:
    """Return what draws each figure."""
    from rcsd.report.figures import hypercycle as figures
    from rcsd.theory import hypercycle as theory

    return {
        "network": lambda: figures.network_figure(found.network, mode=mode if cycle is None else None),
        "trajectories": lambda: figures.trajectories_figure(found),
        "simplex": lambda: figures.simplex_figure(theory.simplex_portrait(found.network, found.path)),
        "phase": lambda: figures.phase_figure(theory.phase_diagram(family, values=values)),
        "ladder": lambda: figures.ladder_figure(rungs),
        "table": lambda: figures.table_figure(experiments),
    }


def _document(
    found: NetworkSurvey,
    rungs: tuple[Rung, ...],
    experiments: tuple[Experiment, ...],
    name: str,
    values: dict[str, float],
) -> dict[str, object]:
    interior, orbit, path = found.interior, found.orbit, found.path
    return {
        "network": name,
        "parameters": values,
        "replicase": found.replicase,
        "units": list(found.network.names),
        "catalysis": found.network.catalysis.tolist(),
        "years": float(path.times[-1]),
        "initial": path.shares[0].tolist(),
        "final": path.final.tolist(),
        "left": list(found.left),
        "advantage": {"first": float(path.advantage[0]), "last": float(path.advantage[-1])},
        "interior": None
        if interior is None
        else {
            "shares": interior.shares.tolist(),
            "growth": interior.growth,
            "stability": interior.stability,
            "eigenvalues": [[value.real, value.imag] for value in interior.eigenvalues],
        },
        "permanence": None
        if found.permanence is None
        else {"verdict": found.permanence.verdict, "margin": found.permanence.margin, "why": found.permanence.why},
        "orbit": None
        if orbit is None
        else {"period": orbit.period, "amplitude": orbit.amplitude.tolist(), "stable": orbit.stable},
        "ladder": [
            {
                "mode": rung.mode,
                "step": rung.step,
                "advantage": rung.advantage,
                "at_equal_shares": rung.shared,
                "permanence": rung.verdict,
                "left": list(rung.survivors),
                "needs": rung.needs,
                "met": rung.met,
            }
            for rung in rungs
        ],
        "table": [
            {
                "key": each.key,
                "row": each.row,
                "hypothesis": each.hypothesis,
                "outcome": each.outcome,
                "holds": each.holds,
                "measured": dict(each.measured),
            }
            for each in experiments
        ],
    }


def _print(found: NetworkSurvey, rungs: tuple[Rung, ...], experiments: tuple[Experiment, ...], name: str) -> None:
    path, interior, orbit = found.path, found.interior, found.orbit
    rows = [
        ("left in the second half", "; ".join(found.left)),
        ("advantage", f"{path.advantage[0]:.4f} to {path.advantage[-1]:.4f} a year"),
    ]
    if found.permanence is not None:
        rows.append((found.permanence.verdict, found.permanence.why))
    if interior is not None:
        rows.append((f"{interior.stability} at rest", ", ".join(f"{share:.4g}" for share in interior.shares)))
    if orbit is not None:
        kind = "stable orbit" if orbit.stable else "unstable orbit"
        rows.append((kind, f"period {orbit.period:.4g} years, amplitude {orbit.amplitude.max():.4g}"))
    print_table(f"{name}, replicase {found.replicase:.4g}", ("What", "Where"), rows, n_words=2)
    steps = [
        (rung.step, rung.mode, rung.verdict, rung.needs, "yes" if rung.met else "no", f"{rung.advantage:.4f}")
        for rung in rungs
    ]
    print_table(
        "From point to domain", ("Step", "Mode", "Lasts", "Needs", "Met", "Advantage, 1/year"), steps, n_words=5
    )
    outcomes = [(each.row, each.outcome, "yes" if each.holds else "no") for each in experiments]
    print_table("Table 1, with three enterprises", ("Row", "Outcome", "Holds"), outcomes, n_words=3)
