"""Check `trials`: constants at the ends of their ranges, and in corners of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rcsd.analysis.checks.stocks import first_lost, is_counted
from rcsd.analysis.checks.subject import Subject, Unmade
from rcsd.simulation.checks.finding import Finder, Finding
from rcsd.simulation.ir.file.limits import limits_of

_CORNERS, _DEEP_CORNERS = 64, 512
_SEED = 20001
_MOST_AT_ONCE = 256
_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Trial:
    """One run with other constants.

    Attributes
    ----------
    values : dict of str to float
        The constants that differ.
    words : str
        What it is, for people.
    constant : str or None
        The only constant that differs, if it is one.
    """

    values: dict[str, float]
    words: str
    constant: str | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """What went wrong in a trial.

    Attributes
    ----------
    trial : Trial
        The run.
    variable : str
        What is no number, or the stock below zero.
    time : float
        From when on.
    lost : bool
        Whether it is no number.
    """

    trial: Trial
    variable: str
    time: float
    lost: bool


def trial_findings(subject: Subject) -> Iterator[Finding]:
    """Try every constant at both ends of its range, then corners of all ranges together, drawn with a fixed seed.

    Each variable that breaks is one finding, which names the constants that break it. The first is a warning that the
    ranges are not to be trusted, if it is grave; the others are notes.
    """
    limits = ranges_of(subject)
    if not limits:
        return
    if not np.isfinite(subject.base.values).all():
        raise Unmade("the base run is not finite")
    subject.require_work(1.0 + 2 * len(limits) / _MOST_AT_ONCE)
    ends = [
        Trial({name: end}, f"{name} = {end:g}", name)
        for name, pair in limits.items()
        for end in pair
        if end != subject.model.constants[name]
    ]
    broken = broken_in(subject, ends)
    yield from _reported(subject, broken)
    single = {each.variable for each in broken}
    guilty = {(each.trial.constant, each.trial.values[each.trial.constant or ""]) for each in broken}
    sound = {name: tuple(end for end in pair if (name, end) not in guilty) for name, pair in limits.items()}
    if not any(sound.values()):
        return
    rng = np.random.default_rng(_SEED)
    corners = []
    for i in range(_DEEP_CORNERS if subject.deep else _CORNERS):
        values = {name: ends[int(rng.integers(len(ends)))] for name, ends in sound.items() if ends}
        corners.append(Trial(values, f"corner {i + 1} of the ranges"))
    found = [each for each in broken_in(subject, corners) if each.variable not in single]
    yield from _of_corners(subject, found, len(corners))


def ranges_of(subject: Subject) -> dict[str, tuple[float, float]]:
    """Return the finite range of every scalar constant that a run may set, if it is one around its value."""
    found = {}
    for variable in subject.model.ir:
        stated = limits_of(variable)
        if variable.value is None or stated is None or variable.name not in subject.system.constants:
            continue
        low, high = (value if end in (-np.inf, np.inf) else end for value, end in _pairs(variable.value, stated))
        if low <= variable.value <= high and low < high:
            found[variable.name] = (float(low), float(high))
    return found


def _pairs(value: float, stated: tuple[float, float]) -> list[tuple[float, float]]:
    return [(value, end) for end in stated]


def broken_in(subject: Subject, trials: Sequence[Trial]) -> list[Broken]:
    """Run trials, and return what breaks in each: the first variable that is no number, or every negative stock."""
    found: list[Broken] = []
    names = list(subject.stocks)
    for begin in range(0, len(trials), _MOST_AT_ONCE):
        some = trials[begin : begin + _MOST_AT_ONCE]
        run = subject.run_many([trial.values for trial in some], outputs=names or None)
        finite = np.atleast_1d(np.isfinite(run.values).all(axis=(1, 2))).tolist()
        found += _lost(subject, [trial for trial, is_finite in zip(some, finite, strict=True) if not is_finite])
        for row, trial in enumerate(some):
            if not finite[row]:
                continue
            for element, time in subject.negative(run, row).items():
                if not subject.may_be_negative(element):
                    found.append(Broken(trial, element, time, lost=False))
    return found


def _lost(subject: Subject, trials: Sequence[Trial]) -> Iterator[Broken]:
    """Run trials again with every variable, to name the first that is no number."""
    if trials:
        whole = subject.run_many([trial.values for trial in trials])
        for row, trial in enumerate(trials):
            yield Broken(trial, *first_lost(subject, whole, row), lost=True)


def _reported(subject: Subject, broken: Sequence[Broken]) -> Iterator[Finding]:
    """Warn once of the ranges that the model breaks in, at the variable that breaks in most, and note the others."""
    finder = Finder("trials", subject.model.ir)
    groups: dict[tuple[str, bool], list[Broken]] = {}
    for each in broken:
        groups.setdefault((each.variable.partition("[")[0], each.lost), []).append(each)
    ranked = sorted(groups.values(), key=lambda own: (not any(_is_grave(subject, e) for e in own), -len(own)))
    for place, own in enumerate(ranked):
        words = list(dict.fromkeys(each.trial.words for each in own))
        more = f" and {len(words) - _MOST_NAMED} more" if len(words) > _MOST_NAMED else ""
        what = "is not a finite number" if own[0].lost else "falls below zero"
        others = f" ({len(ranked) - 1} other variables break too: see the notes)" if len(ranked) > 1 else ""
        is_first = place == 0 and any(_is_grave(subject, each) for each in own)
        yield finder.at(
            own[0].variable,
            "warning" if is_first else "note",
            f"{what} from time {own[0].time:g} on where a constant is at an end of its own range: "
            f"{'; '.join(words[:_MOST_NAMED])}{more}{others if is_first else ''}",
            _remedy(own[0].lost),
        )


def _is_grave(subject: Subject, broken: Broken) -> bool:
    """Whether a break is more than a note.

    It is not where a slider, which a range beside the unit makes, is pushed to zero and divides by it; or where a stock
    falls below zero of which nobody says that it may not.
    """
    if not broken.lost:
        return subject.declared.path is not None or is_counted(subject, subject.stocks[broken.variable])
    name = broken.trial.constant or ""
    return not (broken.trial.values.get(name) == 0 and subject.model.ir[name].limits != (None, None))


def _remedy(lost: bool) -> str:
    if lost:
        return "guard the equation, or narrow the range of the constant to the values that it works for"
    return "limit the outflows of the stock to what is there, or narrow the range of the constant"


def _of_corners(subject: Subject, broken: Sequence[Broken], n_corners: int) -> Iterator[Finding]:
    """Note in one finding what breaks in corners though it holds at every single end."""
    if not broken:
        return
    first = broken[0]
    runs = len({each.trial.words for each in broken})
    names = list(dict.fromkeys(each.variable for each in broken))
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    listed = f"; first to break in one of them: {', '.join(names[:_MOST_NAMED])}{more}" if len(names) > 1 else ""
    what = "is not a finite number" if first.lost else "falls below zero"
    yield Finder("trials", subject.model.ir).at(
        first.variable,
        "note",
        f"{what} in {first.trial.words} from time {first.time:g} on; {runs} of {n_corners} corners break though no "
        f"single end of a range does{listed}",
        _remedy(first.lost),
    )
