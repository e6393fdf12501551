"""How long data envelopment analysis takes: ``python benchmarks/dea.py`` prints a Markdown table.

Three inputs, two outputs, log-normal figures with a frontier of some dozen units. Beside rcsd stands the plain way: one
`scipy.optimize.linprog` a unit over all activities, the first phase alone, timed on some of the units.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import numpy as np
from scipy.optimize import linprog

from rcsd.papers.dea import DeaData, dea, model_of, scale_efficiency

SIZES = (100, 1000, 3000)
ROUNDS = 5
N_ALONE = 40


def sample(n: int) -> DeaData:
    """Return n units."""
    rng = np.random.default_rng(n)
    inputs = rng.lognormal(size=(n, 3))
    size = inputs.prod(axis=1, keepdims=True) ** 0.3
    outputs = size * rng.uniform(0.3, 1, (n, 1)) * rng.lognormal(0, 0.4, (n, 2))
    names = tuple(f"u{k}" for k in range(n))
    return DeaData(names, (), inputs, outputs, np.empty((n, 0)), ("a", "b", "c"), ("y", "z"))


def one_by_one(data: DeaData) -> float:
    """Seconds for all units, from the first `N_ALONE`, one programme over all activities each."""
    n, m, s = len(data), data.inputs.shape[1], data.outputs.shape[1]
    started = time.perf_counter()
    for k in range(N_ALONE):
        matrix = np.vstack(
            [np.hstack([-data.inputs[[k]].T, data.inputs.T]), np.hstack([np.zeros((s, 1)), -data.outputs.T])]
        )
        right = np.concatenate([np.zeros(m), -data.outputs[k]])
        linprog(np.eye(1, n + 1)[0], A_ub=matrix, b_ub=right, method="highs")
    return (time.perf_counter() - started) * n / N_ALONE


def median_seconds(work: Callable[[], object]) -> float:
    """Median of some rounds."""
    found = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
    return float(np.median(found))


def main() -> None:
    """Print the table."""
    ccr, bcc, sbm = model_of("ccr"), model_of("bcc"), model_of("sbm")
    print("| units | CCR with slacks, s | BCC with slacks, s | SBM, s | scale and returns, s | one linprog a unit, s |")
    print("|---|---|---|---|---|---|")
    for n in SIZES:
        data = sample(n)
        seconds = [median_seconds(partial(dea, data, model)) for model in (ccr, bcc, sbm)]
        seconds += [median_seconds(partial(scale_efficiency, data)), one_by_one(data)]
        print(f"| {n:,} | {' | '.join(f'{each:.2f}' for each in seconds)} |", flush=True)


if __name__ == "__main__":
    main()
