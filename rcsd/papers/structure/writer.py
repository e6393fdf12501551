"""Writes the files of a structure optimisation for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rcsd.files import plain, together, write_json
from rcsd.papers.input_output import Sector
from rcsd.papers.structure import (
    ResourceChange,
    Solution,
    StructureResult,
    output_shares,
    price_range,
    resource_change,
    value_shares,
)
from rcsd.tables import Row, write_csv

FOLDER = "structure"
COMPROMISE = "compromise"


def named_points(result: StructureResult) -> dict[str, Solution]:
    """Return the structures that are looked at in detail: both ends of the front, and the compromise between them."""
    front = result.front
    return {"least use": front.least_use, COMPROMISE: result.compromise.solution, "most value added": front.most_value}


def linked_sectors(result: StructureResult) -> list[tuple[Sector, ...]]:
    """Return the sectors that belong to each table's multipliers and linkages."""
    groups, start = [], 0
    for linked in result.linkages:
        groups.append(result.table.sectors[start : start + len(linked.backward)])
        start += len(linked.backward)
    return groups


@together()
def write_structure(result: StructureResult, out: str | Path) -> Path:
    """Write ``result.json`` and five CSV files into ``<out>/structure``, and return that folder.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    folder = Path(out) / FOLDER
    write_json(folder / "result.json", structure_document(result))
    files = {
        "front.csv": _front(result),
        "structure.csv": _structure(result),
        "prices.csv": _prices(result),
        "linkages.csv": _linkages(result),
        "ranges.csv": _ranges(result),
    }
    for name, found in files.items():
        header, *rows = found
        write_csv(folder / name, header, rows)
    return folder


def structure_document(result: StructureResult) -> dict[str, object]:
    """Return what ``result.json`` holds; equal inputs give equal files."""
    programme, front, picked = result.programme, result.front, result.compromise
    return {
        "title": result.task.title,
        "unit": programme.unit,
        "resource": {
            "name": programme.resource,
            "sector": programme.resource_sector,
            "unit": programme.resource_unit,
            "actual_use": programme.actual_use,
        },
        "actual_value_added": programme.actual_value,
        "horizon_years": programme.horizon,
        "numbers": result.task.settings.numbers,
        "balance": {t.title: b.largest for t, b in zip(result.task.tables, result.balances, strict=True)},
        "regions": [_region(result, region) for region in programme.regions],
        "front": {
            "vertices": [_point(result, v, c) for v, c in zip(front.vertices, result.vertex_changes, strict=True)],
            "slopes": front.slopes,
            "points": [
                {**_point(result, point, None), "price": price, "efficiency_gap": gap}
                for point, price, gap in zip(front.points, front.prices, result.gaps, strict=True)
            ],
        },
        "compromise": {
            **_point(result, picked.solution, result.changes),
            "vertex": picked.vertex,
            "weight": picked.weight,
            "same_vertex_for_weights": picked.weights,
            "scores": {"value_added": picked.scores[0], "resource_use": picked.scores[1]},
            "resource_price": dict(zip(("one_more", "one_less"), price_range(front, picked.solution), strict=True)),
            "share_range": picked.shares,
        },
        "prices": [
            {"constraint": p.constraint.name, "text": p.constraint.text, "price": p.price, "unit": p.unit}
            for p in result.prices
        ],
        "ranges": result.variations,
        "history": result.history,
        "cities": [{**plain(city), "ratio": city.ratio} for city in result.cities],
        "sha256": result.task.hashes,
    }


def _region(result: StructureResult, region: str) -> dict[str, object]:
    programme = result.programme
    points = {"actual": programme.actual, **{name: s.output for name, s in named_points(result).items()}}
    return {
        "region": region,
        "sectors": [sector.name for sector in programme.sectors if sector.region == region],
        "output": {name: output[programme.within(region)] for name, output in points.items()},
        "output_shares": {name: output_shares(programme, output, region) for name, output in points.items()},
        "value_shares": {name: value_shares(programme, output, region) for name, output in points.items()},
    }


def _point(result: StructureResult, solution: Solution, changes: Iterable[ResourceChange] | None) -> dict[str, object]:
    programme = result.programme
    if changes is None:
        changes = [resource_change(programme, solution, region) for region in programme.regions]
    return {
        "value_added": solution.value_added,
        "resource_use": solution.resource_use,
        "value_added_index": solution.value_added / programme.actual_value,
        "resource_use_index": solution.resource_use / programme.actual_use,
        "value_added_change": solution.value_added / programme.actual_value - 1,
        "resource_use_change": solution.resource_use / programme.actual_use - 1,
        "output": solution.output,
        "resource_industry": [{**plain(c), "ratio": c.ratio, "odds_ratio": c.odds_ratio} for c in changes],
        "binding": [n for n, binds in zip(programme.names, solution.binding, strict=True) if binds],
    }


Rows = Iterable[Row]


def _front(result: StructureResult) -> Rows:
    programme, front = result.programme, result.front
    shares = [f"resource share{f' {region}' if region else ''}" for region in programme.regions]
    labels = [f"output {sector.label}" for sector in programme.sectors]
    head = [
        "kind",
        "value_added",
        "resource_use",
        "value_added_index",
        "resource_use_index",
        "price_right",
        "price_left",
    ]
    yield [*head, *shares, *labels]
    for kind, solutions in (
        ("vertex", front.vertices),
        ("grid", front.points),
        (COMPROMISE, [result.compromise.solution]),
    ):
        for s in solutions:
            right, left = price_range(front, s)
            changes = [resource_change(programme, s, region).optimal_share for region in programme.regions]
            index = s.value_added / programme.actual_value, s.resource_use / programme.actual_use
            yield [kind, s.value_added, s.resource_use, *index, right, left, *changes, *s.output.tolist()]


def _structure(result: StructureResult) -> Rows:
    programme = result.programme
    points = {"actual": programme.actual, **{name: s.output for name, s in named_points(result).items()}}
    yield ["point", "region", "sector", "output", "output_over_actual", "output_share", "value_share", "unit"]
    for name, output in points.items():
        for region in programme.regions:
            inside = programme.within(region)
            rows = zip(
                (sector for sector in programme.sectors if sector.region == region),
                output[inside],
                output[inside] / programme.actual[inside],
                output_shares(programme, output, region),
                value_shares(programme, output, region),
                strict=True,
            )
            for sector, *numbers in rows:
                yield [name, region, sector.name, *map(float, numbers), programme.unit]


def _prices(result: StructureResult) -> Rows:
    yield ["constraint", "region", "kind", "price", "unit", "meaning", "text"]
    for each in result.prices:
        c = each.constraint
        yield [c.name, c.region, c.kind, each.price, each.unit, each.meaning, c.text]


def _linkages(result: StructureResult) -> Rows:
    yield [
        *("region", "sector", "output_multiplier", "value_added_kept", "resource_multiplier"),
        *(
            "direct_backward",
            "direct_forward",
            "backward",
            "forward",
            "normalised_backward",
            "normalised_forward",
            "kind",
        ),
    ]
    groups = linked_sectors(result)
    for sectors, multiplied, linked in zip(groups, result.multipliers, result.linkages, strict=True):
        for i, sector in enumerate(sectors):
            numbers = (
                *(multiplied.output, multiplied.retained, multiplied.resource),
                *(linked.direct_backward, linked.direct_forward, linked.backward, linked.forward),
                *(linked.normalised_backward, linked.normalised_forward),
            )
            yield [sector.region, sector.name, *(float(values[i]) for values in numbers), linked.kinds[i]]


def _ranges(result: StructureResult) -> Rows:
    yield ["number", "value", "value_added_index", "resource_use_index", "resource_share_ratio", "clash"]
    for v in result.variations:
        yield [v.name, v.value, v.value_added, v.resource_use, v.ratio, "; ".join(v.clash)]
