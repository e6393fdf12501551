"""Powers of one base share its logarithm, which is more than half of the work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeGuard

from rcsd.simulation.engine.plan.operations import Apply, Logarithm, Operation


def with_shared_logarithms(operations: Iterable[Operation]) -> Iterator[Operation]:
    """Yield operations in which the powers of a base that has several start from its logarithm."""
    operations = list(operations)
    n_powers = Counter(operation.sources[0] for operation in operations if _is_power(operation))
    made: set[str] = set()
    for operation in operations:
        if not _is_power(operation) or n_powers[operation.sources[0]] < 2:  # noqa: PLR2004 - one has nothing to share
            yield operation
            continue
        base = operation.sources[0]
        logarithm = Logarithm(f"~log {base}", f"~rest of log {base}", (base,))
        if base not in made:
            made.add(base)
            yield logarithm
        yield Apply(operation.target, "power_of_log", (base, *logarithm.targets, *operation.sources[1:]))


def _is_power(operation: Operation) -> TypeGuard[Apply]:
    return isinstance(operation, Apply) and operation.function == "power"
