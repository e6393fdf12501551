"""Lane functions written as vector code, for what the compiler does not find by itself: tables within registers.

A function of `Lanes` is ordinary Python. It runs once, when the loop around it is compiled, and each of its operators
and calls writes the instruction of that name for WIDTH lanes at once; conditions are masks, by which `choice` chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from rcsd.simulation.engine.lanes.bits import DOUBLE, INTEGER, float_bits
from rcsd.simulation.engine.lanes.width import LANES

WIDTH = 8
TABLE_SIZE = 2 * WIDTH
"""Entries of a table: as many as one instruction of AVX-512 picks from, out of two registers."""

_FLOATS, _INTEGERS, _MASK = (ir.VectorType(kind, WIDTH) for kind in (DOUBLE, INTEGER, ir.IntType(1)))
_FLOAT_BYTES = 8


@dataclass(frozen=True, slots=True, eq=False)
class Lanes:
    """WIDTH floats, whole numbers or truth values, of a function that is being compiled.

    Attributes
    ----------
    builder : llvmlite.ir.IRBuilder
        Writes the function's instructions.
    value : llvmlite.ir.Value
        The vector.
    has_pick : bool
        Whether the processor picks from tables in registers.
    """

    builder: Any
    value: Any
    has_pick: bool

    def like(self, value: Any) -> Lanes:
        """Return other lanes of the same function."""
        return Lanes(self.builder, value, self.has_pick)

    def of(self, operand: Lanes | float) -> Any:
        """Return the vector of an operand: lanes, or a number for all of them."""
        if isinstance(operand, Lanes):
            return operand.value
        return ir.Constant(_FLOATS if isinstance(operand, float) else _INTEGERS, [operand] * WIDTH)

    def called(self, name: str, *others: Any) -> Lanes:
        """Return the floats that an instruction, named as the compiler names it, makes of these lanes and others."""
        operands, module = [self.value, *others], self.builder.module
        kind = ir.FunctionType(_FLOATS, [operand.type for operand in operands])
        function = module.globals.get(name) or ir.Function(module, kind, name)
        return self.like(self.builder.call(function, operands))

    def bits(self) -> Lanes:
        """Return the 64 bits of floats as whole numbers."""
        return self.like(self.builder.bitcast(self.value, _INTEGERS))

    def from_bits(self) -> Lanes:
        """Return the floats that have these bits."""
        return self.like(self.builder.bitcast(self.value, _FLOATS))

    def to_float(self) -> Lanes:
        """Return whole numbers as floats."""
        return self.like(self.builder.sitofp(self.value, _FLOATS))

    def differs(self, other: float) -> Lanes:
        """Return where floats are not equal to a number, as NaN is to none."""
        return self.like(self.builder.fcmp_unordered("!=", self.value, self.of(other)))

    def is_below(self, other: int) -> Lanes:
        """Return where whole numbers, taken without a sign, are less than a number: of two comparisons one."""
        return self.like(self.builder.icmp_unsigned("<", self.value, self.of(other)))

    def __add__(self, other: Lanes | float) -> Lanes:
        return self._with(other, self.builder.fadd, self.builder.add)

    def __sub__(self, other: Lanes | float) -> Lanes:
        return self._with(other, self.builder.fsub, self.builder.sub)

    def __mul__(self, other: Lanes | float) -> Lanes:
        return self.like(self.builder.fmul(self.value, self.of(other)))

    def __neg__(self) -> Lanes:
        return self.like(self.builder.fneg(self.value))

    def __abs__(self) -> Lanes:
        return self.called(f"llvm.fabs.v{WIDTH}f64")

    def __and__(self, other: Lanes | int) -> Lanes:
        return self.like(self.builder.and_(self.value, self.of(other)))

    def __invert__(self) -> Lanes:
        return self.like(self.builder.not_(self.value))

    def __lshift__(self, places: int) -> Lanes:
        return self.like(self.builder.shl(self.value, self.of(places)))

    def __rshift__(self, places: int) -> Lanes:
        return self.like(self.builder.ashr(self.value, self.of(places)))

    def __lt__(self, other: float) -> Lanes:
        return self._compared("<", other)

    def __gt__(self, other: float) -> Lanes:
        return self._compared(">", other)

    def _with(self, other: Lanes | float, of_floats: Callable[..., Any], of_integers: Callable[..., Any]) -> Lanes:
        write = of_floats if self.value.type == _FLOATS else of_integers
        return self.like(write(self.value, self.of(other)))

    def _compared(self, sign: str, other: float) -> Lanes:
        return self.like(self.builder.fcmp_ordered(sign, self.value, self.of(other)))


def fma(x: Lanes, y: Lanes | float, z: Lanes | float) -> Lanes:
    """Return x*y + z, rounded once."""
    return x.called(f"llvm.fma.v{WIDTH}f64", x.of(y), x.of(z))


def choice(condition: Lanes, then: Lanes | float, otherwise: Lanes | float) -> Lanes:
    """Return the second where the first is true, else the third."""
    return condition.like(condition.builder.select(condition.value, condition.of(then), condition.of(otherwise)))


def polynomial(x: Lanes, square: Lanes, coefficients: Sequence[float]) -> Lanes:
    """Return c[0] + c[1] x + c[2] x^2 + ... of small x; even and odd powers apart, two chains, which need not wait."""
    return fma(x, _horner(square, coefficients[1::2]), _horner(square, coefficients[::2]))


def _horner(x: Lanes, coefficients: Sequence[float]) -> Lanes | float:
    *others, last = coefficients
    value: Lanes | float = last
    for coefficient in reversed(others):
        value = fma(x, value, coefficient)
    return value


def pick(table: Sequence[int], index: Lanes) -> Lanes:
    """Return the entries of a table of whole numbers that the lowest four bits of whole numbers tell."""
    return _picked(ir.Constant(ir.ArrayType(INTEGER, TABLE_SIZE), list(table)), index)


def pick_float(table: Sequence[float], index: Lanes) -> Lanes:
    """Return the entries of a table of floats likewise."""
    return pick([float_bits(entry) for entry in table], index).from_bits()


def _picked(table: Any, index: Lanes) -> Lanes:
    if index.has_pick:
        first, second = (ir.Constant(_INTEGERS, table.constant[start:][:WIDTH]) for start in (0, WIDTH))
        floats = index.like(index.builder.bitcast(first, _FLOATS))
        return floats.called(
            "llvm.x86.avx512.vpermi2var.pd.512", index.value, index.builder.bitcast(second, _FLOATS)
        ).bits()
    builder, places = index.builder, (index & (TABLE_SIZE - 1)).value
    memory = cgutils.global_constant(builder, "table", table)
    value = ir.Constant(_INTEGERS, ir.Undefined)
    for lane in range(WIDTH):
        number = ir.Constant(ir.IntType(32), lane)
        entry = builder.load(builder.gep(memory, [INTEGER(0), builder.extract_element(places, number)]))
        value = builder.insert_element(value, entry, number)
    return index.like(value)


def vector_loop(function: Callable[..., tuple[tuple[Lanes, ...], Lanes | None]]) -> Callable[..., bool]:
    """Make a loop over LANES of a function of `Lanes`, for compiled code: ``loop((x, ...), (y, ...))``.

    The function takes WIDTH lanes of each of the first blocks and returns those of each of the second, and a mask or
    None; the loop returns whether the mask was true of any lane. Of two blocks one may be the other, but not begin
    within it.
    """

    def typed(typing_context: Any, sources: Any, targets: Any) -> Any:
        """Type and code of the loop."""

        def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            has_pick = "+avx512f" in context.codegen()._tm_features.split(",")
            read, written = (
                _pointers(context, builder, kind, packed)
                for kind, packed in zip(signature.args, arguments, strict=True)
            )
            found = cgutils.alloca_once_value(builder, ir.Constant(_MASK, [0] * WIDTH))
            with cgutils.for_range(builder, INTEGER(LANES // WIDTH)) as loop:

                def place(block: Any) -> Any:
                    return builder.gep(block, [loop.index])

                given = (builder.load(place(block), align=_FLOAT_BYTES) for block in read)
                results, mask = function(*(Lanes(builder, value, has_pick) for value in given))
                for block, result in zip(written, results, strict=True):
                    builder.store(result.value, place(block), align=_FLOAT_BYTES)
                if mask is not None:
                    builder.store(builder.or_(builder.load(found), mask.value), found)
            return builder.icmp_unsigned(
                "!=", builder.bitcast(builder.load(found), ir.IntType(WIDTH)), ir.IntType(WIDTH)(0)
            )

        return types.boolean(sources, targets), build

    loop: Callable[..., bool] = intrinsic(typed)
    return loop


def _pointers(context: Any, builder: Any, kind: Any, packed: Any) -> list[Any]:
    """Return where the arrays of a tuple begin."""
    arrays = [
        context.make_array(kind.dtype)(context, builder, array) for array in cgutils.unpack_tuple(builder, packed)
    ]
    return [builder.bitcast(array.data, _FLOATS.as_pointer()) for array in arrays]
