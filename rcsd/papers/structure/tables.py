"""The tables of a structure optimisation."""

from __future__ import annotations

from rcsd.papers.input_output import InputOutputTable, Linkages, Multipliers, Sector
from rcsd.papers.structure import PARTS, StructureResult, output_shares, ratio_unit, value_shares
from rcsd.papers.structure.words import index
from rcsd.papers.structure.writer import named_points
from rcsd.report.table import Cell, Column, Table, cells, numbers, words
from rcsd.report.wording import MISSING, capital, fixed, measured, number, percent

_LESS, _MORE = 0.9995, 1.0005


def structure_table(result: StructureResult, region: str) -> Table:
    """One row per sector: output, and its share of value added, actual and at three points of the front."""
    programme, points = result.programme, named_points(result)
    inside = programme.within(region)
    sectors = [sector for sector in programme.sectors if sector.region == region]
    actual = programme.actual[inside]
    shares = {name: value_shares(programme, s.output, region) for name, s in points.items()}
    before = value_shares(programme, programme.actual, region)
    gross = output_shares(programme, programme.actual, region)
    return Table(
        caption=f"{region or result.task.title}: actual and efficient structures",
        columns=(
            *words("Sector"),
            Column("Output", title=programme.unit),
            *numbers("Share of output", "Share of value added"),
            *(Column(f"Output, {name}", title="over the actual output") for name in points),
            *(Column(f"Value added, {name}", title="share of value added") for name in points),
        ),
        rows=tuple(
            (
                *cells(sector.name, number(float(actual[i]), 4), percent(100 * gross[i]), percent(100 * before[i])),
                *(Cell(index(float(s.output[inside][i]), float(actual[i]))) for s in points.values()),
                *(Cell(percent(100 * float(share[i]))) for share in shares.values()),
            )
            for i, sector in enumerate(sectors)
        ),
        note=f"Actual output in {programme.unit}; output of the efficient structures as a change against it.",
    )


def vertices_table(result: StructureResult) -> Table:
    """One row per vertex of the front."""
    programme, front = result.programme, result.front
    right = [*front.slopes, 0.0]
    return Table(
        caption="All vertices of the front",
        columns=(
            *words("Vertex"),
            *numbers("Value added", f"Use of {programme.resource}", "Next unit gains"),
            *numbers(
                *(
                    f"{programme.industry}, share{f', {c.region}' if len(result.changes) > 1 else ''}"
                    for c in result.changes
                )
            ),
            *numbers(*(f"Ratio{f', {c.region}' if len(result.changes) > 1 else ''}" for c in result.changes)),
        ),
        rows=tuple(
            (
                Cell(f"{i + 1}", "best" if i == result.compromise.vertex else ""),
                *cells(
                    index(vertex.value_added, programme.actual_value), index(vertex.resource_use, programme.actual_use)
                ),
                Cell(measured(float(right[i]), 4)),
                *cells(*(percent(100 * c.optimal_share) for c in changes)),
                *cells(*(fixed(c.ratio) for c in changes)),
            )
            for i, (vertex, changes) in enumerate(zip(front.vertices, result.vertex_changes, strict=True))
        ),
        note="Against the actual structure. Next unit gains: value added, "
        f"{ratio_unit(programme.unit, programme.resource_unit)} of {programme.resource}, the slope of the piece to the "
        "right. The star marks the compromise. Ratio: share of the resource industry in value added over the actual "
        "share.",
    )


def prices_table(result: StructureResult) -> Table:
    """One row per constraint that binds at the compromise."""
    return Table(
        caption="Constraints that bind at the compromise",
        columns=(*words("Constraint"), *numbers("Shadow price"), *words("Unit", "In words", "Price")),
        rows=tuple(
            cells(each.constraint.name, measured(each.price, 4), each.unit, each.constraint.text, each.meaning)
            for each in result.prices
        ),
        note="For the most value added with no more of the resource than the compromise uses; epsilon is that ceiling. "
        "A price of zero: met exactly, relaxing it alone gains nothing. At a vertex prices are those of one optimal "
        "basis, and hold for small changes in one direction.",
    )


def numbers_table(result: StructureResult) -> Table:
    """One row per number of the programme."""
    return Table(
        caption="Every number of the programme",
        columns=(*words("Number"), *numbers("Value"), *words("Unit", "Range", "Source")),
        rows=tuple(
            (
                *cells(name, number(each.value), each.unit, f"{each.lower:g} to {each.upper:g}"),
                Cell(each.source, "alert" if each.assumed else ""),
            )
            for name, each in result.task.settings.numbers.items()
        ),
        note="Red: assumed, in whole or in part. The paper names the objectives, eqs 14 to 17 and the weight; the "
        "bounds on growth and the part of final demand that must be served are not in it. All ranges are assumed.",
    )


def ranges_table(result: StructureResult) -> Table:
    """One row per end of a range: the compromise there."""
    base = result.changes[0].ratio
    return Table(
        caption="The compromise with each number at the ends of its range",
        columns=(*words("Number"), *numbers("Value", "Value added", f"Use of {result.programme.resource}", "Ratio")),
        rows=tuple(
            (
                *cells(v.name, number(v.value)),
                *(
                    cells("clash", "clash", MISSING)
                    if v.clash
                    else cells(index(v.value_added, 1.0), index(v.resource_use, 1.0), fixed(v.ratio))
                ),
            )
            for v in result.variations
        ),
        note=f"One number at a time. Ratio: share of {result.programme.industry} in value added over the actual "
        f"share, {base:.3f} as the numbers stand.",
    )


def linkages_table(
    table: InputOutputTable, sectors: tuple[Sector, ...], multiplied: Multipliers, linked: Linkages, resource: str
) -> Table:
    """One row per sector: multipliers and linkages."""
    region = sectors[0].region
    return Table(
        caption=f"{region or table.title}: multipliers and linkages",
        columns=(
            *words("Sector"),
            *numbers("Output multiplier", "Value added kept", f"{capital(resource)}, total"),
            *numbers("Backward, direct", "Backward", "Forward, direct", "Forward"),
            *words("Kind"),
        ),
        rows=tuple(
            cells(
                sector.name,
                *(fixed(float(v[i])) for v in (multiplied.output, multiplied.retained, multiplied.resource)),
                fixed(float(linked.direct_backward[i])),
                fixed(float(linked.normalised_backward[i])),
                fixed(float(linked.direct_forward[i])),
                fixed(float(linked.normalised_forward[i])),
                linked.kinds[i],
            )
            for i, sector in enumerate(sectors)
        ),
        note="For a unit of final demand, inputs counted whatever their origin; value added kept is the part that "
        "stays in the region. Backward: column sums of the Leontief inverse, forward: row sums of the Ghosh inverse, "
        "both over their mean; key sectors exceed 1 in both.",
    )


def history_table(result: StructureResult) -> Table:
    """One row per year: the resource industry in the table of that year."""
    name = result.programme.industry
    return Table(
        caption=f"{name} in the tables of {len(result.history)} years",
        columns=(
            *words("Year"),
            *numbers("Share of output", "Share of value added", "Backward", "Forward", "Total use"),
            *words("Kind"),
        ),
        rows=tuple(
            cells(
                str(y.year),
                percent(100 * y.output_share),
                percent(100 * y.value_share),
                fixed(y.backward),
                fixed(y.forward),
                fixed(y.total_use, 4),
                y.kind,
            )
            for y in result.history
        ),
        note="At current prices of each year: shares move with the price of coal. Linkages over the mean of sectors. "
        "Total use: direct and indirect, a unit of final demand, mean of the sectors weighted by output.",
    )


def cities_table(result: StructureResult) -> Table:
    """One row per part of a city's value added."""
    return Table(
        caption="Cities that change like their region (assumed)",
        columns=(*words("City", "Part"), *numbers("Value added", "Share", "Growth", "Share after")),
        rows=tuple(
            cells(
                f"{city.account.title} {city.account.year}",
                part,
                f"{number(city.account.parts[part])} {city.account.unit}",
                percent(100 * city.actual[part], 1),
                index(city.growth[part], 1.0),
                percent(100 * city.optimal[part], 1),
            )
            for city in result.cities
            for part in PARTS
        ),
        note="No city has an input-output table: each part of its value added is assumed to grow over the horizon as "
        "that part of the region does at the compromise. "
        + " ".join(dict.fromkeys(f"Figures: {city.account.source}." for city in result.cities)),
    )
