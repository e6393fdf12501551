"""Random models of arrays, written as .mdl files: parts of a dimension, exceptions, chains, sums, tables, memories."""

from __future__ import annotations

from pathlib import Path

import numpy as np

REGIONS, SECTORS = 11, 9
_RANGES = f"""
R: (r1-r{REGIONS})
~~|
S: (s1-s{SECTORS})
~~|
north: (r1-r4)
~~|
south: (r5-r{REGIONS})
~~|
other: (o1-o{REGIONS}) -> R
"""


class _Writer:
    """Makes up expressions over what is defined so far: of regions, of regions and sectors, or of neither."""

    def __init__(self, seed: int, *, functions: bool) -> None:
        self.rng = np.random.default_rng(seed)
        self.functions = functions
        self.arrays = ["c[{R}]", "stock[{R}]"]
        self.scalars = ["p", "q"]

    def number(self, region: str, sector: str, depth: int, *, sums: bool = True) -> str:  # noqa: PLR0911 - one line per kind
        """Return an expression at a region and a sector, or at one only."""
        rng = self.rng
        kind = int(rng.integers(0, 11)) if depth else 0
        if kind <= 1:
            return self.leaf(region, sector)
        a, b, c = (self.number(region, sector, depth - 1, sums=sums) for _ in range(3))
        if kind <= 4:
            return f"({a} {rng.choice(list('+-*/'))} {b})"
        if kind == 5:
            return f"IF THEN ELSE({a} < {b}, {c}, -({a}))"
        if kind == 6:
            return f"{rng.choice(['MIN', 'MAX'])}({a}, {b})"
        if kind == 7:
            return f"t[{region}]({a})"
        if kind == 8 and self.functions:
            smooth = f"SMOOTHI({a}, 2 + c[{region}], {b})"
            return str(
                rng.choice([f"EXP(-ABS({a}))", f"ABS({a})^c[{region}]", f"RANDOM UNIFORM(0, 1 + ABS({a}), 1)", smooth])
            )
        if kind == 9 and sums:
            reducer = rng.choice(["SUM", "VMIN", "VMAX", "PROD"])
            over = [(region, "S!"), ("R!", sector), ("R!", "S!")][rng.integers(3)]
            return f"{reducer}({self.number(*over, depth - 1, sums=False)} * m[{','.join(over)}])"
        return f"{rng.choice(['ABS', 'INTEGER'])}({a})"

    def leaf(self, region: str, sector: str) -> str:
        """Return a number, the time, or a variable."""
        numbers = ["0", "1", "2.5", "(-3)", "Time", *self.scalars]
        choices = [name.format(R=region) for name in self.arrays] + [f"m[{region},{sector}]"]
        return str(self.rng.choice(numbers if self.rng.random() < 0.3 else choices))


def array_model(path: Path, seed: int, *, functions: bool = False) -> Path:
    """Write a model with two dimensions.

    Parameters
    ----------
    path : Path
        Of the file.
    seed : int
        Of what its equations are.
    functions : bool
        Whether it has functions that engines round differently, draws and smooths.
    """
    writer = _Writer(seed, functions=functions)
    rng = writer.rng

    def numbers(n: int) -> str:
        return ", ".join(f"{value:.3f}" for value in rng.normal(1, 1, n))

    def at(region: str, depth: int = 3) -> str:
        return writer.number(region, f"s{rng.integers(1, SECTORS + 1)}", depth)

    parts = [_RANGES.strip(), "p = 0.8", "q = 1.7", f"c[R] = {numbers(REGIONS)}"]
    parts.append("m[R,S] = " + "; ".join(numbers(SECTORS) for _ in range(REGIONS)) + ";")
    parts += [f"t[{part}]((-2,{rng.integers(9)}),(1,{rng.integers(9)}),(4,2))" for part in ("north", "south")]
    parts += ["stock[R] = INTEG(rate[R], c[R] + p)", f"rate[R] = MAX(-1, MIN(1, {at('R')}))"]
    for name in ("u", "v"):
        parts.append(f"{name}[R] = {at('R')}")
        writer.arrays.append(f"{name}[{{R}}]")
    parts += [f"w[north] = {at('north')}", f"w[south] :EXCEPT: [r7] = {at('south')}", f"w[r7] = {at('r7')}"]
    writer.arrays.append("w[{R}]")
    # each element needs the one before
    parts += ["chain[r1] = p", *(f"chain[r{i}] = chain[r{i - 1}] * 0.5 + u[r{i}]" for i in range(2, REGIONS + 1))]
    parts += ["turn[other] = v[R] + chain[R]", f"both[R,S] = {writer.number('R', 'S', 2)}"]
    writer.scalars.append("SUM(both[R!,S!])")
    parts += [f"all = {at('r2')}", "pipe[R] = DELAY FIXED(u[R], 1 + ABS(c[R]), p)"]
    parts += ["kept[R] = SAMPLE IF TRUE(u[R] > v[R], w[R], c[R])", "first[R] = INITIAL(w[R] * q)"]
    parts.append("INITIAL TIME = 0\n~~|\nFINAL TIME = 4\n~~|\nTIME STEP = 0.5\n~~|\nSAVEPER = 0.5")
    path.write_text("{UTF-8}\n" + "".join(f"{part}\n~~|\n" for part in parts), "utf-8")
    return path
