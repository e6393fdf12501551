"""What a kernel computes in which phase, and where each value stands in its scratch array."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rcsd.simulation.engine.plan.hoisting import Hoister
from rcsd.simulation.engine.plan.operations import Draw, Gather, Operation, read_by, split
from rcsd.simulation.engine.plan.schedule import LOOP_SIZE, Phase, placed, scheduled
from rcsd.simulation.engine.plan.sharing import with_shared_logarithms
from rcsd.simulation.ir.expression import Expression
from rcsd.simulation.ir.system import System


@dataclass(frozen=True, slots=True)
class Region:
    """Neighbouring slots."""

    first: int
    size: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A system as phases of operations over slots of LANES values.

    Attributes
    ----------
    phases : mapping of str to Phase
        "statics", "start", "steps" and "reports".
    slots : mapping of str to mapping of str to int
        For each phase, the slot of every value that it reads or leaves in memory.
    regions : mapping of str to Region
        "constants", then "literals" (numbers that a call reads), "stocks", "rates", "base" and "total" (of stocks and
        of rates, within a Runge-Kutta step), "memories", "following", "pipes", "entering", "delays", and "lasting"
        (what `following` and `entering` were at the beginning of a Runge-Kutta step).
    literals : tuple of float
        Values of that region.
    outputs : mapping of str to int
        Slot of each output; fixed constants have none.
    tables : tuple of str
        Numbered in this order.
    size : int
        How many slots there are.
    """

    phases: Mapping[str, Phase]
    slots: Mapping[str, Mapping[str, int]]
    regions: Mapping[str, Region]
    literals: tuple[float, ...]
    outputs: Mapping[str, int]
    tables: tuple[str, ...]
    size: int


def laid_out(system: System, *, loop_size: int = LOOP_SIZE) -> Layout:
    """Plan the kernel of a system."""
    literals: dict[str, float] = {}
    operations = {
        phase: list(with_shared_logarithms(split(equations, system.fixed, phase, literals)))
        for phase, equations in _equations(system).items()
    }
    regions, places = _regions(system, literals)
    lasting = dict.fromkeys(place for place in places)
    for phase in ("statics", "start"):
        lasting |= dict.fromkeys(_written(operations[phase]))
    readers = {phase: set(read_by(others)) for phase, others in operations.items()}
    for phase in ("steps", "reports"):
        elsewhere = set(system.outputs).union(*(names for other, names in readers.items() if other != phase))
        lasting |= dict.fromkeys(name for name in _written(operations[phase]) if name in elsewhere)
    phases = {phase: scheduled(ops, _kept(ops, lasting), loop_size=loop_size) for phase, ops in operations.items()}
    size = _place(places, _neighbours(operations.values()), sum(region.size for region in regions.values()))
    size = _place(places, [name for name in lasting if not _inside(name, phases)], size)
    own = {name: placed(phase, places, size) for name, phase in phases.items()}
    return Layout(
        phases=phases,
        slots={name: places | slots for name, (slots, _) in own.items()},
        regions=regions,
        literals=tuple(literals.values()),
        outputs={name: places[name] for name in system.outputs if name in places},
        tables=tuple(system.tables),
        size=max(end for _, end in own.values()),
    )


def _equations(system: System) -> dict[str, list[tuple[str, Expression]]]:
    """Name what every phase works out, the ends of a step included."""
    begun = {equation.name for equation in system.start}
    start = [(equation.name, equation.expression) for equation in system.start]
    start += [(pipe.name, pipe.initial) for pipe in system.pipes if pipe.name not in begun]
    start += [(f"~delay of {pipe.name}", pipe.delay) for pipe in system.pipes]
    steps = [(equation.name, equation.expression) for equation in system.steps]
    steps += [(f"~rate of {stock.name}", stock.rate) for stock in system.stocks]
    steps += [(f"~next {memory.name}", memory.following) for memory in system.memories]
    steps += [(f"~entering {pipe.name}", pipe.entering) for pipe in system.pipes]
    hoister = Hoister(system)
    steps = hoister.rest(steps)
    reports = hoister.rest((equation.name, equation.expression) for equation in system.reports)
    statics = [(equation.name, equation.expression) for equation in system.statics]
    return {"statics": [*statics, *hoister.taken], "start": start, "steps": steps, "reports": reports}


def _regions(system: System, literals: Mapping[str, float]) -> tuple[dict[str, Region], dict[str, int]]:
    stocks, memories, pipes = system.stocks, system.memories, system.pipes
    members: dict[str, Sequence[str]] = {
        "constants": tuple(system.constants),
        "literals": tuple(literals),
        "stocks": [stock.name for stock in stocks],
        "rates": [f"~rate of {stock.name}" for stock in stocks],
        "base": [f"~base of {stock.name}" for stock in stocks],
        "total": [f"~total of {stock.name}" for stock in stocks],
        "memories": [memory.name for memory in memories],
        "following": [f"~next {memory.name}" for memory in memories],
        "pipes": [pipe.name for pipe in pipes],
        "entering": [f"~entering {pipe.name}" for pipe in pipes],
        "lasting": [*(f"~lasting {memory.name}" for memory in memories), *(f"~lasting {pipe.name}" for pipe in pipes)],
        "delays": [f"~delay of {pipe.name}" for pipe in pipes],
    }
    if system.time.method == "euler":
        members |= {"base": [], "total": [], "lasting": []}
    regions: dict[str, Region] = {}
    places: dict[str, int] = {}
    first = 0
    for region, names in members.items():
        regions[region] = Region(first, len(names))
        places |= {name: first + i for i, name in enumerate(names)}
        first += len(names)
    return regions, places


def _kept(operations: Iterable[Operation], lasting: Mapping[str, None]) -> list[str]:
    return [name for name in _written(operations) if name in lasting]


def _written(operations: Iterable[Operation]) -> Iterator[str]:
    return (name for operation in operations for name in operation.targets)


def _neighbours(phases: Iterable[Iterable[Operation]]) -> list[str]:
    return [
        name
        for phase in phases
        for operation in phase
        if isinstance(operation, Draw | Gather)
        for name in (*operation.sources, operation.target)
    ]


def _inside(name: str, phases: Mapping[str, Phase]) -> bool:
    """Whether a made-up name is used within its phase only, so that its slot may serve others."""
    return name.startswith("~") and not any(name in phase.stored for phase in phases.values())


def _place(places: dict[str, int], names: Iterable[str], end: int) -> int:
    for name in names:
        if name not in places:
            places[name] = end
            end += 1
    return end
