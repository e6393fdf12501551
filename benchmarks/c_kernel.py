"""A model as a C++ kernel, for comparison: several runs to a vector, glibc's vector math.

The equations are written out as one function with the whole time loop in it, constants that no run sets as literals,
and compiled with g++, which rcsd itself never needs. Vectors are as wide as the processor has them.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import llvmlite.binding
import numpy as np
from cases import Case, Inputs
from numpy.typing import NDArray

import rcsd
from rcsd.simulation.ir import System
from rcsd.simulation.ir.expression import (
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    Expression,
    Logical,
    Lookup,
    Name,
    Negative,
    Not,
    Number,
    Time,
)
from rcsd.simulation.passes import flatten

FLAGS = ["-O3", "-march=native", "-shared", "-fPIC", "-ffast-math", "-fno-finite-math-only", "-lmvec", "-lm"]
_PREFIXES = {8: "_ZGVeN8v", 4: "_ZGVdN4v", 2: "_ZGVbN2v"}
"""How glibc names its functions of vectors of 8, 4 and 2 numbers."""
_VECTOR_MATH = {"cos": 1, "cosh": 1, "exp": 1, "log": 1, "pow": 2, "sin": 1, "sinh": 1, "tan": 1, "tanh": 1}
_CALLS = {"ln": "log", "sqrt": "root", "trunc": "cut", "abs": "size"}
_COMPARISONS = {"=": "==", "<>": "!="}
_HEAD = """
#include <cmath>
const int N = {width};
typedef double v __attribute__((vector_size(8 * N)));
{math}
static inline v all(double x) {{ return v{{}} + x; }}
static inline v root(v x) {{ v y; for (int i = 0; i < N; i++) y[i] = std::sqrt(x[i]); return y; }}
static inline v cut(v x) {{ v y; for (int i = 0; i < N; i++) y[i] = std::trunc(x[i]); return y; }}
static inline v size(v x) {{ return x < 0 ? -x : x; }}
static inline v table(v a, const double *x, const double *y, int n) {{
    v r;
    for (int i = 0; i < N; i++) {{
        if (a[i] <= x[0]) {{ r[i] = y[0]; continue; }}
        if (a[i] >= x[n - 1]) {{ r[i] = y[n - 1]; continue; }}
        int k = 1;
        while (x[k] < a[i]) k++;
        r[i] = y[k - 1] + (y[k] - y[k - 1]) / (x[k] - x[k - 1]) * (a[i] - x[k - 1]);
    }}
    return r;
}}
"""


class UnavailableError(Exception):
    """There is no C kernel of this model, or on this machine."""


def width() -> int:
    """Say how many numbers the widest vector of the processor holds."""
    features = llvmlite.binding.get_host_cpu_features()
    return 8 if features.get("avx512f") else 4 if features.get("avx2") else 2


def _head(n: int) -> str:
    math = []
    for name, n_arguments in _VECTOR_MATH.items():
        symbol, arguments = _PREFIXES[n] + "v" * (n_arguments - 1) + f"_{name}", ", ".join(["v"] * n_arguments)
        math.append(f'extern "C" v {symbol}({arguments});\n#define {name}_ {symbol}')
    return _HEAD.format(width=n, math="\n".join(math))


class Writer:
    """Writes a system out; every scalar is a variable of the function or a literal."""

    def __init__(self, system: System, varied: Sequence[str], outputs: Sequence[str]) -> None:
        self.system, self.varied, self.outputs = system, list(varied), list(outputs)
        names = [*system.constants, *system.fixed, *(s.name for s in system.stocks)]
        names += [e.name for part in (system.statics, system.start, system.steps, system.reports) for e in part]
        self.variable = {name: f"x{i}" for i, name in enumerate(dict.fromkeys(names))}
        self.table = {name: f"t{i}" for i, name in enumerate(system.tables)}

    def number(self, e: Expression) -> str:  # noqa: C901, PLR0911 - one return a node
        """Write a number."""
        match e:
            case Number(value):
                return f"all({value!r})"
            case Name(name):
                return self.variable[name]
            case Time():
                return "all(t)"
            case Arithmetic("^", left, right):
                return f"pow_({self.number(left)}, {self.number(right)})"
            case Arithmetic(operator, left, right):
                return f"({self.number(left)} {operator} {self.number(right)})"
            case Negative(operand):
                return f"(-{self.number(operand)})"
            case Conditional(condition, then, otherwise):
                return f"({self.truth(condition)} ? {self.number(then)} : {self.number(otherwise)})"
            case Call("min" | "max" as name, (left, right)):
                a, b = self.number(left), self.number(right)
                return f"({a} {'<' if name == 'min' else '>'} {b} ? {a} : {b})"
            case Call(name, (operand,)):
                function = _CALLS.get(name, name)
                return f"{function + '_' if function in _VECTOR_MATH else function}({self.number(operand)})"
            case Lookup(Name(name), argument):
                t = self.table[name]
                return f"table({self.number(argument)}, {t}x, {t}y, {len(self.system.tables[name].x)})"
        raise UnavailableError(f"{type(e).__name__} has no form in C++ here")

    def truth(self, e: Expression) -> str:
        """Write a condition."""
        match e:
            case Comparison(operator, left, right):
                return f"({self.number(left)} {_COMPARISONS.get(operator, operator)} {self.number(right)})"
            case Logical(operator, left, right):
                return f"({self.truth(left)} {'&' if operator == 'and' else '|'} {self.truth(right)})"
            case Not(operand):
                return f"(~{self.truth(operand)})"
        raise UnavailableError(f"{type(e).__name__} has no form in C++ here")

    def source(self) -> str:
        """Write the whole function."""
        s, x = self.system, self.variable
        axis = s.time
        lines = [_head(width())]
        for name, points in s.tables.items():
            for letter, column in (("x", points.x), ("y", points.y)):
                lines.append(f"static const double {self.table[name]}{letter}[] = {{{', '.join(map(repr, column))}}};")
        lines.append(
            'extern "C" void run(const double *in, double *out, long first, long last, long runs, long times) {'
        )
        lines.append(f"for (long b = first; b < last; b += N) {{ double t = {axis.start!r};")
        for name, value in {**s.constants, **s.fixed}.items():
            if name in self.varied:
                load = f"*(const v *)(in + {self.varied.index(name)} * runs + b)"
                lines.append(f"v {x[name]}; __builtin_memcpy(&{x[name]}, &{load}, sizeof(v));")
            else:
                lines.append(f"const v {x[name]} = all({value!r});")
        lines += [f"const v {x[e.name]} = {self.number(e.expression)};" for e in s.statics]
        stocks = {stock.name for stock in s.stocks}
        lines += [f"v {x[name]};" for name in stocks]
        lines.append("{")
        declare = lambda e: "" if e.name in stocks else "v "  # noqa: E731
        lines += [f"{declare(e)}{x[e.name]} = {self.number(e.expression)};" for e in s.start]
        n_steps, every = round((axis.stop - axis.start) / axis.step), round(axis.save_step / axis.step)
        lines.append(f"}} for (int k = 0; k <= {n_steps}; k++) {{ t = {axis.start!r} + k * {axis.step!r};")
        lines += [f"v {x[e.name]} = {self.number(e.expression)};" for e in s.steps]
        lines.append(f"if (k % {every} == 0) {{")
        lines += [f"v {x[e.name]} = {self.number(e.expression)};" for e in s.reports]
        for i, name in enumerate(self.outputs):
            place = f"((b + i) * times + k / {every}) * {len(self.outputs)} + {i}"
            lines.append(f"for (int i = 0; i < N; i++) out[{place}] = {x[name]}[i];")
        lines.append("}")
        lines += [f"v d{x[k.name]} = {self.number(k.rate)};" for k in s.stocks]
        lines += [f"{x[k.name]} = {x[k.name]} + d{x[k.name]} * {axis.step!r};" for k in s.stocks]
        return "\n".join([*lines, "}}}"])


def _compiled(writer: Writer, folder: Path, name: str) -> Callable[..., None]:
    # a library of a name that is loaded already would be taken for that one
    source, library = folder / f"{name}.cpp", folder / f"{name}.so"
    source.write_text(writer.source(), "utf-8")
    try:
        subprocess.run(["g++", str(source), "-o", str(library), *FLAGS], check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as error:
        raise UnavailableError(error.stderr.partition("\n")[0]) from error
    kernel: Callable[..., None] = ctypes.CDLL(str(library)).run
    return kernel


def engine(case: Case, folder: Path, n_threads: int) -> Callable[[Inputs], NDArray[np.float64]]:
    """Compile a model.

    Raises
    ------
    UnavailableError
        Without g++, or on another processor or library than it is written for, or for a construct beyond it.
    """
    if shutil.which("g++") is None:
        raise UnavailableError("there is no g++")
    model = rcsd.load(case.path)
    system = flatten(model.ir)
    if system.time.method != "euler" or system.memories or system.pipes:
        raise UnavailableError("it knows Euler's method and stocks only")
    kernel = _compiled(Writer(system, list(case.varied), case.outputs), folder, case.path.stem)
    n_times, wide = model.time.saved_times().size, width()
    pool = ThreadPoolExecutor(n_threads)

    def run(inputs: Inputs) -> NDArray[np.float64]:
        n = len(next(iter(inputs.values())))
        n_whole = -(-n // wide) * wide  # the last vector is filled with its last run
        rows = np.stack([np.pad(values, (0, n_whole - n), mode="edge") for values in inputs.values()])
        out = np.empty((n_whole, n_times, len(case.outputs)))
        edges = np.linspace(0, n_whole // wide, n_threads + 1).astype(int) * wide

        def part(first: int, last: int) -> None:
            places = (array.ctypes.data_as(ctypes.c_void_p) for array in (rows, out))
            kernel(*places, *(ctypes.c_long(number) for number in (first, last, n_whole, n_times)))

        list(pool.map(part, edges[:-1].tolist(), edges[1:].tolist()))
        return out[:n]

    return run
