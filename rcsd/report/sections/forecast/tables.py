"""Tables of the forecast and of the scenarios."""

from collections.abc import Sequence

from rcsd.analysis.scenarios import Comparison, Outcome
from rcsd.report.sections.forecast.facts import marked_band
from rcsd.report.sections.forecast.words import better_words, beyond_label, claim_range, difference_words, share_words
from rcsd.report.spoken import periods, spoken, when
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import MISSING, NO_BREAK, capital, number, shown_title
from rcsd.study.findings.forecast import Forecasted
from rcsd.study.findings.scenarios import Compared
from rcsd.study.graph.result import StudyResult
from rcsd.study.written.ahead import Ahead, ahead_of

_EVEN = 0.5


def forecast_table(forecasted: Forecasted, ahead: Ahead, years: Sequence[int]) -> Table:
    """One row per series and assumption of the drivers: median and 90 % band at some years."""
    rows, driven = [], spoken().drivers
    order = [band.series for band in forecasted.bands]
    for band in sorted(forecasted.bands, key=lambda band: order.index(band.series)):
        row = [f"{band.variable} ({band.unit})"]
        row += [capital(beyond_label(ahead, band.beyond))] if driven else []
        for year in years:
            row += marked_band(forecasted, band, year)
        rows.append(cells(*row))
    headings = [heading for year in years for heading in (when(year), f"90{NO_BREAK}%")]
    return Table(
        caption=f"The forecast{', and what its assumptions change' if driven else ''}",
        columns=(*words("Series", *(["Drivers"] if driven else [])), *numbers(*headings)),
        rows=tuple(rows),
        note=f"Forecast: from the {periods()} up to the last fitted one. Held: at its value. Known: as it was, which "
        "nobody knew then. Bands hold parameters, residuals and drivers together. All rows have the same draws of "
        "parameters and residuals, so that what differs between them is the drivers' doing."
        if driven
        else "Median, and the band that holds parameters and residuals together.",
    )


def _shaded(median: str, found: Comparison, at: int) -> Cell:
    worse = found.share_better[at] < _EVEN and (found.low[at] != 0 or found.high[at] != 0)
    return Cell(median, "alert" if worse else "")


def meaning(outcome: Outcome) -> str:
    """Say which of two values of an outcome is the better one, and why."""
    which = outcome.better if outcome.better == "nearer zero" else better_words(outcome.better).split()[0]
    return f"{outcome.variable} {which} ({outcome.meaning})"


def claim_table(compared: Compared) -> Table:
    """One row per claim and scenario: what is claimed, and what was found under every assumption of the drivers."""
    definition = compared.definition
    measures = {outcome.variable: outcome.measure for outcome in definition.outcomes}
    titles = {scenario.name: scenario.title for scenario in definition.scenarios}
    rows = []
    for each in compared.claimed:
        claim = definition.claims[each.claim]
        if each.beyond != compared.beyonds[0]:
            continue
        found = compared.of(each.scenario, claim.variable, each.beyond)
        median, band = difference_words(found, compared.at(claim.year), measures[claim.variable])
        rows.append(
            cells(
                f"{claim.variable}, {when(claim.year)}",
                claim_range(claim, measures[claim.variable]),
                titles[each.scenario],
                median,
                band,
                share_words(each.share),
            )
        )
    sources = "; ".join(f"“{claim.text}” ({claim.source})" for claim in definition.claims)
    return Table(
        caption="A published claim beside what the scenarios say",
        columns=(*words("What", "Claimed", "Scenario"), *numbers("Found", f"90{NO_BREAK}%", "Draws in the range")),
        rows=tuple(rows),
        note=f"The claim: {sources}. It is quoted, not aimed at; how many draws agree says as much about the strength "
        "that is assumed as about the claim.",
    )


def definition_table(compared: Compared) -> Table:
    """One row per scenario: what it does."""
    return Table(
        caption=f"What the scenarios do ({compared.definition.file})",
        columns=words("Scenario", "From", "Levers", "In words"),
        rows=tuple(
            cells(
                scenario.title,
                when(scenario.start) if scenario.levers else MISSING,
                "; ".join(f"{each.constant} {number(each.value)} {each.unit}" for each in scenario.levers) or "none",
                scenario.documentation or MISSING,
            )
            for scenario in compared.definition.scenarios
        ),
    )


def cities_table(results: Sequence[StudyResult]) -> Table | None:
    """One row per study and scenario: the first outcome, and those of which something is claimed; None without any."""
    compared = [(result, ahead_of(result).scenarios) for result in results if ahead_of(result).scenarios is not None]
    found = [(result, each) for result, each in compared if each is not None and each.outcomes]
    if not found:
        return None
    definition = found[0][1].definition
    shown = list(dict.fromkeys([definition.outcomes[0].variable, *(claim.variable for claim in definition.claims)]))
    outcomes = [each for each in definition.outcomes if each.variable in shown]
    alike = [(result, each) for result, each in found if each.definition == definition]
    rows = []
    for result, each in alike:
        for scenario in definition.scenarios:
            if scenario.name != definition.reference:
                row = [Cell(shown_title(result.info), link=f"{result.info.name}/index.html"), Cell(scenario.title)]
                for outcome in outcomes:
                    comparison = each.of(scenario.name, outcome.variable, each.beyonds[0])
                    for year in definition.years:
                        at = each.at(year)
                        median, band = difference_words(comparison, at, outcome.measure)
                        row += [_shaded(median, comparison, at), Cell(band)]
                rows.append(tuple(row))
    named = [f"{outcome.variable} {when(year)}" for outcome in outcomes for year in definition.years]
    headings = [heading for name in named for heading in (name, f"90{NO_BREAK}%")]
    return Table(
        caption=f"Scenarios against “{definition.scenario(definition.reference).title}”",
        columns=(*words(capital(spoken().words.unit), "Scenario"), *numbers(*headings)),
        rows=tuple(rows),
        note=f"Median differences and their bands. Better means: {'; '.join(map(meaning, outcomes))}; shaded where "
        "the scenario is worse in most draws. Further outcomes and the claims stand in each "
        f"{spoken().words.unit}'s report.",
    )
