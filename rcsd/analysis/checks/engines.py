"""Check `engines`: the interpreter, the compiled kernels and PySD give the same run."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rcsd.analysis.checks.subject import Subject, Unmade, quiet
from rcsd.ensemble import Ensemble
from rcsd.errors import RcsdError
from rcsd.names import element_form
from rcsd.simulation.backends import Backend
from rcsd.simulation.checks.finding import Finder, Finding
from rcsd.simulation.ir import Method


def kernel_findings(subject: Subject) -> Iterator[Finding]:
    """Hold the kernels to the interpreter, where they are compiled already or the check is deep."""
    from rcsd.simulation.engine.kernel import is_compiled  # noqa: PLC0415 - the compiler is slow to import

    subject.require_work(1.0)
    if not (subject.deep or is_compiled(subject.system)):
        raise Unmade("the kernels of this model are not compiled yet; ask for --deep")
    yield from _compared(subject, "compiled", "the kernels", subject.declared.content.engines.kernels)


def pysd_findings(subject: Subject) -> Iterator[Finding]:
    """Hold PySD to the interpreter, both by Euler's method, when the check is deep."""
    if not subject.deep:
        raise Unmade("PySD is slow; ask for --deep")
    yield from _compared(subject, "pysd", "PySD", subject.declared.content.engines.pysd)


def _compared(subject: Subject, backend: Backend, words: str, tolerance: float) -> Iterator[Finding]:
    if subject.model.ir.random:
        raise Unmade("the model draws random numbers")
    finder = Finder("engines", subject.model.ir)
    method: Method | None = "euler" if backend == "pysd" else None
    base = subject.base if method is None or subject.model.time.method == method else subject.run(method="euler")
    try:
        with quiet():
            other = subject.model.simulator(backend, method=method).run(times=base.times)
    except RcsdError as error:
        raise Unmade(f"{words} cannot run it ({error})") from error
    name, difference, time = _largest(base, other)
    if difference > tolerance:
        yield finder.at(
            name,
            "warning",
            f"{words} differ from the interpreter by {difference:.1e} of its size at time {time:g} (tolerated: "
            f"{tolerance:g})",
            "look up the functions of its equation under docs/differences-from-pysd.md, or report it",
        )


def _largest(one: Ensemble, other: Ensemble) -> tuple[str, float, float]:
    """Return the variable that differs most, by how much of its largest size, and when."""
    places = {element_form(name): i for i, name in enumerate(other.variables)}
    worst = ("", 0.0, float(one.times[0]))
    for name in one.variables:
        if element_form(name) not in places:
            continue
        a, b = one.of(name)[0], other.values[0, :, places[element_form(name)]]
        both = np.isfinite(a) & np.isfinite(b)
        if (np.isfinite(a) != np.isfinite(b)).any():
            return name, float("inf"), float(one.times[int(np.argmax(np.isfinite(a) != np.isfinite(b)))])
        size = max(float(np.max(np.abs(a[both]), initial=0.0)), 1e-9)
        gaps = np.where(both, np.abs(a - b), 0.0) / size
        at = int(np.argmax(gaps))
        if gaps[at] > worst[1]:
            worst = (name, float(gaps[at]), float(one.times[at]))
    return worst
