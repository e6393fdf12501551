"""The page of a structure optimisation."""

from __future__ import annotations

from pathlib import Path

from rcsd.files import together, write_text_atomic
from rcsd.papers.structure import StructureResult
from rcsd.papers.structure.figures import front_figure, linkages_figure, path_figure, ranges_figure, shares_figure
from rcsd.papers.structure.tables import (
    cities_table,
    history_table,
    linkages_table,
    numbers_table,
    prices_table,
    ranges_table,
    structure_table,
    vertices_table,
)
from rcsd.papers.structure.words import summary
from rcsd.papers.structure.writer import FOLDER, linked_sectors
from rcsd.report.drawing.folder import write_drawings
from rcsd.report.page import Section, render_page
from rcsd.report.sections.provenance.tables import hashes_table, versions_table
from rcsd.report.wording import count
from rcsd.study.graph.provenance import versions


@together()
def write_structure_report(result: StructureResult, out: Path) -> Path:
    """Write ``<out>/structure/index.html`` and its figures; nothing is computed from the result.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    folder = Path(out) / FOLDER
    sections = _sections(result)
    write_drawings(folder / "figures", [drawing for section in sections for drawing in section.drawings])
    programme = result.programme
    page = render_page(
        f"{result.task.title}: the structure of the economy",
        f"Most value added and least use of {programme.resource} over {count(len(result.table), 'sector')}, within "
        f"{programme.horizon:g} years.",
        sections,
    )
    write_text_atomic(folder / "index.html", page)
    return folder / "index.html"


def _sections(result: StructureResult) -> list[Section]:
    programme = result.programme
    groups = list(zip(linked_sectors(result), result.multipliers, result.linkages, strict=True))
    sections = [
        Section(
            "summary", "In short", tuple(filter(None, (result.task.documentation.strip(),))), points=summary(result)
        ),
        Section(
            "front",
            "Value added against the resource",
            drawings=(front_figure(result),),
            tables=(vertices_table(result),),
        ),
        Section(
            "structure",
            "Optimal against actual structure",
            drawings=(shares_figure(result), path_figure(result)),
            tables=tuple(structure_table(result, region) for region in programme.regions),
        ),
        Section("binding", "What holds it there", tables=(prices_table(result),)),
        Section(
            "ranges",
            "What it depends on",
            drawings=(ranges_figure(result),),
            tables=(numbers_table(result), ranges_table(result)),
        ),
        Section("cities", "Cities", tables=(cities_table(result),)),
        Section(
            "tables",
            "The tables themselves",
            drawings=tuple(
                linkages_figure(sectors, linked, programme.resource_sector, f"structure-linkages-{i + 1}")
                for i, (sectors, _, linked) in enumerate(groups)
            ),
            tables=(
                history_table(result),
                *(linkages_table(result.table, s, m, linked, programme.resource) for s, m, linked in groups),
            ),
        ),
        Section(
            "repeat",
            "To repeat it",
            ("Nothing here is drawn at random: equal files and versions give the same numbers on one machine.",),
            tables=(versions_table(versions()), hashes_table(result.task.hashes)),
        ),
    ]
    return [
        section for section in sections if section.drawings or section.points or any(t.rows for t in section.tables)
    ]
