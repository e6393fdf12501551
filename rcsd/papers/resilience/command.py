"""`rcsd resilience`: the resilience index of several cities, and its forecast."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from rcsd.cli.options import DEFAULT_OUT, Json, Quick
from rcsd.cli.output import print_json, print_line, print_table
from rcsd.cli.program.command import Command
from rcsd.cli.progress import progress_bars

if TYPE_CHECKING:
    from rcsd.papers.resilience.studies import Outlook, ResilienceResult

MOST_DRAWS = 1_000_000

EXAMPLE = "Example: rcsd resilience --forecast --quick --out out"


def resilience(  # noqa: PLR0913, PLR0917 - one per choice of the method
    indicators: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="An indicators.toml or its folder. That of the four coal cities if left out."
        ),
    ] = None,
    normalisation: Annotated[
        Literal["min-max", "z-score", "rank", "vector"],
        typer.Option("--normalisation", help="Scale of the indicators."),
    ] = "min-max",
    weights: Annotated[Literal["entropy", "equal"], typer.Option("--weights", help="How indicators are weighed.")] = (
        "entropy"
    ),
    group: Annotated[
        Literal["pool", "year", "city"],
        typer.Option("--group", help="Entropies over all city-years, each year's cities or each city's years."),
    ] = "pool",
    systems: Annotated[
        Literal["sum", "scores"],
        typer.Option("--systems", help="Weights of systems: sum of their indicators', or entropy of their scores."),
    ] = "sum",
    forecast: Annotated[
        bool, typer.Option("--forecast", help="Forecast the index from the cities' studies, and redo Tables 2 and 3.")
    ] = False,
    clip: Annotated[bool, typer.Option("--clip", help="Keep forecast indicators between 0 and 1.")] = False,
    draws: Annotated[
        int, typer.Option("--draws", min=1, max=MOST_DRAWS, help="Weights drawn for the rank acceptability.")
    ] = 5000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Decides the draws.")] = 0,
    quick: Quick = False,
    out: Annotated[
        Path, typer.Option("--out", help="Folder for results; they go into resilience/ in it, studies beside it.")
    ] = DEFAULT_OUT,
    json: Json = False,
) -> None:
    """Score the economic resilience of cities (Peng and Ji), weigh it by entropy, and ask what the ranking depends on.

    Indicators, systems and cities are a file, and need no code. With --forecast every city's study is run, or what it
    has finished in the output folder is reused, and the index goes on from its posterior draws.
    """
    from rcsd.files import together
    from rcsd.papers.resilience import Scheme
    from rcsd.papers.resilience.page import write_resilience_report
    from rcsd.papers.resilience.studies import assess_resilience, look_ahead
    from rcsd.papers.resilience.writer import resilience_document, write_resilience

    scheme = Scheme(normalisation=normalisation, weights=weights, group=group, systems=systems)
    result = assess_resilience(indicators, scheme=scheme, n_weights=draws, seed=seed)
    if forecast:
        with progress_bars() as noting:
            result = look_ahead(result, out=out, quick=quick, clip=clip, progress=noting)
    with together():
        write_resilience(result, out)
        report = write_resilience_report(result, out)
    if json:
        print_json({"report": str(report), "result": resilience_document(result)})
    else:
        _print(result, str(report))


def _print(result: ResilienceResult, report: str) -> None:
    base = result.assessment
    codes = [system.code for system in base.indicators.systems]
    rows = []
    for city in base.order:
        i = base.cities.index(city)
        scores = (f"{value:.3f}" for value in _means(result, i))
        ends = (f"{base.index[i, t]:.3f}" for t in (0, -1))
        rows.append([base.indicators.cities[city], f"{base.mean_index[i]:.3f}", *ends, *scores])
    weights = (f"{100 * weight:.1f} %" for weight in base.mean_weights.systems[0, 0])
    rows.append(["weight", "", "", "", *weights])
    first, last = base.years[0], base.years[-1]
    headings = ["city", "index", str(first), str(last), *codes]
    print_table(
        f"{base.indicators.title}: index and systems, mean of {first}-{last}, from the most resilient", headings, rows
    )
    kept = sum(each.order_kept for each in result.variants)
    print_line(f"{kept} of {len(result.variants)} other ways to make the index keep this order of the cities")
    for each in base.indicators.missing:
        print_line(f"missing: {each.code} {each.name}: {each.missing}")
    for each in base.constant:
        print_line(f"no weight: {each.code} {each.name} is the same everywhere")
    if result.outlook is not None:
        _print_outlook(result, result.outlook)
    print_line(report)


def _means(result: ResilienceResult, city: int) -> list[float]:
    from rcsd.papers.resilience import mean_over

    return [float(value) for value in mean_over(result.assessment.scores[city].T)]


def _print_outlook(result: ResilienceResult, ahead: Outlook) -> None:
    names = result.assessment.indicators.cities
    codes = ["index", *(system.code for system in result.assessment.indicators.systems)]
    rows = [
        [label, *(f"{values[1, k]:.2f} ({values[0, k]:.2f}-{values[2, k]:.2f})" for k in range(len(codes)))]
        for label, values in [*((names[each.city], each.summary) for each in ahead.cities), ("mean", ahead.average)]
    ]
    first, last = ahead.summary_years
    print_table(f"Forecast, mean of {first}-{last}: median and 90 % of the draws", ["city", *codes], rows)
    if ahead.held_out is not None:
        inside, n = (sum(each.covered[k] for each in ahead.cities) for k in (0, 1))
        years = f"{ahead.held_out[0]}-{ahead.held_out[1]}"
        print_line(f"{inside} of {n} indices of the held-out years {years} lie in their 90 % bands")


COMMAND = Command(
    resilience,
    group="Papers",
    summary="Economic resilience of cities: index and forecast.",
    example=EXAMPLE,
    keeps=True,
)
