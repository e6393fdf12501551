"""The page of a data envelopment analysis."""

from pathlib import Path

from rcsd.files import together, write_text_atomic
from rcsd.papers.dea import words
from rcsd.papers.dea.assessment import Assessment
from rcsd.papers.dea.courses import members
from rcsd.papers.dea.figures import improvement_figure, movement_figure, scale_figure
from rcsd.papers.dea.front import dea_front
from rcsd.papers.dea.method.malmquist import MalmquistResult
from rcsd.papers.dea.reading import Reading, read
from rcsd.papers.dea.tables import change_table, means_table, peers_table, standing_table, targets_table
from rcsd.papers.dea.writer import FOLDER
from rcsd.report.drawing.folder import write_drawings
from rcsd.report.page import Part, Section, render_page
from rcsd.report.parts import part_of, pictures
from rcsd.report.question import REPEAT, Question
from rcsd.report.sections.provenance.tables import hashes_table
from rcsd.report.wording import count

_STANDING = Question("standing", "Where does each unit stand?", 10)
_TARGETS = Question("targets", "What would have to change?", 20)
_MOVEMENT = Question("movement", "How has it moved?", 30)
_TRUST = Question("trust", "How far is it to be trusted?", 40)


@together()
def write_dea_report(found: Assessment, out: Path) -> Path:
    """Write ``<out>/dea/index.html`` and its figures; nothing is computed from the figures of the table.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    folder, reading = Path(out) / FOLDER, read(found)
    front, parts = dea_front(found, reading), dea_parts(found, reading)
    drawings = pictures(front, parts)
    write_drawings(folder / "figures", drawings)
    for old in (folder / "figures").glob("dea-*"):
        # a figure of another table, which this one has not
        if old.stem not in {drawing.name for drawing in drawings}:
            old.unlink()
    when = f" in {words.period_span(found)}" if found.data.distinct_periods else ""
    page = render_page(
        f"{found.window.title}: data envelopment analysis",
        f"{count(len(set(found.data.units)), 'unit')}{when} against the best practice among them.",
        front=front,
        parts=parts,
    )
    write_text_atomic(folder / "index.html", page)
    return folder / "index.html"


def dea_parts(found: Assessment, reading: Reading) -> list[Part]:
    """Return the questions of the page with their answers; empty ones are left out."""
    change = found.malmquist
    documentation = tuple(filter(None, (found.window.documentation,)))
    parts = [
        part_of(
            _STANDING,
            words.on_frontier(found),
            Section(
                "scores",
                "Scores and peers",
                (*documentation, f"Model: {words.model_words(found.result.model)}."),
                tables=(standing_table(found),),
            ),
        ),
        part_of(
            _TARGETS,
            words.furthest(found),
            Section(
                "improvements",
                "As it is, and on the frontier",
                drawings=(improvement_figure(found), scale_figure(found)),
                tables=(targets_table(found),),
            ),
        ),
        *([part_of(_MOVEMENT, words.movement(found), _moved(found, change))] if change is not None else []),
        part_of(
            _TRUST,
            words.stands_on(found, reading),
            Section("peers", "What the frontier depends on", tables=(peers_table(reading),)),
        ),
        part_of(
            REPEAT,
            "All figures stand in scores.csv, lambdas.csv, malmquist.csv and result.json beside this page. The same "
            "table gives the same numbers.",
            Section("repeat", "Inputs", tables=(hashes_table({found.window.table.name: found.sha256}),)),
        ),
    ]
    return [part for part in parts if part.sections]


def _moved(found: Assessment, change: MalmquistResult) -> Section:
    groups = len(members(found)) < len(set(change.units))
    return Section(
        "malmquist",
        "Malmquist index",
        paragraphs=(
            "Malmquist index (Färe, Grosskopf, Norris and Zhang 1994): the figures of two periods are held against the "
            "frontiers of both. Inputs and outputs are weighed in each unit's favour, so that its index can rest on "
            "one ratio, such as output per worker, while others fall.",
        ),
        drawings=(movement_figure(found, change),),
        tables=(change_table(found, change), *([means_table(change)] if groups else [])),
    )
