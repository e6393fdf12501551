"""`rcsd region`: four cities linked by knowledge and people, against the same cities apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rcsd.cli.options import DEFAULT_OUT, Json
from rcsd.cli.output import print_json, print_line, print_table
from rcsd.cli.program.command import Command
from rcsd.cli.progress import progress_bars

if TYPE_CHECKING:
    from rcsd.analysis.sensitivity import SobolResult
    from rcsd.papers.city import RegionComparison

MOST_BASE = 16_384
"""Base samples that still fit in a minute or two."""

EXAMPLE = "Example: rcsd region --links 0.02,0.05,0.1 --mobility 0.03 --sobol 256 --out out"


def region(
    links: Annotated[
        str, typer.Option(help="Strengths of the knowledge link, 1/year, growing, with commas between; 0 to 0.1.")
    ] = "0.01,0.02,0.03,0.04,0.05,0.06,0.08,0.1",
    mobility: Annotated[float, typer.Option(help="Mobility of people among the cities, 1/year, 0 to 0.06.")] = 0.03,
    decay: Annotated[float, typer.Option(help="How fast links weaken with distance, 0 to 2; 0 makes all equal.")] = 1.0,
    sobol: Annotated[
        int, typer.Option(help="Base samples of a sensitivity analysis, a power of two up to 16384; 0 for none.")
    ] = 0,
    seed: Annotated[int, typer.Option(min=0, max=10**18, help="Seed of the sensitivity analysis.")] = 0,
    out: Annotated[Path, typer.Option("--out", help="Folder for the figure, which gets a folder in it.")] = DEFAULT_OUT,
    json: Json = False,
) -> None:
    """Link the four coal cities and compare each with the same city unlinked (Liu and Zhang, section 4.4).

    Prints what knowledge that spills over, and people who move, do to GDP, population and industry scale of each city
    at the end of the model's run, and how much of their variance the links explain; draws one figure.
    """
    import numpy as np

    from rcsd.papers.city import compare_region, region_sobol
    from rcsd.papers.city.figures.region import region_figure
    from rcsd.papers.rules import whole, within
    from rcsd.report.drawing.folder import write_drawings

    strengths = _numbers(links)
    within("sobol", whole("sobol", sobol, 0), 0, MOST_BASE)
    whole("seed", seed, 0)
    with progress_bars() as noting:
        note = noting("region")
        found = compare_region(strengths, mobility, decay, progress=note)
        moved = region_sobol(sobol, rng=np.random.default_rng(seed), progress=note) if sobol else None
        drawing = region_figure(found)
    folder = out / "region"
    write_drawings(folder, [drawing])
    path = folder / f"{drawing.name}.svg"
    if json:
        print_json(_document(found, moved) | {"seed": seed, "figures": [str(path)]})
        return
    _print(found)
    if moved is not None:
        _print_sobol(moved)
    print_line(str(path))


def _numbers(text: str) -> list[float]:
    """Read numbers with commas between.

    Raises
    ------
    ParameterError
        When one is none.
    """
    import math

    from rcsd.errors import ParameterError

    try:
        values = [float(word) for word in text.split(",")]
    except ValueError:
        values = [math.nan]
    if not all(map(math.isfinite, values)):
        raise ParameterError(f"links must be numbers with commas between, such as 0.02,0.05,0.1; got {text!r}")
    return values


def _document(found: RegionComparison, moved: SobolResult | None) -> dict[str, object]:
    names = (*found.cities, "together")
    return {
        "cities": list(found.cities),
        "horizon": float(found.times[-1]),
        "decay": found.decay,
        "neutral_gap": found.neutral_gap,
        "apart": {
            output: dict(zip(found.cities, found.apart[i, :, -1].tolist(), strict=True))
            for i, output in enumerate(found.outputs)
        },
        "cases": [
            {
                "name": case.name,
                "knowledge": case.knowledge,
                "people": case.people,
                "percent": {
                    output: dict(zip(names, found.effect(case)[i, :, -1].tolist(), strict=True))
                    for i, output in enumerate(found.outputs)
                },
            }
            for case in found.cases
        ],
        "sobol": None
        if moved is None
        else {
            "n_base": moved.n_base,
            "runs": moved.n_runs,
            "parameters": dict(zip(moved.parameters, moved.distributions, strict=True)),
            "total": {
                output: dict(zip(moved.parameters, moved.indices.total[0, i].tolist(), strict=True))
                for i, output in enumerate(moved.outputs)
            },
            "mean": dict(zip(moved.outputs, moved.mean[0].tolist(), strict=True)),
            "sd": dict(zip(moved.outputs, moved.sd[0].tolist(), strict=True)),
            "total_conf": {
                output: dict(zip(moved.parameters, moved.indices.total_conf[0, i].tolist(), strict=True))
                for i, output in enumerate(moved.outputs)
            },
        },
    }


def _print(found: RegionComparison) -> None:
    names = (*found.cities, "Together")
    rows = [
        (f"{case.name}: {output}", *(f"{effect:+.2f}" for effect in found.effect(case)[i, :, -1]))
        for case in found.cases
        for i, output in enumerate(found.outputs)
    ]
    title = f"% above the same cities apart, {found.times[-1]:.0f}; links of 0 differ by {found.neutral_gap:.1g}"
    print_table(title, ("Links on", *names), rows)


def _print_sobol(moved: SobolResult) -> None:
    """Print the indices of the four together, and of what the links gain in them."""
    from rcsd.papers.city.region import TOTALS

    total, conf = moved.indices.total[0], moved.indices.total_conf[0]
    shown = range(2 * len(TOTALS))
    heads = [moved.outputs[i].removesuffix(" of the Four") for i in shown]
    rows = [
        (name, *(f"{total[i, p]:.3f} ± {conf[i, p]:.3f}" for i in shown)) for p, name in enumerate(moved.parameters)
    ]
    spread = ("mean ± sd", *(f"{moved.mean[0, i]:.4g} ± {moved.sd[0, i]:.3g}" for i in shown))
    title = f"Total-order Sobol indices, {moved.times[-1]:.0f}, of the four together and of what links gain, %"
    print_table(title, ("Parameter", *heads), [*rows, spread])


COMMAND = Command(
    region,
    group="Papers",
    summary="Four coal cities linked, and each by itself.",
    example=EXAMPLE,
)
