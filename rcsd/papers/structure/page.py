"""The page of a structure optimisation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rcsd.files import together, write_text_atomic
from rcsd.papers.structure import StructureResult
from rcsd.papers.structure.figures import linkages_figure, path_figure, ranges_figure, shares_figure
from rcsd.papers.structure.front import (
    binding_answer,
    changes_answer,
    structure_front,
    tables_answer,
    trade_off_answer,
)
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
from rcsd.papers.structure.words import hangs_on
from rcsd.papers.structure.writer import FOLDER, linked_sectors
from rcsd.report.drawing.folder import write_drawings
from rcsd.report.page import Part, Section, render_page
from rcsd.report.parts import part_of, pictures
from rcsd.report.question import REPEAT, Question
from rcsd.report.sections.provenance.tables import hashes_table, versions_table
from rcsd.report.wording import count
from rcsd.study.graph.provenance import versions

_FRONT = Question("trade-off", "What is given up for what?", 10)
_CHANGES = Question("structure", "What would change?", 20)
_BINDING = Question("binding", "What holds it there?", 30)
_DEPENDS = Question("depends", "What does it depend on?", 40)
_TABLES = Question("tables", "What do the tables themselves say?", 50)


@together()
def write_structure_report(result: StructureResult, out: Path) -> Path:
    """Write ``<out>/structure/index.html`` and its figures; nothing is computed from the result.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    folder = Path(out) / FOLDER
    front, parts = structure_front(result), structure_parts(result)
    write_drawings(folder / "figures", pictures(front, parts))
    programme = result.programme
    page = render_page(
        f"{result.task.title}: the structure of the economy",
        f"Most value added and least use of {programme.resource} over {count(len(result.table), 'sector')}, within "
        f"{programme.horizon:g} years.",
        front=front,
        parts=parts,
    )
    write_text_atomic(folder / "index.html", page)
    return folder / "index.html"


def structure_parts(result: StructureResult) -> Sequence[Part]:
    """Return the questions of the page with their answers; empty ones are left out."""
    programme = result.programme
    documentation = tuple(filter(None, (result.task.documentation.strip(),)))
    found = (
        part_of(
            _FRONT,
            trade_off_answer(result),
            Section("front", "Value added against the resource", documentation, tables=(vertices_table(result),)),
        ),
        part_of(
            _CHANGES,
            changes_answer(result),
            Section(
                "sectors",
                "Optimal against actual structure",
                drawings=(shares_figure(result), path_figure(result)),
                tables=tuple(structure_table(result, region) for region in programme.regions),
            ),
            Section("cities", "Cities", tables=(cities_table(result),)),
        ),
        part_of(_BINDING, binding_answer(result), Section("prices", "Shadow prices", tables=(prices_table(result),))),
        part_of(
            _DEPENDS,
            hangs_on(result) if result.variations else "",
            Section(
                "ranges",
                "Every number at the ends of its range",
                drawings=(ranges_figure(result),),
                tables=(ranges_table(result), numbers_table(result)),
            ),
        ),
        part_of(_TABLES, tables_answer(result), _tables(result)),
        part_of(
            REPEAT,
            "Nothing here is drawn at random: equal files and versions give the same numbers on one machine.",
            Section("repeat", "Inputs", tables=(versions_table(versions()), hashes_table(result.task.hashes))),
        ),
    )
    return [part for part in found if part.sections]


def _tables(result: StructureResult) -> Section:
    programme = result.programme
    groups = list(zip(linked_sectors(result), result.multipliers, result.linkages, strict=True))
    return Section(
        "linkages",
        "Multipliers and linkages",
        drawings=tuple(
            linkages_figure(sectors, linked, programme.resource_sector, f"structure-linkages-{i + 1}")
            for i, (sectors, _, linked) in enumerate(groups)
        ),
        tables=(
            history_table(result),
            *(linkages_table(result.table, s, m, linked, programme.resource) for s, m, linked in groups),
        ),
    )
