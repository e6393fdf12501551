"""The parts of a study's report that its assessments add: assessment, optimisation, simulation, validation."""

import math
from collections.abc import Iterator
from dataclasses import replace

from rcsd.papers.city.answer import DEVELOPMENT, development_answer
from rcsd.papers.city.figures import index_figure, paths_figure
from rcsd.papers.city.simulated import IndexPart, StructurePart
from rcsd.papers.city.step import story_of
from rcsd.papers.city.story import Story
from rcsd.papers.city.tables import comparison_table, lever_table, standing_table, validation_table, ways_tables
from rcsd.papers.city.words import lever_words, looseness_words, means_words, moves, other_words, output_words
from rcsd.papers.resilience.figures import ranking_figure
from rcsd.papers.structure import PARTS, CityStructure, StructureResult
from rcsd.papers.structure.figures import front_figure
from rcsd.papers.structure.tables import cities_table, structure_table
from rcsd.papers.structure.words import index as change_words
from rcsd.report.page import Section
from rcsd.report.section import ReportSection
from rcsd.report.sections.forecast.words import share_words, signed
from rcsd.report.wording import NO_BREAK, count, listing, number, percent, plain, span
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST

_POINT = 0.005


def story_sections(result: StudyResult) -> list[Section]:
    """Return the parts in the order of the story; none for a study without assessments."""
    story = story_of(result)
    if story is None:
        return []
    sections = []
    if story.simulated.index is not None:
        sections.append(_assessment(story))
    if story.assessments.structure is not None:
        sections.append(_optimisation(story, story.assessments.structure))
    sections += [_simulation(result, story), _validation(result, story)]
    return sections


def _assessment(story: Story) -> Section:
    base = story.assessments.resilience
    assert base is not None  # there is an index
    row = base.cities.index(story.assessments.cities[story.study])
    place, n = base.order.index(base.cities[row]) + 1, len(base.cities)
    best = [int(year) for year in base.years[base.ranks[row] == 1]]
    leads = f" It led in {count(len(best), 'year')} of {len(base.years)}." if best else " It led in no year."
    heaviest = max(
        zip(base.indicators.systems, base.mean_weights.systems[0, 0], strict=True), key=lambda pair: float(pair[1])
    )
    return Section(
        "story-assessment",
        "Assessment: how resilient the city was",
        paragraphs=(
            f"The resilience index of Peng and Ji (eqs 1-9) over {count(len(base.indicators.systems), 'system')} of "
            f"indicators, {base.indicators.title[:1].lower()}{base.indicators.title[1:]}: {story.title} has "
            f"{base.mean_index[row]:.2f} in the mean of {span(base.years[0], base.years[-1])}, place {place} of {n}, "
            f"and goes from {base.index[row, 0]:.2f} to {base.index[row, -1]:.2f}.{leads} {heaviest[0].name} weighs "
            f"most ({percent(100 * float(heaviest[1]), 0)}).",
        ),
        drawings=(ranking_figure(base),),
        tables=(standing_table(story),),
    )


def _optimisation(story: Story, solved: StructureResult) -> Section:
    city = story.assessments.city_structure(story.study)
    assert city is not None  # the structure was carried over to it
    region = solved.programme.regions[0]
    return Section(
        "story-optimisation",
        "Optimisation: the structure of its province",
        paragraphs=(
            f"Most value added and least use of {solved.programme.resource} over the input-output table "
            f"“{solved.task.title}” (Peng and Ji, eqs 10-17). A city has no table: it is assumed to change as its "
            "province does. The table is of a later year than the city's data: its change is taken, not its level.",
        ),
        points=tuple(_optimal_points(solved, city)),
        drawings=(front_figure(solved),),
        tables=(structure_table(solved, region), cities_table(replace(solved, cities=(city,)))),
    )


def _optimal_points(solved: StructureResult, city: CityStructure) -> Iterator[str]:
    programme, picked, change = solved.programme, solved.compromise.solution, solved.changes[0]
    yield (
        f"At the compromise {change.region} makes {change_words(picked.value_added, programme.actual_value)} value "
        f"added with {change_words(picked.resource_use, programme.actual_use)} {programme.resource} within "
        f"{change.horizon:g} years; {plain(change.sector).lower()} goes from {percent(100 * change.actual_share)} to "
        f"{percent(100 * change.optimal_share)} of value added."
    )
    yield (
        f"{city.account.title}: mining goes from {percent(100 * city.actual['mining'], 1)} of value added in "
        f"{city.account.year} to {percent(100 * city.optimal['mining'], 1)}; its odds against all other sectors are "
        f"multiplied by {change.odds_ratio:.3f}. Of {listing(list(PARTS))}, "
        f"{max(PARTS, key=lambda part: city.growth[part])} grows most."
    )


def _simulation(result: StudyResult, story: Story) -> Section:
    part, index = story.simulated.structure, story.simulated.index
    drawings = [paths_figure(story)] if part is not None else []
    drawings += [index_figure(story)] if index is not None else []
    tables = () if part is None else (comparison_table(story), *ways_tables(story, part), lever_table(story, part))
    solved, paragraphs = story.assessments.structure, []
    if part is not None and solved is not None:
        loose = looseness_words(solved, part.settings.target)
        paragraphs = [" ".join([_target_words(part), *loose]), " ".join([_lever_words(part), *_other_words(part)])]
    paragraphs.append(_draw_words(result, story))
    return Section(
        "story-simulation",
        "Simulation: the optimal structure in the city's model"
        if part is not None
        else "Simulation: the index as the model goes on",
        paragraphs=tuple(paragraphs),
        points=tuple(_points(story, part, index)),
        drawings=tuple(drawings),
        tables=tables,
    )


def _target_words(part: StructurePart) -> str:
    target = part.settings.target
    years = f"in {target.horizon}"
    start = (
        f"The model's resource industry has {percent(100 * target.at_start, 1)} of output in {target.start}; without "
        f"any lever it has {percent(100 * target.status_quo, 1)} {years}, with the most probable parameters and the "
        "median price."
    )
    if target.base == "start":
        return (
            f"{start} The optimal structure, counted from the start, asks for {percent(100 * target.from_start, 1)} "
            f"{years}."
        )
    asks = f"Counted from the start, the optimal structure asks for {percent(100 * target.from_start, 1)} {years}"
    passed = f", which the status quo passes in {target.passed:.0f} by itself" if math.isfinite(target.passed) else ""
    return (
        f"{start} {asks}{passed}. A table of one year knows nothing of such a decline, so the change counts from the "
        f"status quo: the target is {percent(100 * target.from_status_quo, 1)} {years}."
    )


def _lever_words(part: StructurePart) -> str:
    found = part.settings
    if not found.pulled:
        return "No lever is needed: the status quo is at the target or below it, and both scenarios are the same."
    levers, means = lever_words(found), means_words(found)
    if found.reached:
        return (
            f"Of the constant levers that reach it from {found.target.start} on, those that spend least are {levers}: "
            f"{means}."
        )
    return (
        f"The levers' ranges do not reach it: {percent(100 * found.lowest, 1)} is the nearest share, "
        f"{100 * (found.share - found.target.share):.1f} points above, with {levers}: {means}."
    )


def _other_words(part: StructurePart) -> list[str]:
    """Tell of the second way to the target, where there is one."""
    if part.other is None:
        return []
    found = part.other.settings
    return [f"Those that forgo the least output are {lever_words(found)}: {means_words(found)}."]


def _draw_words(result: StudyResult, story: Story) -> str:
    simulated = story.simulated
    kind = "an approximated posterior" if simulated.approximate else "the posterior"
    prices = {
        "drawn": "drivers drawn as they are forecast",
        "frozen": "every driver held",
        "hindsight": "every driver as it was",
    }[simulated.beyond]
    failed = f"; {count(simulated.n_failed, 'draw')} failed and count for nothing" if simulated.n_failed else ""
    last = result[BACKTEST].targets[0].years[-1] if result[BACKTEST].targets else simulated.years[0] - 1
    return (
        f"{count(simulated.n_draws, 'draw')} of {kind} of the years to {last:.0f} were run to "
        f"{simulated.years[-1]:.0f}, {prices}{failed}."
    )


def _points(story: Story, part: StructurePart | None, index: IndexPart | None) -> Iterator[str]:
    years = story.simulated.years
    last = int(years[-1])
    if part is not None:
        at = int((years == part.settings.target.horizon).argmax())
        way = "" if part.other is None else "By the way that spends the least money "
        yield (
            f"{way}{share_words(part.share_reached)} of the draws reach their own target in "
            f"{part.settings.target.horizon}: the levers are set once, for the most probable parameters."
        )
        yield from _spending(part)
        for each in part.pairs:
            if each.measure == "percent":
                yield f"{each.name}: {moves(each, at, years[at])}; {moves(each, -1, last)}."
    if index is not None and index.pairs:
        own, systems = index.pairs[0], index.pairs[1:]
        moved = [each for each in systems if abs(float(each.difference.median[-1])) > _POINT / 10]
        behind = listing(
            [f"{each.meaning} {signed(float(each.difference.median[-1]), 3)}" for each in moved] or ["no system"]
        )
        yield (
            f"Resilience index: {moves(own, -1, last)}. It moves through what the model forecasts and no further; "
            f"medians of the systems: {behind}."
        )
    elif index is not None:
        low, median, high = (
            float(each[-1]) for each in (index.status_quo.low, index.status_quo.median, index.status_quo.high)
        )
        yield f"Resilience index in {last}: {median:.2f} ({low:.2f} to {high:.2f})."
    if part is not None and part.other is not None:
        horizon = part.settings.target.horizon
        at = int((years == horizon).argmax())
        yield other_words(part.other, story.assessments.plans[story.study].output, at, horizon)


def _spending(part: StructurePart) -> Iterator[str]:
    """Say how far the levers that spend money come without those that order."""
    found = part.settings
    paying = next((each for each in found.pulls if 1 < len(each.levers) < len(found.levers)), None)
    if paying is not None:
        verdict = "reach" if paying.share <= found.target.share else "do not reach"
        yield (
            f"Levers that spend money {verdict} the target by themselves: all at the ends of their ranges they take "
            f"the share to {percent(100 * paying.share, 1)}, for {number(paying.cost, 3)} {found.money}, "
            f"with {output_words(paying.forgone, found.money)}."
        )


def _validation(result: StudyResult, story: Story) -> Section:
    window, index = result.info.holdout_window, story.simulated.index
    if window is None:
        said = "The study holds nothing out: nothing says how well this model forecasts."
    else:
        said = (
            f"The same model, fitted to {span(*result.info.fit_window)} alone, forecast {span(*window)} as the table "
            f"says{_driver_words(result)}. No optimal structure was ever put in force, so that its effect cannot be "
            "validated: what can is the model that simulates it, and the index."
        )
    if index is not None and index.outlook.covered[1]:
        inside, n = index.outlook.covered
        said += f" The index lay in its 90{NO_BREAK}% band in {inside} of {n} held-out years."
    return Section(
        "story-validation",
        "Validation: what the model was worth before",
        paragraphs=(said,),
        tables=(validation_table(result, story),),
    )


def _driver_words(result: StudyResult) -> str:
    """Say what the forecasts of the held-out years knew of the drivers."""
    states = {state for target in result[BACKTEST].targets for state in list(target.holdouts)[:1]}
    said = {
        "forecast": "with its drivers forecast too",
        "known": "with its drivers known",
        "frozen": "with its drivers held",
    }
    return "".join(f", {said[state]}" for state in said if state in states)


STORY_SECTION = ReportSection("story", 100, DEVELOPMENT, study=story_sections, answer=development_answer)
