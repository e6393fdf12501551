"""Write the tables and the figure of the README from the model itself: what differs, the links, and what they do.

``python models/four_cities/describe.py`` takes a minute or two; tests hold the README to what it says.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

import rcsd
from rcsd.analysis.sensitivity import SobolResult
from rcsd.files import write_bytes_atomic, write_text_atomic
from rcsd.papers.city import RegionComparison, compare_region, region_sobol
from rcsd.papers.city.figures.region import region_figure
from rcsd.papers.city.region import PEOPLE, SWEPT, TOTALS

HERE = Path(__file__).resolve().parent
SHOWN = (0.02, 0.05, 0.1)
N_BASE = 1024
WHOLE = 5.0
"""From this size on numbers are written without decimals."""

RANGE = re.compile(r"Range (?P<range>.+?)\. Source: (?P<source>.+)$")


def variables() -> str:
    """Markdown tables of what the links add and of what differs between the cities."""
    linked = rcsd.load(HERE / "four_cities.mdl")
    city = set(rcsd.load("resource_city").variables)
    links = ["| variable | kind | unit | equation or value | meaning and source |", "|---|---|---|---|---|"]
    own = ["| constant | unit | " + " | ".join(linked.ir.ranges.members("City")) + " |", "|---|---|" + "---|" * 4]
    for variable in linked.ir:
        equation = re.sub(r"\s+", " ", variable.equation)
        if variable.name not in city:
            cells = (variable.name, variable.kind, variable.unit, f"`{equation}`", variable.documentation)
            links.append(f"| {' | '.join(cells)} |")
        elif variable.kind == "constant" and variable.subscripts:
            own.append(f"| {variable.name} | {variable.unit} | {' | '.join(equation.split(','))} |")
    return "\n".join(["### Links", "", *links, "", "### What differs between the cities", "", *own])


def effects(found: RegionComparison, equal: RegionComparison) -> str:
    """Markdown table of what the links do at the horizon."""
    names = (*found.cities, "together")
    head = f"| {found.times[-1]:.0f}, % above the cities apart | | {' | '.join(names)} |"
    rows = [head, "|---|---|" + "---|" * len(names)]
    cases = [(found, case, case.name) for case in found.cases if case.people or case.knowledge in SHOWN]
    cases += [(equal, case, f"{case.name}, all links equal") for case in equal.cases]
    for comparison, case, name in cases:
        for i, output in enumerate(comparison.outputs):
            numbers = " | ".join(f"{value:+.2f}" for value in comparison.effect(case)[i, :, -1])
            rows.append(f"| {name if i == 0 else ''} | {output} | {numbers} |")
    return "\n".join(rows)


def sensitivity(moved: SobolResult) -> str:
    """Markdown table of total-order indices."""
    heads = [name.removesuffix(" of the Four") for name in moved.outputs[: 2 * len(TOTALS)]]
    rows = [
        f"Total-order Sobol indices in {moved.times[-1]:.0f} (N = {moved.n_base}, {moved.n_runs:,} runs, each also "
        "with its links at zero) of the four together, and of the gain from the links in per cent:",
        "",
        f"| parameter | varied | {' | '.join(heads)} |",
        "|---|---|" + "---|" * len(heads),
    ]
    for p, name in enumerate(moved.parameters):
        numbers = (f"{moved.indices.total[0, i, p]:.2f}" for i in range(len(heads)))
        rows.append(f"| {name} | {moved.distributions[p].removeprefix('uniform from ')} | {' | '.join(numbers)} |")
    moves = moved.parameters.index(PEOPLE)
    cities = range(2 * len(TOTALS), len(moved.outputs))
    each = ", ".join(
        f"{moved.outputs[i].partition('[')[2].rstrip(']')} {moved.indices.total[0, i, moves]:.2f}" for i in cities
    )
    spread = " | ".join(f"{plain(moved.mean[0, i])} ± {plain(moved.sd[0, i])}" for i in range(len(heads)))
    words = (
        f"In the variance of each city's own gain in population {PEOPLE} takes part with a total-order index of {each}."
    )
    return "\n".join([*rows, f"| *mean ± sd* | | {spread} |", "", words])


def plain(value: float) -> str:
    """Write a number with two or three digits and no exponent."""
    return f"{value:,.0f}" if value >= WHOLE else f"{value:.2g}"


def replaced(text: str, part: str, what: str) -> str:
    """Put new text between the markers of a part."""
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    return f"{text.partition(begin)[0]}{begin}\n{what}\n{end}{text.partition(end)[2]}"


def main() -> None:
    """Renew README.md and effects.svg."""
    found = compare_region(sorted({*SWEPT, *SHOWN}))
    equal = compare_region([0.05], 0.0, 0.0)
    moved = region_sobol(N_BASE, rng=np.random.default_rng(0))
    write_bytes_atomic(HERE / "effects.svg", region_figure(found).svg)
    text = replaced((HERE / "README.md").read_text("utf-8"), "variables", variables())
    both = f"{effects(found, equal)}\n\n{sensitivity(moved)}"
    write_text_atomic(HERE / "README.md", replaced(text, "effects", both))


if __name__ == "__main__":
    main()
