"""How a study told with its assessments is put into words."""

from rcsd.papers.city.lever_search import LeverSettings, Target
from rcsd.papers.city.pairs import Pair
from rcsd.papers.city.simulated import ACCUMULATED, OtherWay
from rcsd.papers.resilience import INDEX
from rcsd.papers.structure import StructureResult
from rcsd.report.sections.forecast.words import one_sided, signed
from rcsd.report.wording import NO_BREAK, listing, number, percent

_NO_MONEY = 0.005


def quantity(each: Pair) -> str:
    """Name what is compared."""
    name = "Resilience index" if each.name == INDEX else each.name
    return f"{name}, accumulated" if each.name in ACCUMULATED else name


def lever_words(found: LeverSettings) -> str:
    """List the levers that are pulled, with their values."""
    pulled = [lever for lever in found.levers if lever.constant in found.pulled]
    return listing(
        [f"{each.constant} {number(each.value, 3)}{'' if each.unit == 'Dmnl' else f' {each.unit}'}" for each in pulled]
    )


def output_words(forgone: float, money: str) -> str:
    """Say how much output is forgone, or gained."""
    return f"{number(abs(forgone), 3)} {money} of output {'forgone' if forgone > 0 else 'gained'}"


def means_words(found: LeverSettings) -> str:
    """Say what a way to the target spends and forgoes."""
    cost = (
        f"{number(found.cost, 3)} {found.money} spent"
        if abs(found.cost) > _NO_MONEY
        else "no money spent, for what is pulled orders and does not pay"
    )
    return f"{cost}, and {output_words(found.forgone, found.money)} until {found.target.horizon}"


def difference_words(each: Pair, at: int) -> tuple[str, str]:
    """Write a difference of one year with its unit, and its band."""
    found = each.difference
    digits, unit, scale = (1, f"{NO_BREAK}%", 1.0) if each.measure == "percent" else _absolute(each)
    low, median, high = (signed(scale * float(v[at]), digits) for v in (found.low, found.median, found.high))
    return f"{median}{unit}", f"{low} to {high}"


def _absolute(each: Pair) -> tuple[int, str, float]:
    """Digits, unit and scale of a difference in the unit of both: shares in percentage points."""
    if each.unit == "Dmnl" and each.name != INDEX:
        return 1, " points", 100.0
    return (3, "", 1.0) if each.unit == "Dmnl" else (1, "", 1.0)


def moves(each: Pair, at: int, year: float) -> str:
    """Write a difference of one year, and whether its sign depends on the draw."""
    median, band = difference_words(each, at)
    found = each.difference
    still = float(found.low[at]) == float(found.high[at]) == 0
    return f"{median} ({band}) in {year:.0f}{'' if still or one_sided(found, at) else ', either sign'}"


def other_words(other: OtherWay, output: str, at: int, year: float) -> str:
    """Say what comes of the way that forgoes the least output, and what of its levers that spend money."""
    whole, paying = (
        listing([f"{quantity(each)} {' ('.join(difference_words(each, at))})" for each in _main(pairs, output)])
        for pairs in (other.pairs, other.paying)
    )
    return (
        f"By the way that forgoes the least output, in {year:.0f}: {whole}; by its levers that spend money, without "
        f"those that order: {paying}."
    )


def _main(pairs: tuple[Pair, ...], output: str) -> tuple[Pair, ...]:
    """Pick output and index; everything where neither is compared."""
    return tuple(each for each in pairs if each.name in (output, INDEX)) or pairs


def looseness_words(solved: StructureResult, target: Target) -> list[str]:
    """Say how far the target moves with the numbers of the programme."""
    start = target.at_start if target.base == "start" else target.status_quo
    change, picked, said = solved.changes[0], solved.compromise, []
    ends = [
        (change.with_ratio(each.ratio).share_in(start), f"{each.name} {number(each.value)}")
        for each in solved.variations
        if not each.clash
    ]
    if ends:
        low, high = (f"{percent(100 * share, 1)} ({name})" for share, name in (min(ends), max(ends)))
        said.append(f"with one number of the programme at an end of its range it lies between {low} and {high}")
    neighbours = zip(picked.weights, (picked.vertex - 1, picked.vertex + 1), strict=True)
    near = [(abs(weight - picked.weight), weight, vertex) for weight, vertex in neighbours if 0 < weight < 1]
    if near:
        _, weight, vertex = min(near)
        said.append(
            f"beyond a weight of {weight:.3f} for value added instead of {picked.weight:g} the compromise is the next "
            f"vertex, and the target {percent(100 * solved.vertex_changes[vertex][0].share_in(start), 1)}"
        )
    return [f"The target is loose: {'; '.join(said)}."] if said else []
