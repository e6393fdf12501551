"""The city model as a C++ kernel, for comparison: eight runs to a vector, glibc's vector math.

``python benchmarks/c_kernel.py`` writes the equations out as one function with the whole time loop in it, constants
that no run sets as literals, compiles it with g++ (which rcsd itself never needs) and times it against the kernels of
rcsd in turns, both on two threads with the same saved outputs. It needs a processor with AVX-512.
"""

from __future__ import annotations

import ctypes
import statistics
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import rcsd
from rcsd.ir import System
from rcsd.ir.expression import (
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
from rcsd.ir.passes import flatten

MODEL = Path(__file__).resolve().parents[1] / "models" / "resource_city" / "resource_city.mdl"
OUTPUTS = ["GDP", "Population", "Industry Scale", "Science and Education Expenditure"]
VARIED = {"Investment Rate": (0.3, 0.4), "Wage Cost Elasticity": (0.3, 0.7), "Price Pass Through": (0.1, 0.4)}
ROUNDS, RUNS, THREADS, WIDTH = 7, 16_000, 2, 8
FLAGS = ["-O3", "-march=native", "-shared", "-fPIC", "-ffast-math", "-fno-finite-math-only", "-lmvec", "-lm"]
HEAD = """
#include <cmath>
typedef double v8 __attribute__((vector_size(64)));
extern "C" { v8 _ZGVeN8v_exp(v8); v8 _ZGVeN8v_log(v8); v8 _ZGVeN8vv_pow(v8, v8); }
static inline v8 all(double x) { return v8{} + x; }
static inline v8 root(v8 x) { v8 y; for (int i = 0; i < 8; i++) y[i] = std::sqrt(x[i]); return y; }
static inline v8 cut(v8 x) { v8 y; for (int i = 0; i < 8; i++) y[i] = std::trunc(x[i]); return y; }
static inline v8 table(v8 a, const double *x, const double *y, int n) {
    v8 r;
    for (int i = 0; i < 8; i++) {
        if (a[i] <= x[0]) { r[i] = y[0]; continue; }
        if (a[i] >= x[n - 1]) { r[i] = y[n - 1]; continue; }
        int k = 1;
        while (x[k] < a[i]) k++;
        r[i] = y[k - 1] + (y[k] - y[k - 1]) / (x[k] - x[k - 1]) * (a[i] - x[k - 1]);
    }
    return r;
}
"""
CALLS = {"exp": "_ZGVeN8v_exp", "ln": "_ZGVeN8v_log", "sqrt": "root", "trunc": "cut"}
COMPARISONS = {"=": "==", "<>": "!="}


class Writer:
    """Writes a system out; every scalar is a variable of the function or a literal."""

    def __init__(self, system: System) -> None:
        self.system = system
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
                return f"_ZGVeN8vv_pow({self.number(left)}, {self.number(right)})"
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
                return f"{CALLS[name]}({self.number(operand)})"
            case Lookup(Name(name), argument):
                t = self.table[name]
                return f"table({self.number(argument)}, {t}x, {t}y, {len(self.system.tables[name].x)})"
        raise NotImplementedError(e)

    def truth(self, e: Expression) -> str:
        """Write a condition."""
        match e:
            case Comparison(operator, left, right):
                return f"({self.number(left)} {COMPARISONS.get(operator, operator)} {self.number(right)})"
            case Logical(operator, left, right):
                return f"({self.truth(left)} {'&' if operator == 'and' else '|'} {self.truth(right)})"
            case Not(operand):
                return f"(~{self.truth(operand)})"
        raise NotImplementedError(e)

    def source(self) -> str:
        """Write the whole function."""
        s, v = self.system, self.variable
        axis = s.time
        lines = [HEAD]
        for name, points in s.tables.items():
            for letter, column in (("x", points.x), ("y", points.y)):
                lines.append(f"static const double {self.table[name]}{letter}[] = {{{', '.join(map(repr, column))}}};")
        lines.append(
            'extern "C" void run(const double *in, double *out, long first, long last, long runs, long times) {'
        )
        lines.append(f"for (long b = first; b < last; b += {WIDTH}) {{ double t = {axis.start!r};")
        for name, value in {**s.constants, **s.fixed}.items():
            if name in VARIED:
                load = f"*(const v8 *)(in + {list(VARIED).index(name)} * runs + b)"
                lines.append(f"v8 {v[name]}; __builtin_memcpy(&{v[name]}, &{load}, sizeof(v8));")
            else:
                lines.append(f"const v8 {v[name]} = all({value!r});")
        lines += [f"const v8 {v[e.name]} = {self.number(e.expression)};" for e in s.statics]
        stocks = {stock.name for stock in s.stocks}
        lines += [f"v8 {v[name]};" for name in stocks]
        lines.append("{")
        declare = lambda e: "" if e.name in stocks else "v8 "  # noqa: E731
        lines += [f"{declare(e)}{v[e.name]} = {self.number(e.expression)};" for e in s.start]
        n_steps, every = round((axis.stop - axis.start) / axis.step), round(axis.save_step / axis.step)
        lines.append(f"}} for (int k = 0; k <= {n_steps}; k++) {{ t = {axis.start!r} + k * {axis.step!r};")
        lines += [f"v8 {v[e.name]} = {self.number(e.expression)};" for e in s.steps]
        lines.append(f"if (k % {every} == 0) {{")
        lines += [f"v8 {v[e.name]} = {self.number(e.expression)};" for e in s.reports]
        for i, name in enumerate(OUTPUTS):
            place = f"((b + i) * times + k / {every}) * {len(OUTPUTS)} + {i}"
            lines.append(f"for (int i = 0; i < {WIDTH}; i++) out[{place}] = {v[name]}[i];")
        lines.append("}")
        lines += [f"v8 d{v[x.name]} = {self.number(x.rate)};" for x in s.stocks]
        lines += [f"{v[x.name]} = {v[x.name]} + d{v[x.name]} * {axis.step!r};" for x in s.stocks]
        return "\n".join([*lines, "}}}"])


def compiled(system: System, folder: Path) -> ctypes.CDLL:
    """Compile the kernel."""
    source, library = folder / "kernel.cpp", folder / "kernel.so"
    source.write_text(Writer(system).source(), "utf-8")
    subprocess.run(["g++", str(source), "-o", str(library), *FLAGS], check=True)
    return ctypes.CDLL(str(library))


def main() -> None:
    """Time both in turns and print the table."""
    model = rcsd.load(MODEL)
    simulator = model.simulator("compiled")
    rng = np.random.default_rng(0)
    inputs = {name: rng.uniform(*bounds, RUNS) for name, bounds in VARIED.items()}
    rows = np.ascontiguousarray(np.stack(list(inputs.values())))
    n_times = model.time.saved_times().size
    out = np.empty((RUNS, n_times, len(OUTPUTS)))
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(THREADS) as pool:
        library = compiled(flatten(model.ir), Path(folder))
        edges = np.linspace(0, RUNS // WIDTH, THREADS + 1).astype(int) * WIDTH

        def run_c() -> NDArray[np.float64]:
            def part(first: int, last: int) -> None:
                a, b = rows.ctypes.data_as(ctypes.c_void_p), out.ctypes.data_as(ctypes.c_void_p)
                library.run(a, b, *(ctypes.c_long(n) for n in (first, last, RUNS, n_times)))

            list(pool.map(part, edges[:-1].tolist(), edges[1:].tolist()))
            return out

        def run_rcsd() -> NDArray[np.float64]:
            return simulator.run(inputs, outputs=OUTPUTS).values

        print(f"largest relative difference: {np.max(np.abs(run_c() / run_rcsd() - 1)):.1e}")
        speeds: dict[str, list[float]] = {"C++, g++ -O3, eight-wide": [], "rcsd, compiled": []}
        for _ in range(ROUNDS):
            for run, found in zip((run_c, run_rcsd), speeds.values(), strict=True):
                began = time.perf_counter()
                run()
                found.append(RUNS / (time.perf_counter() - began))
    reference = next(iter(speeds.values()))
    print("| engine | runs a second | of the C++ kernel |\n|---|---|---|")
    for name, found in speeds.items():
        ratio = statistics.median(a / b for a, b in zip(found, reference, strict=True))
        print(f"| {name} | {statistics.median(found):,.0f} | {ratio:.2f} |")


if __name__ == "__main__":
    main()
