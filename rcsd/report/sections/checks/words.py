"""What the checks of the model say, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.report.fact import fact
from rcsd.report.wording import NO_BREAK, capital, count, listing, percent
from rcsd.study.findings.checked.result import CheckedModel, Moved, Rerun, Seen
from rcsd.study.steps.model_checks import NAME

_SHOWN = 8
"""Findings that a page tells."""
_TINY = 1e-4
"""Share below which no reader of a figure sees anything, and a number has its power of ten."""


def verdict(found: CheckedModel) -> str:
    """Say how many checks pass, what the others look for, and how far the numbers depend on how the model is run."""
    return " ".join((_of_file(found), *_of_runs(found)))


def _of_file(found: CheckedModel) -> str:
    if not found.made:
        return f"The model file could not be checked: {found.checks[0].unmade}."
    passed, made = (fact(str(n), NAME, key) for n, key in ((_passed(found), "n_passed"), (len(found.made), "n_made")))
    failed = [f"“{each.about}”" for each in found.made if not each.passed]
    if not failed:
        return f"All {made} checks of the model file find nothing wrong."
    return f"{passed} of {made} checks of the model file find nothing wrong; not met: {listing(failed)}."


def _passed(found: CheckedModel) -> int:
    return sum(each.passed for each in found.checks)


def _of_runs(found: CheckedModel) -> Iterator[str]:
    """Say what half a step and another engine do to the fitted run."""
    half, engines = found.half_step, found.engines
    if half.worst is None:
        yield f"The fitted run was not repeated at another step or on another engine: {half.unmade}."
        return
    if half.worst.share < _TINY:
        yield f"Half the time step moves no compared series by more than {100 * _TINY:g}{NO_BREAK}% of its size."
    elif half.passed:
        yield f"Half the time step moves no compared series by more than {moved(half.worst, 'half_step')} of its size."
    else:
        yield (
            f"Half the time step moves {half.worst.variable} by {moved(half.worst, 'half_step')} of its size: the step "
            "is too long."
        )
    if engines.worst is not None and not engines.passed:
        yield f"A second engine gives another run: {engines.worst.variable} differs by {_told(engines)} of its size."


def _told(rerun: Rerun) -> str:
    assert rerun.worst is not None
    return moved(rerun.worst, "engines")


def moved(worst: Moved, rerun: str) -> str:
    """Write how far a rerun moves a variable, as a share of its size."""
    at = (NAME, rerun, "moved", worst.variable, "share")
    if 0 < worst.share < _TINY:
        return fact(f"{worst.share:.1g}", *at)
    return fact(percent(100 * worst.share), *at, times=100)


def outcome(n_errors: int, n_warnings: int, n_notes: int, n_accepted: int) -> str:
    """Say what a check has found, counted by grade."""
    counted = ((n_errors, "error"), (n_warnings, "warning"), (n_notes, "note"))
    parts = [count(n, word) for n, word in counted if n]
    if n_accepted:
        parts.append(f"{n_accepted} accepted")
    found = ", ".join(parts)
    if not (n_errors or n_warnings):
        return f"passed ({found})" if found else "passed"
    return found


def findings(found: CheckedModel) -> tuple[str, ...]:
    """Tell what the checks have found and nobody accepts, the gravest first, each with what to do about it."""
    standing = [each for each in found.findings if not each.accepted]
    told = [_finding(each) for each in standing[:_SHOWN]]
    more = len(standing) - len(told)
    return (*told, f"And {count(more, 'more finding')}, in result.json.") if more else tuple(told)


def _finding(each: Seen) -> str:
    subject = f"{each.variable}: " if each.variable else ""
    return (
        f"{capital(each.grade)} of “{each.check}” ({each.place}). {subject}{each.message}. To mend it: {each.remedy}."
    )
