"""Orders equations so that each comes after what it depends on, and finds the loops that forbid it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

from rcsd.simulation.ir.unsound import Circular

K = TypeVar("K", bound=Hashable)


def reached(roots: Iterable[str], needs: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return every name that the roots depend on, themselves included, as far as `needs` knows them."""
    found: set[str] = set()
    waiting = [name for name in roots if name in needs]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [other for other in needs[name] if other in needs]
    return found


def ordered(names: Iterable[K], needs: Mapping[K, tuple[K, ...]], *, during: str) -> list[K]:
    """Sort names so that each comes after what it needs.

    Parameters
    ----------
    names : iterable
        What to sort; needs outside it are taken to be known.
    needs : mapping
        What each name depends on directly.
    during : str
        When they are evaluated, for the message.

    Raises
    ------
    Circular
        For an algebraic loop, with its members.
    """
    inside = dict.fromkeys(names)
    done: dict[K, bool] = {}  # False while on the path
    result: list[K] = []
    for root in inside:
        stack = [(root, iter(needs[root]))] if root not in done else []
        if stack:
            done[root] = False
        while stack:
            name, following = stack[-1]
            for other in following:
                if other not in inside or done.get(other, False):
                    continue
                if other in done:
                    path = [each for each, _ in stack]
                    raise _loop([str(each) for each in (*path[path.index(other) :], other)], during)
                done[other] = False
                stack.append((other, iter(needs[other])))
                break
            else:
                stack.pop()
                done[name] = True
                result.append(name)
    return result


def circles(needs: Mapping[K, tuple[K, ...]]) -> list[list[K]]:
    """Return what needs one another, directly or by way of others, together; and all else alone (Tarjan 1972)."""
    number: dict[K, int] = {}
    lowest: dict[K, int] = {}
    path: dict[K, None] = {}
    found: list[list[K]] = []
    for root in needs:
        if root not in number:
            stack = [_entered(root, needs, number, lowest, path)]
            while stack:
                name, following = stack[-1]
                for other in following:
                    if other not in number:
                        stack.append(_entered(other, needs, number, lowest, path))
                        break
                    if other in path:
                        lowest[name] = min(lowest[name], number[other])
                else:
                    stack.pop()
                    if stack:
                        above = stack[-1][0]
                        lowest[above] = min(lowest[above], lowest[name])
                    if lowest[name] == number[name]:
                        found.append(_left(name, path))
    return found


def _entered(
    name: K, needs: Mapping[K, tuple[K, ...]], number: dict[K, int], lowest: dict[K, int], path: dict[K, None]
) -> tuple[K, Iterator[K]]:
    number[name] = lowest[name] = len(number)
    path[name] = None
    return name, iter(needs[name])


def _left(name: K, path: dict[K, None]) -> list[K]:
    members: list[K] = []
    while name not in members[-1:]:
        members.append(path.popitem()[0])
    return members


def _loop(members: list[str], during: str) -> Circular:
    chain = " <- ".join(repr(name) for name in members)
    return Circular(
        f"these variables depend on one another {during}: {chain}; put a stock, a delay or INITIAL into the loop",
        variable=members[0],
    )
