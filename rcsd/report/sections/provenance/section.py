"""What it takes to repeat a study, and how the searches went."""

from collections.abc import Sequence

from rcsd.report.page import Section
from rcsd.report.question import REPEAT
from rcsd.report.section import ReportSection
from rcsd.report.sections.cities.tables import search_table
from rcsd.report.sections.provenance.tables import hashes_table, settings_table, steps_table, versions_table
from rcsd.study.graph.result import StudyResult
from rcsd.study.written.command import VERIFY, repeat_command


def _answer(_result: StudyResult) -> str:
    return (
        f"Beside this page lies all that it was made from. In its folder, “{VERIFY}” makes the study again and holds "
        "every number of the page to the new one."
    )


def _study(result: StudyResult) -> list[Section]:
    return [
        Section(
            "repeat",
            "Commands, settings, versions",
            paragraphs=(
                "The folder inputs holds the study file, every observed cell with its flags, the drivers, the "
                "scenarios, the model, and the versions of all software. Equal inputs, seeds and versions give the "
                "same numbers to the last digit on one machine.",
            ),
            points=(
                f"Make it again: {repeat_command(result)}",
                f"Verify it: {VERIFY}",
            ),
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
        "The first command makes all this again, the second verifies what is here; equal inputs, seeds and versions "
        f"give the same numbers bit for bit on one machine. What {'it' if len(results) == 1 else 'each'} was made from "
        f"stands in {'the' if len(results) == 1 else 'its own'} report."
    )


SECTION = ReportSection(
    "provenance", 130, question=REPEAT, study=_study, studies=_studies, answer=_answer, answers=_repeated
)
