"""`rcsd coevolution`: the first paper's dynamics, with its figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rcsd.cli.options import DEFAULT_OUT, Json
from rcsd.cli.output import print_json, print_line, print_table
from rcsd.cli.program.command import Command
from rcsd.cli.progress import progress_bars

if TYPE_CHECKING:
    from collections.abc import Callable

    from rcsd.papers.coevolution import Survey
    from rcsd.report.drawing.save import Drawing

MOST_YEARS, MOST_HALF_INPUT = 5000.0, 1000
"""Longer paths and larger master equations take longer than anybody waits for a figure."""

EXAMPLE = "Example: rcsd coevolution --beta 1.8 --years 200 --life-cycle --phase --out out"


def coevolution(  # noqa: PLR0913, PLR0917 - one per figure and per parameter of the model
    life_cycle: Annotated[
        bool, typer.Option("--life-cycle", help="Draw x and alpha over the stages: Figure 1.")
    ] = False,
    landscape: Annotated[
        bool, typer.Option("--landscape", help="Draw the potential for several beta and alpha.")
    ] = False,
    phase: Annotated[bool, typer.Option("--phase", help="Draw the plane of x and alpha with its cycles.")] = False,
    bifurcations: Annotated[
        bool, typer.Option("--bifurcations", help="Draw where the behaviour changes: cusp, Hopf, pitchfork, fold.")
    ] = False,
    density: Annotated[
        bool, typer.Option("--density", help="Draw the probabilities of the master equation over time.")
    ] = False,
    nu: Annotated[float, typer.Option(help="Pace at which units of input move, 1/year.")] = 0.15,
    beta: Annotated[float, typer.Option(help="Coordination factor, 0 to 20.")] = 1.1,
    omega: Annotated[float, typer.Option(help="Flexibility of the preference, 1/year.")] = 0.08,
    alpha0: Annotated[float, typer.Option(help="Range of the interconversion factor alpha, 0 to 20.")] = 0.5,
    lam: Annotated[float, typer.Option("--lambda", help="Speed at which alpha answers to x, 0 to 20.")] = 2.5,
    x0: Annotated[float, typer.Option("--x0", help="Preference x in year 0, -1 to 1.")] = -1.0,
    alpha_initial: Annotated[float, typer.Option("--alpha0-initial", help="alpha in year 0, -20 to 20.")] = 0.0,
    years: Annotated[float, typer.Option(help="Length of the path in years, at most 5000.")] = 60.0,
    half_input: Annotated[
        int, typer.Option("--half-input", help="R of the density: half of all units of input, at most 1000.")
    ] = 50,
    evidence: Annotated[
        bool,
        typer.Option("--evidence", help="Hold x and alpha against public statistics instead; takes some ten minutes."),
    ] = False,
    observed: Annotated[
        Path | None,
        typer.Option("--observed", metavar="CSV", help="Statistics for --evidence; those of rcsd if left out."),
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="Folder for the figures, which get a folder in it.")] = DEFAULT_OUT,
    json: Json = False,
) -> None:
    """Solve the co-evolution of technological and institutional innovation (Liu and Zhang), and draw it.

    Prints the stages of the life cycle, equilibria, cycles and Hopf point, and draws the figures that are asked for;
    all five when none is named. With --evidence: estimates the pair from what observes it, compares it with simpler
    courses by likelihood and forecasts, and writes a page with figures, evidence.json and tables.
    """
    if evidence or observed is not None:
        _evidence(observed, out, json)
        return
    from rcsd.papers.coevolution import CoevolutionParameters, survey
    from rcsd.papers.rules import whole, within

    within("half-input", whole("half-input", half_input, 1), 1, MOST_HALF_INPUT)
    within("years", years, 0, MOST_YEARS)
    found = survey(
        CoevolutionParameters(nu=nu, beta=beta, omega=omega, alpha0=alpha0, lam=lam),
        years=years,
        x0=x0,
        alpha_initial=alpha_initial,
    )
    from rcsd.report.drawing.folder import write_drawings

    asked = (life_cycle, landscape, phase, bifurcations, density)
    chosen = [draw for draw, wanted in zip(_figures(found, half_input), asked, strict=True) if wanted or not any(asked)]
    drawings: list[Drawing] = []
    with progress_bars() as noting:
        note = noting("coevolution")
        for draw in chosen:
            note("figures", len(drawings), len(chosen))
            drawings.append(draw())
    folder = out / "coevolution"
    write_drawings(folder, drawings)
    paths = [folder / f"{drawing.name}.svg" for drawing in drawings]
    if json:
        print_json(_document(found) | {"figures": [str(path) for path in paths]})
    else:
        _print_survey(found)
        print_line("\n".join(map(str, paths)))


def _evidence(observed: Path | None, out: Path, json: bool) -> None:
    from rcsd.files import together
    from rcsd.papers.coevolution.evidence.page import write_evidence_page
    from rcsd.papers.coevolution.evidence.result import find
    from rcsd.papers.coevolution.evidence.words import answer, clocks_table
    from rcsd.papers.coevolution.evidence.writer import evidence_document, write_findings

    with progress_bars() as noting:
        found = find(observed, progress=noting("evidence"))
    with together():
        write_findings(found, out)
        report = write_evidence_page(found, out)
    if json:
        print_json({"report": str(report), "answer": answer(found), "result": evidence_document(found)})
        return
    table = clocks_table(found)
    print_table(
        answer(found),
        [column.heading for column in table.columns],
        [[cell.text for cell in row] for row in table.rows],
    )
    print_line(str(report))


def _figures(found: Survey, half_input: int) -> tuple[Callable[[], Drawing], ...]:
    """Return what draws each figure, in the order of the flags."""
    from rcsd.papers import coevolution as theory
    from rcsd.papers.coevolution import figures

    parameters, path = found.path.parameters, found.path

    def draw_density() -> Drawing:
        start = {"x0": float(path.preference[0]), "alpha_initial": float(path.alpha[0])}
        return figures.density_figure(theory.density_path(half_input, parameters, path.times[::4], **start), path)

    return (
        lambda: figures.path_figure(path, found.reading),
        lambda: figures.landscape_figure(theory.landscape(parameters)),
        lambda: figures.phase_figure(theory.phase_portrait(path, cycles=found.cycles)),
        lambda: figures.bifurcations_figure(theory.bifurcation_set(parameters)),
        draw_density,
    )


def _document(found: Survey) -> dict[str, object]:
    path, hopf = found.path, found.hopf
    return {
        "parameters": path.parameters.to_dict(),
        "initial": {"x": float(path.preference[0]), "alpha": float(path.alpha[0])},
        "years": float(path.times[-1]),
        "life_cycle": {"kind": found.reading.kind, "stages": found.reading.stages},
        "highest_x": float(path.preference.max()),
        "year_of_highest_x": float(path.times[path.preference.argmax()]),
        "final": {"x": float(path.preference[-1]), "alpha": float(path.alpha[-1])},
        "equilibria": [
            {
                "x": point.x,
                "alpha": point.alpha,
                "kind": point.kind,
                "eigenvalues": [[value.real, value.imag] for value in point.eigenvalues],
            }
            for point in found.equilibria
        ],
        "cycles": [
            {
                "around": {"x": cycle.centre[0], "alpha": cycle.centre[1]},
                "amplitude": cycle.amplitude,
                "period": cycle.period,
                "stable": cycle.stable,
            }
            for cycle in found.cycles
        ],
        "hopf": None
        if hopf is None
        else {"beta": hopf.beta, "frequency": hopf.frequency, "lyapunov": hopf.lyapunov, "soft": hopf.soft},
        "pitchfork_beta": found.pitchfork,
        "outer_fold_beta": found.outer_fold,
    }


def _print_survey(found: Survey) -> None:
    hopf = found.hopf
    rows: list[tuple[str, str]] = [("reading of x", found.reading.kind)]
    for stage in found.reading.stages:
        rows.append((stage.stage, f"year {stage.first_year:.1f} {'on' if stage.open else f'to {stage.last_year:.1f}'}"))
    rows += [(point.kind, f"x = {point.x + 0.0:.4g}, alpha = {point.alpha + 0.0:.4g}") for point in found.equilibria]
    for cycle in found.cycles:
        kind = "stable cycle" if cycle.stable else "unstable cycle"
        around = "" if cycle.centre[0] == 0 else f" around x = {cycle.centre[0]:.4g}"
        rows.append((kind, f"amplitude {cycle.amplitude:.4g}, period {cycle.period:.4g} years{around}"))
    if hopf is not None:
        onset = "soft" if hopf.soft else "hard"
        rows.append(("Hopf point", f"beta = {hopf.beta:.4g}, period {hopf.period:.4g} years, {onset} onset"))
    rows.append(("pitchfork", f"beta = {found.pitchfork:.4g}"))
    if found.outer_fold is not None:
        rows.append(("outer equilibria from", f"beta = {found.outer_fold:.4g}"))
    settings = ", ".join(f"{name} {value:g}" for name, value in found.path.parameters.to_dict().items())
    print_table(settings, ("What", "Where"), rows, n_words=2)


COMMAND = Command(
    coevolution,
    group="Papers",
    summary="Technological and institutional innovation, year by year.",
    example=EXAMPLE,
)
