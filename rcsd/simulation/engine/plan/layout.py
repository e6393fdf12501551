"""What a kernel computes in which phase, and where each value stands in its scratch array."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rcsd.simulation.engine.plan.columns import Along, Columns
from rcsd.simulation.engine.plan.hoisting import Hoister
from rcsd.simulation.engine.plan.operations import Draw, Gather, Members, Operation, deeply, read_by
from rcsd.simulation.engine.plan.phases import delay_of, entering_of, next_of, phases_of, rate_of
from rcsd.simulation.engine.plan.schedule import LOOP_SIZE, Each, Phase, placed, placed_deeply, scheduled
from rcsd.simulation.engine.plan.splitting import split
from rcsd.simulation.ir.family import Unit
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
        Slot of each output, and of each value that lasts from step to step; fixed constants have none.
    tables : tuple of str
        Numbered in this order.
    rules, numbers, indices
        Where the members of families find their own; see `rcsd.simulation.engine.plan.columns.Columns`.
    size : int
        How many slots there are.
    """

    phases: Mapping[str, Phase]
    slots: Mapping[str, Mapping[str, int]]
    regions: Mapping[str, Region]
    literals: tuple[float, ...]
    outputs: Mapping[str, int]
    tables: tuple[str, ...]
    rules: Mapping[tuple[str, str], Along]
    numbers: tuple[float, ...]
    indices: tuple[int, ...]
    size: int


def laid_out(system: System, *, loop_size: int = LOOP_SIZE) -> Layout:
    """Plan the kernel of a system."""
    literals: dict[str, float] = {}
    operations = {phase: split(units, system.fixed, phase, literals) for phase, units in _units(system).items()}
    regions, places = _regions(system, literals)
    lasting = dict.fromkeys(place for place in places)
    for phase in ("statics", "start"):
        lasting |= dict.fromkeys(_written(operations[phase]))
    readers = {phase: set(read_by(others)) for phase, others in operations.items()}
    for phase in ("steps", "reports"):
        elsewhere = set(system.outputs).union(*(names for other, names in readers.items() if other != phase))
        # those of a family stand beside one another, so they do not take what others leave
        elsewhere.update(_written(op for op in operations[phase] if isinstance(op, Members)))
        lasting |= dict.fromkeys(name for name in _written(operations[phase]) if name in elsewhere)
    phases = {phase: scheduled(ops, _kept(ops, lasting), loop_size=loop_size) for phase, ops in operations.items()}
    size = _place(places, _neighbours(operations.values()), sum(region.size for region in regions.values()))
    size = _place(places, [name for name in lasting if not _inside(name, phases)], size)
    own = {name: placed(phase, places, size) for name, phase in phases.items()}
    slots = {name: places | slots for name, (slots, _) in own.items()}
    size = max(end for _, end in own.values())
    columns = Columns({name: i for i, name in enumerate(system.tables)})
    for name, own_parts in phases.items():
        size = max(size, _place_members(own_parts, slots[name], columns, max(end for _, end in own.values())))
    return Layout(
        phases=phases,
        slots=slots,
        regions=regions,
        literals=tuple(literals.values()),
        outputs={name: places[name] for name in (*system.outputs, *_lasting(system)) if name in places},
        tables=tuple(system.tables),
        rules=columns.rules,
        numbers=tuple(columns.numbers),
        indices=tuple(columns.indices),
        size=size,
    )


def _place_members(phase: Phase, slots: dict[str, int], columns: Columns, first_free: int) -> int:
    """Give slots to what the members of families need meanwhile, the same to all; return the first that nobody uses."""
    end = first_free
    for part in phase.parts:
        if isinstance(part, Each):
            columns.add(part.members, slots)
            elsewhere = dict.fromkeys((*part.members.outputs, *part.members.columns), -1)
            own, last = placed_deeply(part.phase, {**slots, **elsewhere}, first_free)
            slots |= own
            end = max(end, last)
    return end


def _units(system: System) -> dict[str, list[Unit]]:
    """Return what every phase works out; what does not change in the loop is worked out before it."""
    phases = phases_of(system)
    hoister = Hoister(system)
    loop = {phase: hoister.rest(phases[phase]) for phase in ("steps", "reports")}
    return {"statics": [*phases["statics"], *hoister.taken], "start": phases["start"], **loop}


def _regions(system: System, literals: Mapping[str, float]) -> tuple[dict[str, Region], dict[str, int]]:
    stocks, memories, pipes = system.stocks, system.memories, system.pipes
    members: dict[str, Sequence[str]] = {
        "constants": tuple(system.constants),
        "literals": tuple(literals),
        "stocks": [stock.name for stock in stocks],
        "rates": [rate_of(stock.name) for stock in stocks],
        "base": [f"~base of {stock.name}" for stock in stocks],
        "total": [f"~total of {stock.name}" for stock in stocks],
        "memories": [memory.name for memory in memories],
        "following": [next_of(memory.name) for memory in memories],
        "pipes": [pipe.name for pipe in pipes],
        "entering": [entering_of(pipe.name) for pipe in pipes],
        "lasting": [*(f"~lasting {memory.name}" for memory in memories), *(f"~lasting {pipe.name}" for pipe in pipes)],
        "delays": [delay_of(pipe.name) for pipe in pipes],
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


def _lasting(system: System) -> Iterator[str]:
    yield from (stock.name for stock in system.stocks)
    yield from (memory.name for memory in system.memories)
    yield from (equation.name for equation in system.start)


def _kept(operations: Iterable[Operation], lasting: Mapping[str, None]) -> list[str]:
    return [name for name in _written(operations) if name in lasting]


def _written(operations: Iterable[Operation]) -> Iterator[str]:
    return (name for operation in operations for name in operation.targets)


def _neighbours(phases: Iterable[Iterable[Operation]]) -> list[str]:
    return [
        name
        for phase in phases
        for operation in deeply(phase)
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
