"""What it takes to repeat a study, and how the searches went."""

from collections.abc import Sequence

from rcsd.report.page import Section
from rcsd.report.question import REPEAT
from rcsd.report.section import ReportSection
from rcsd.report.sections.cities.tables import search_table
from rcsd.report.sections.provenance.tables import hashes_table, settings_table, steps_table, versions_table
from rcsd.report.spoken import spoken
from rcsd.study.graph.result import StudyResult


def _study(result: StudyResult) -> list[Section]:
    return [
        Section(
            "repeat",
            "To repeat it",
            paragraphs=("Equal inputs, seeds and versions give the same numbers bit for bit on one machine.",),
            tables=(
                settings_table(result),
                steps_table(result),
                versions_table(result.versions),
                hashes_table(result.hashes),
            ),
        )
    ]


def _studies(results: Sequence[StudyResult]) -> list[Section]:
    return [Section("search", "How the searches went", tables=(search_table(results),))]


def _repeated(results: Sequence[StudyResult]) -> str:
    """Say what repeats all studies, and where the inputs of each lie."""
    return (
        f"The command above runs the {spoken().words.units} again; equal inputs, seeds and versions give the same "
        "numbers bit for bit on one machine. What each was made from stands in its own report."
    )


SECTION = ReportSection("provenance", 130, REPEAT, study=_study, studies=_studies, answers=_repeated)
