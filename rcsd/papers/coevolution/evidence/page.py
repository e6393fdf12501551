"""The page on what observes the preference."""

from __future__ import annotations

from pathlib import Path

from rcsd.files import together, write_text_atomic
from rcsd.papers.coevolution.evidence.front import evidence_front
from rcsd.papers.coevolution.evidence.result import Findings
from rcsd.papers.coevolution.evidence.words import (
    clocks_table,
    combinations_table,
    profiles_table,
    ranking,
    scores_table,
    what_is_fixed,
)
from rcsd.papers.coevolution.evidence.writer import FOLDER
from rcsd.papers.coevolution.figures.evidence import courses_figure, profiles_figure
from rcsd.report.drawing.folder import write_drawings
from rcsd.report.page import Part, Section, render_page
from rcsd.report.parts import part_of, pictures
from rcsd.report.question import KNOWN, Question

_RIVALS = Question("rivals", "Is anything simpler as good?", 10)


@together()
def write_evidence_page(found: Findings, out: Path) -> Path:
    """Write ``<out>/coevolution/evidence/index.html`` and its figures.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    folder = Path(out) / FOLDER
    front, parts = evidence_front(found), evidence_parts(found)
    write_drawings(folder / "figures", pictures(front, parts))
    page = render_page(
        "Does anything observe the pair of innovation?",
        "Liu and Zhang's x and α held against public statistics of Chinese cities.",
        front=front,
        parts=parts,
    )
    write_text_atomic(folder / "index.html", page)
    return folder / "index.html"


def evidence_parts(found: Findings) -> list[Part]:
    """Return the questions of the page with their answers."""
    return [
        part_of(
            _RIVALS,
            ranking(found),
            Section(
                "comparison",
                "The pair and its rivals",
                paragraphs=(
                    "None and a constant split predict the same for every proxy, because each city's level is free; "
                    "only a forecast of output can tell them apart. One clock: all cities are at the same point of the "
                    "course in a year. Own clocks: a city's age or midpoint is normal over the cities and integrated "
                    "out.",
                ),
                drawings=(courses_figure(found),),
                tables=(clocks_table(found), scores_table(found)),
            ),
        ),
        part_of(
            KNOWN,
            what_is_fixed(found),
            Section(
                "identification",
                "What the data fix",
                drawings=(profiles_figure(found),),
                tables=(profiles_table(found), combinations_table(found)),
            ),
        ),
    ]
