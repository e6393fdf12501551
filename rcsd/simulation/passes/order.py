"""Orders equations so that each comes after what it depends on, and finds the loops that forbid it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rcsd.simulation.ir.unsound import Unsound


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


def ordered(names: Iterable[str], needs: Mapping[str, tuple[str, ...]], *, during: str) -> list[str]:
    """Sort names so that each comes after what it needs.

    Parameters
    ----------
    names : iterable of str
        What to sort; needs outside it are taken to be known.
    needs : mapping of str to tuple of str
        What each name depends on directly.
    during : str
        When they are evaluated, for the message.

    Raises
    ------
    Unsound
        For an algebraic loop, with its members.
    """
    inside = dict.fromkeys(names)
    done: dict[str, bool] = {}  # False while on the path
    result: list[str] = []
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
                    raise _loop([*path[path.index(other) :], other], during)
                done[other] = False
                stack.append((other, iter(needs[other])))
                break
            else:
                stack.pop()
                done[name] = True
                result.append(name)
    return result


def _loop(members: list[str], during: str) -> Unsound:
    chain = " <- ".join(repr(name) for name in members)
    return Unsound(
        f"these variables depend on one another {during}: {chain}; put a stock, a delay or INITIAL into the loop",
        variable=members[0],
    )
