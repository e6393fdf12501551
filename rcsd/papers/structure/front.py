"""The first screen of a structure optimisation, and the answer to each question of its page."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from rcsd.papers.structure import StructureResult
from rcsd.papers.structure.figures import front_figure
from rcsd.papers.structure.words import (
    balance_sentence,
    change_sentence,
    city_words,
    compromise_sentence,
    front_sentence,
    share_words,
    use_words,
    value_words,
)
from rcsd.report.fact import fact
from rcsd.report.front import RESERVATIONS, Front, Verdict
from rcsd.report.wording import capital, count, listing, number, percent, plain

_NOTHING = 1e-9
_PROVED = 1e-6
"""Relative distance from efficient up to which a point of the front counts as proved."""


def structure_front(result: StructureResult) -> Front:
    """Return what a reader sees first: what was asked and found, and what to hold against it."""
    return Front(
        asked=_asked(result),
        headline=_headline(result),
        verdicts=tuple(_verdicts(result)),
        notes=(
            "An efficient structure is one of which no other gives more value added for as little of the resource. "
            "Changes are against the actual structure.",
        ),
        drawings=(front_figure(result),),
        failed=_failed(result),
        reservations=tuple(_reservations(result))[:RESERVATIONS],
        repeat=_repeat(result),
    )


def _asked(result: StructureResult) -> str:
    programme = result.programme
    return (
        f"How much more value added could the economy of {result.task.title} make, with how much less "
        f"{programme.resource}, if its sectors grew and shrank within stated bounds for {programme.horizon:g} years? A "
        f"linear programme over {count(len(result.table), 'sector')} of an input-output table finds every efficient "
        "structure (Peng and Ji, eqs 10-17)."
    )


def _headline(result: StructureResult) -> str:
    parts = []
    for change in result.changes:
        actual, optimal = share_words(result, change)
        where = f" of {change.region}" if len(result.changes) > 1 else ""
        parts.append(f"{plain(change.sector).lower()}{where} goes from {actual} to {optimal} of value added")
    return f"At the compromise of the two aims, {listing(parts)}."


def _verdicts(result: StructureResult) -> Iterator[Verdict]:
    programme, front, picked = result.programme, result.front, result.compromise
    first, last = (("front", "vertices", at) for at in (0, len(front.vertices) - 1))
    yield Verdict(
        "What there is to choose from",
        f"Value added {value_words(result, front.least_use, *first)} with {programme.resource} "
        f"{use_words(result, front.least_use, *first)}, up to {value_words(result, front.most_value, *last)} with "
        f"{use_words(result, front.most_value, *last)}.",
    )
    yield Verdict(
        "The compromise",
        f"With weights of {picked.weight:g} for value added and {1 - picked.weight:g} for {programme.resource}: value "
        f"added {value_words(result, picked.solution, 'compromise')}, use of {programme.resource} "
        f"{use_words(result, picked.solution, 'compromise')}. Weights from {_weight(picked.weights[0], 0)} to "
        f"{_weight(picked.weights[1], 1)} give the same.",
    )
    for city in result.cities:
        yield Verdict(city.account.title, capital(city_words(city)))


def _weight(value: float, end: int) -> str:
    return fact(f"{value:.3f}", "compromise", "same_vertex_for_weights", end)


def _failed(result: StructureResult) -> tuple[str, ...]:
    """Say which constraints clash, which points are not proved, and which tables do not balance."""
    found = []
    clashes = [f"{each.name} {number(each.value)}" for each in result.variations if each.clash]
    if clashes:
        found.append(f"No structure meets all constraints with {listing(clashes)}: they clash.")
    unproved = sum(gap > _PROVED for gap in result.gaps)
    if unproved:
        found.append(f"{count(unproved, 'point')} of the front could not be proved efficient by a second solve.")
    if found:
        return tuple(found)
    return (
        f"Nothing that was checked: the tables balance, {count(len(result.gaps), 'point')} of the front were proved "
        "efficient by a second solve, and no constraints clash at an end of any range.",
    )


def _reservations(result: StructureResult) -> Iterator[str]:
    numbers = result.task.settings.numbers
    assumed = [name for name, each in numbers.items() if each.assumed]
    if assumed:
        yield (
            f"{len(assumed)} of the {len(numbers)} numbers of the programme are assumed, in whole or in part: the "
            "paper does not print them."
        )
    yield from _loose(result)
    if result.cities:
        names = listing([city.account.title for city in result.cities])
        yield (
            f"No city has an input-output table: {names} {'is' if len(result.cities) == 1 else 'are'} assumed to "
            "change as the province does."
        )
    yield (
        "The table is one year at its own prices, and input coefficients are held: nothing is said of how long a "
        "change takes, or of what it costs to get there."
    )


def _loose(result: StructureResult) -> Iterator[str]:
    """Say how far the widest of the numbers moves the resource industry's share."""
    there = [each for each in result.variations if not each.clash]
    if not there:
        return
    base = result.changes[0].ratio
    widest = max(there, key=lambda each: abs(each.ratio - base)).name
    low, high = (pick(each.ratio for each in there if each.name == widest) for pick in (min, max))
    yield (
        f"The answer moves with what is assumed: {result.programme.industry.lower()} would keep {min(low, base):.2f} "
        f"to {max(high, base):.2f} of its share, in place of {base:.2f}, with {widest} at an end of its range."
    )


def _repeat(result: StructureResult) -> str:
    cities = [word for city in result.cities for word in ("--city", city.account.city)]
    return shlex.join(["rcsd", "structure", *result.task.said, *cities])


def trade_off_answer(result: StructureResult) -> str:
    """Say from where to where the front goes, and where the compromise lies on it."""
    return f"{front_sentence(result)} {compromise_sentence(result)}"


def changes_answer(result: StructureResult) -> str:
    """Say what becomes of the resource industry."""
    return " ".join(change_sentence(result, change) for change in result.changes)


def binding_answer(result: StructureResult) -> str:
    """Say how many constraints hold the compromise, and which of them gain nothing when they are relaxed."""
    dear = [each for each in result.prices if each.price > _NOTHING]
    kinds = listing([each.meaning for each in {p.constraint.kind: p for p in dear}.values()]) if dear else ""
    said = (
        f"Relaxing one more would pay in {len(dear)} of them: {kinds}." if dear else "Relaxing one alone gains nothing."
    )
    return f"{count(len(result.prices), 'constraint')} bind at the compromise. {said}"


def tables_answer(result: StructureResult) -> str:
    """Say whether the tables balance, and how the resource industry's share has moved from table to table."""
    shares = [f"{percent(100 * each.value_share)} in {each.year}" for each in result.history]
    moved = f" {result.programme.industry} made {listing(shares)} of value added." if len(shares) > 1 else ""
    return f"{balance_sentence(result)}{moved}"
