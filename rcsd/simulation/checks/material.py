"""Check `material`: what leaves one stock enters another, whole, and every flow has the direction of its name."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from rcsd.errors import UnitError
from rcsd.names import canonical
from rcsd.simulation.checks.causes import Causes
from rcsd.simulation.checks.finding import Finder, Finding
from rcsd.simulation.checks.flows import Balance, Term, balances
from rcsd.simulation.ir import Model
from rcsd.units import same_unit

_COUNTS = re.compile(r"cumul|accum|total|ever|experience|to date|so far|integra", re.IGNORECASE)
"""In the name of a stock that only counts what has flowed, beside the stock that it flows into."""
_LOSS = re.compile(
    r"\b(deaths?|dying|loss|losses|decay|depreciation|outflow|discards?|scrapping|emigration|attrition|leakage|drain"
    r"|evaporation|erosion|retirement|mortality)\b",
    re.IGNORECASE,
)
_GAIN = re.compile(r"\b(births?|inflow|immigration|hiring|recruitment)\b", re.IGNORECASE)
_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class _End:
    """Where a flow ends: at a stock, with a factor."""

    balance: Balance
    term: Term


def material_findings(model: Model) -> Iterator[Finding]:
    """Find flows that come from nowhere, vanish on the way or run backwards, as far as equations tell.

    The stocks that nothing flows into or out of, flows that one stock takes twice, flows that leave one stock and
    enter another of the same unit only in part, flows that enter two stocks of one unit though they depend on both
    and nothing leaves one of them, and losses that are added or gains that are taken away.
    """
    finder, causes = Finder("material", model), Causes(model)
    every = list(balances(model))
    for balance in every:
        yield from _still(finder, balance)
        yield from _twice(finder, balance)
        yield from _backwards(finder, causes, balance)
    for name, ends in _ends(every).items():
        for one, other in combinations(ends, 2):
            if one.balance.stock != other.balance.stock and _same_unit(model, one.balance.stock, other.balance.stock):
                yield from _between(finder, causes, name, one, other)


def _still(finder: Finder, balance: Balance) -> Iterator[Finding]:
    if not balance.terms:
        yield finder.at(
            balance.stock,
            "warning",
            "nothing flows into or out of this stock",
            "put its flows into the equation, or make it a constant",
            line=balance.line,
        )


def _twice(finder: Finder, balance: Balance) -> Iterator[Finding]:
    """Find a flow that stands twice in one equation, to be doubled or to cancel itself."""
    seen: dict[tuple[str, tuple[str, ...]], Term] = {}
    for term in balance.terms:
        if term.flow is None:
            continue
        first = seen.setdefault((canonical(term.flow.name), term.flow.subscripts), term)
        if first is not term:
            cancels = math.isclose(first.factor, -term.factor, rel_tol=_TOLERANCE)
            what = "enters and leaves this stock, which cancels it" if cancels else "is counted twice in this stock"
            yield finder.at(
                balance.stock,
                "warning",
                f"the flow {term.flow.name!r} {what}",
                "let it stand once, with the sign of its direction",
                line=balance.line,
            )


def _backwards(finder: Finder, causes: Causes, balance: Balance) -> Iterator[Finding]:
    """Find a loss that grows with its stock and is added to it, and a gain that does and is taken away."""
    stock = canonical(balance.stock)
    if _COUNTS.search(stock):
        return
    for term in balance.terms:
        if term.flow is None or (_LOSS.search(stock) and _LOSS.search(term.flow.name)):
            continue
        is_loss, is_gain = _LOSS.search(term.flow.name), _GAIN.search(term.flow.name)
        wrong = (is_loss and not is_gain and term.factor > 0) or (is_gain and not is_loss and term.factor < 0)
        if wrong and stock in causes.at_once([term.flow.name]):
            done, sign = ("added to", "-") if term.factor > 0 else ("taken from", "+")
            yield finder.at(
                balance.stock,
                "warning",
                f"{term.flow.name!r} is {done} the stock that it depends on, against what its name says",
                f"give it the sign {sign} in the equation of {balance.stock!r}, or another name",
                line=balance.line,
            )


def _between(finder: Finder, causes: Causes, flow: str, one: _End, other: _End) -> Iterator[Finding]:
    """Look at a flow that two stocks of one unit have."""
    a, b = one.balance, other.balance
    if one.term.factor * other.term.factor < 0:
        if not math.isclose(abs(one.term.factor), abs(other.term.factor), rel_tol=_TOLERANCE):
            leaving, entering = (one, other) if one.term.factor < 0 else (other, one)
            odd = entering if math.isclose(leaving.term.factor, -1.0) else leaving
            yield finder.at(
                odd.balance.stock,
                "warning",
                f"the flow {flow!r} leaves {leaving.balance.stock!r} {-leaving.term.factor:g} times and enters "
                f"{entering.balance.stock!r} {entering.term.factor:g} times",
                "let it enter as it leaves, and give what is lost or gained on the way a flow of its own",
                line=odd.balance.line,
            )
    elif one.term.factor > 0 and not (_COUNTS.search(a.stock) or _COUNTS.search(b.stock)):
        needed = causes.at_once([flow])
        sources = [each for each in (a, b) if all(term.factor > 0 for term in each.terms)]
        if sources and canonical(a.stock) in needed and canonical(b.stock) in needed:
            source = min(sources, key=lambda each: len(each.terms))
            yield finder.at(
                source.stock,
                "warning",
                f"the flow {flow!r} enters both {a.stock!r} and {b.stock!r} and leaves neither, though it depends on "
                "both",
                "subtract it from the stock that it comes from",
                line=source.line,
            )


def _ends(every: list[Balance]) -> dict[str, list[_End]]:
    """Gather, for each flow, the stocks that it enters or leaves."""
    found: dict[str, list[_End]] = {}
    for balance in every:
        for term in balance.terms:
            if term.flow is not None:
                found.setdefault(term.flow.name, []).append(_End(balance, term))
    return found


def _same_unit(model: Model, a: str, b: str) -> bool:
    units = model.units
    try:
        return same_unit(units[a], units[b])
    except (KeyError, UnitError):
        return False
