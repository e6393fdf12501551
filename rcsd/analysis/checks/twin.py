"""Check `twin`: the same model in another format has the same variables and the same trajectories."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rcsd.analysis.checks.subject import Subject, quiet
from rcsd.ensemble import Ensemble
from rcsd.errors import ModelError
from rcsd.names import canonical, near_matches
from rcsd.simulation.checks.finding import Finder, Finding
from rcsd.simulation.loading import LoadedModel, load

_TOLERANCE = 1e-9
_MOST_NAMED = 3


def twin_findings(subject: Subject) -> Iterator[Finding]:
    """Compare a model with its twin: names, then the base runs.

    Raises
    ------
    ModelError
        When the twin cannot be read.
    """
    if subject.twin is None:
        return
    with quiet():
        twin = load(subject.twin)
    yield from _structure(subject, twin)
    yield from _behaviour(subject, twin)


def _structure(subject: Subject, twin: LoadedModel) -> Iterator[Finding]:
    finder = Finder("twin", subject.model.ir)
    here, there = ({canonical(name): name for name in each.variables} for each in (subject.model, twin))
    for form, name in here.items():
        if form not in there:
            hint = near_matches(name, [there[each] for each in there.keys() - here.keys()])
            yield finder.at(
                name, "error", f"{twin.path.name} has no such variable", hint or "add it there, or take it out"
            )
    for form, name in there.items():
        if form not in here:
            variable = twin.ir[name]
            hint = near_matches(name, [here[each] for each in here.keys() - there.keys()])
            yield Finding(
                "twin",
                "error",
                name,
                twin.path,
                variable.line,
                f"{subject.model.path.name} has no such variable",
                hint or "add it there, or take it out here",
            )


def _behaviour(subject: Subject, twin: LoadedModel) -> Iterator[Finding]:
    """Report the variables whose base runs differ most."""
    if subject.model.ir.random:
        return
    base = subject.base
    finder = Finder("twin", subject.model.ir)
    axes = [(each.time.start, each.time.stop, each.time.step, each.time.method) for each in (subject.model, twin)]
    if axes[0] != axes[1]:
        words = ["{:g} to {:g} by {:g}, method {}".format(*axis) for axis in axes]
        yield finder.at_control(
            "time step",
            "error",
            f"runs from {words[0]}, and {twin.path.name} from {words[1]}",
            "give both one time axis",
        )
        return
    with quiet():
        try:
            other = twin.run(times=base.times, backend="interpreted")
        except ModelError as error:
            yield finder.at_control(
                "time step", "error", f"{twin.path.name} cannot be run: {error}", "correct it there"
            )
            return
    gaps = _gaps(base, other)
    if not gaps:
        return
    name, size, time = gaps[0]
    more = f" ({len(gaps)} variables differ)" if len(gaps) > 1 else ""
    yield finder.at(
        name,
        "error",
        f"its base run differs from that of {twin.path.name} by {size:.1e} of its size at time {time:g}{more}",
        "make the equations that the other findings name the same",
    )


def _gaps(one: Ensemble, other: Ensemble) -> list[tuple[str, float, float]]:
    """Return the variables of which two runs differ, with size and time, the first to differ and largest first."""
    places = {canonical(name): i for i, name in enumerate(other.variables)}
    found = []
    for name in one.variables:
        place = places.get(canonical(name))
        if place is None:
            continue
        a, b = one.of(name)[0], other.values[0, :, place]
        with np.errstate(invalid="ignore"):
            gap = np.where(
                np.isfinite(a) & np.isfinite(b), np.abs(a - b), np.where(np.isfinite(a) == np.isfinite(b), 0, np.inf)
            )
        size = max(float(np.max(np.abs(a[np.isfinite(a)]), initial=0.0)), 1e-12)
        share = gap / size
        if share.max(initial=0.0) > _TOLERANCE:
            at = int(np.argmax(share))
            found.append((int(np.argmax(share > _TOLERANCE)), -float(share[at]), name, float(one.times[at])))
    return [(name, -size, time) for _, size, name, time in sorted(found)]
