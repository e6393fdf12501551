"""Stocks of XMILE: their flows have names, where Vensim's INTEG takes any rate.

A term of a rate that is the name of a variable over the elements of the stock becomes an inflow or an outflow. What
else stands in the rate becomes one flow more, the net flow of the stock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rcsd.names import canonical
from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.expression import Arithmetic, Call, Expression, Name, Negative, Number
from rcsd.simulation.writer.names import bare

_NOTHING = Number(0.0)
Terms = list[tuple[str, Expression]]
"""Each with its sign, ``+`` or ``-``."""


@dataclass(frozen=True, slots=True)
class Flows:
    """What flows into a stock and out of it.

    Attributes
    ----------
    inflows, outflows : tuple of str
        Names of variables.
    net : tuple of Definition
        The net flow, if one is needed: a piece for each of the stock.
    """

    inflows: tuple[str, ...]
    outflows: tuple[str, ...]
    net: tuple[Definition, ...] = ()


def is_stock(definitions: Sequence[Definition]) -> bool:
    """Whether a variable is a stock in all its pieces."""
    return bool(definitions) and all(_integral(each) is not None for each in definitions)


def flows_of(
    stocks: Mapping[str, Sequence[Definition]],
    dimensions: Mapping[str, tuple[str, ...]],
    candidates: Collection[str],
    taken: Collection[str],
) -> dict[str, Flows]:
    """Find the flows of all stocks.

    Parameters
    ----------
    stocks : mapping of str to sequence of Definition
        By canonical name, in the order of the file.
    dimensions : mapping of str to tuple of str
        Of each variable, by canonical name.
    candidates : collection of str
        Canonical names of the variables that can be flows: neither stocks nor tables nor data.
    taken : collection of str
        Canonical names that a net flow cannot have.

    Returns
    -------
    dict of str to Flows
        By canonical name.
    """
    used: dict[str, set[str]] = {"+": set(), "-": set()}
    names = set(taken)
    found = {}
    for form, definitions in stocks.items():
        terms = [_terms(definition) for definition in definitions]
        common = _common(definitions, terms, form, dimensions, candidates, used)
        net = []
        for definition, own in zip(definitions, terms, strict=True):
            rest = [term for term in own if _named(term, definition) not in common]
            if rest:
                net.append((definition, _sum(rest)))
        inflows, outflows = (tuple(name for s, name in common if s == sign) for sign in "+-")
        for sign, name in common:
            used[sign].add(canonical(name))
        flow_name = _free(f"{bare(definitions[0].name)} net flow", names) if net else ""
        names.add(canonical(flow_name))
        pieces = tuple(replace(definition, name=flow_name, content=rate) for definition, rate in net)
        missing = tuple(
            replace(d, name=flow_name, content=_NOTHING)
            for d, own in zip(definitions, terms, strict=True)
            if net and not any(d is known for known, _ in net)
        )
        if net:
            inflows = (*inflows, flow_name)
        found[form] = Flows(inflows, outflows, (*pieces, *missing))
    return found


def initial_of(definition: Definition) -> Definition:
    """Return a piece of a stock as its initial value alone."""
    call = _integral(definition)
    return definition if call is None else replace(definition, content=call.arguments[1])


def _integral(definition: Definition) -> Call | None:
    content = definition.content
    return content if isinstance(content, Call) and content.function in ("integ", "sinteg") else None


def _terms(definition: Definition) -> Terms:
    call = _integral(definition)
    return [] if call is None else [term for term in _signed(call.arguments[0], "+") if term[1] != _NOTHING]


def _signed(expression: Expression, sign: str) -> Iterator[tuple[str, Expression]]:
    """Yield the terms of a rate, from the left."""
    match expression:
        case Arithmetic(operator, left, right) if operator in "+-":
            yield from _signed(left, sign)
            yield from _signed(right, sign if operator == "+" else _other(sign))
        case Negative(operand):
            yield from _signed(operand, _other(sign))
        case _:
            yield sign, expression


def _other(sign: str) -> str:
    return "-" if sign == "+" else "+"


def _named(term: tuple[str, Expression], definition: Definition) -> tuple[str, str] | None:
    """Return the sign and the name of a term that is a variable over the elements of the piece."""
    sign, expression = term
    if not isinstance(expression, Name):
        return None
    own = [canonical(subscript) for subscript in definition.subscripts]
    return (sign, expression.name) if [*map(canonical, expression.subscripts)] == own else None


def _common(
    definitions: Sequence[Definition],
    terms: Sequence[Terms],
    form: str,
    dimensions: Mapping[str, tuple[str, ...]],
    candidates: Collection[str],
    used: Mapping[str, set[str]],
) -> list[tuple[str, str]]:
    """Return what flows in or out of every piece of a stock and can be a flow of it, in order."""
    own = tuple(map(canonical, dimensions[form]))
    found: list[tuple[str, str]] = []
    for term in terms[0]:
        named = _named(term, definitions[0])
        if named is None:
            continue
        sign, name = named
        flow = canonical(name)
        fits = flow in candidates and tuple(map(canonical, dimensions.get(flow, ()))) == own
        counts = [[_named(each, d) for each in own_terms] for d, own_terms in zip(definitions, terms, strict=True)]
        once = all(names.count(named) == 1 for names in counts)
        other_way = any((_other(sign), name) in names for names in counts)
        if fits and once and not other_way and flow not in used[sign]:
            found.append(named)
    return found


def _sum(terms: Terms) -> Expression:
    (sign, first), *rest = terms
    result: Expression = first if sign == "+" else _negated(first)
    for sign, term in rest:
        result = Arithmetic("+" if sign == "+" else "-", result, term)
    return result


def _negated(term: Expression) -> Expression:
    """Return a term with its sign changed: that of the first factor of a product, as people write it."""
    match term:
        case Number(value):
            return Number(-value)
        case Arithmetic("*" | "/" as operator, left, right):
            return Arithmetic(operator, _negated(left), right)
    return Negative(term)


def _free(name: str, taken: Collection[str]) -> str:
    while canonical(name) in taken:
        name += " 2"
    return name
