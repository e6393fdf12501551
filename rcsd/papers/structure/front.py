"""The first screen of a structure optimisation, and the answer to each question of its page."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.papers.structure import StructureResult
from rcsd.papers.structure.figures import front_figure
from rcsd.papers.structure.words import (
    change_sentence,
    city_sentence,
    compromise_sentence,
    front_sentence,
    hangs_on,
    share_words,
)
from rcsd.report.front import RESERVATIONS, Front, Verdict
from rcsd.report.wording import count, listing, number, plain

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
    yield Verdict("The trade-off", front_sentence(result))
    yield Verdict("The compromise", compromise_sentence(result))
    for city in result.cities:
        yield Verdict(city.account.title, city_sentence(city).partition(" (")[2].partition(") ")[2] or "")


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
    if result.variations:
        yield hangs_on(result)
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


def _repeat(result: StructureResult) -> str:
    cities = "".join(f" --city {city.account.city}" for city in result.cities)
    return f"rcsd structure{cities}"


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
