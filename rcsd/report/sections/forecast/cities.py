"""What if, over several studies: the scenarios that they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rcsd.report.page import Section
from rcsd.report.sections.forecast.tables import cities_table
from rcsd.report.sections.forecast.words import furthest
from rcsd.report.spoken import spoken, when
from rcsd.report.wording import count, listing
from rcsd.study.findings.scenarios import Compared
from rcsd.study.graph.result import StudyResult
from rcsd.study.written.ahead import ahead_of


def cities_scenarios(results: Sequence[StudyResult]) -> list[Section]:
    """Return the part on the scenarios of several studies; none where none has any."""
    scenarios = cities_table(results)
    return [] if scenarios is None else [Section("scenarios", "Scenarios", tables=(scenarios,))]


def cities_answer(results: Sequence[StudyResult]) -> str:
    """Say which scenario takes the first outcome furthest to the better, and in how many of the studies."""
    found = [each for result in results if (each := ahead_of(result).scenarios) is not None and each.outcomes]
    alike = [each for each in found if each.definition == found[0].definition]
    if not alike:
        return ""
    definition = alike[0].definition
    year, outcome = definition.years[-1], definition.outcomes[0].variable
    best = Counter(name for each in alike if (name := _furthest(each)) is not None)
    parts = [f"under {name} in {n}" for name, n in best.most_common()]
    scenarios = count(len(definition.scenarios), "scenario")
    if not parts:
        return f"None of {scenarios} takes {outcome} to the better by {when(year)}."
    where = count(len(alike), spoken().words.unit, spoken().words.units)
    return (
        f"Of {scenarios} {outcome} is furthest to the better by {when(year)} {listing(parts)} of {where}. By "
        "assumption: the strength of every lever is assumed, so that their order is no finding."
    )


def _furthest(compared: Compared) -> str | None:
    definition = compared.definition
    outcome = definition.outcomes[0].variable
    found = {
        each.title: compared.of(each.name, outcome, compared.beyonds[0])
        for each in definition.scenarios
        if each.name != definition.reference
    }
    return furthest(found, compared.at(definition.years[-1]))
