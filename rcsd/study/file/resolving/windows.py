"""Windows and origins inside the model's time."""

from __future__ import annotations

from rcsd.study.file.resolving.base import Resolving


def check_windows(at: Resolving) -> None:
    """Windows run forwards, one after the other, inside the model's time."""
    windows, time, label = at.file.windows, at.lookup.model.time, at.clock.label
    named = {"fit": windows.fit, "holdout": windows.holdout}
    for name, window in named.items():
        if window is not None and window[0] > window[1]:
            at.faults.add(
                ("windows", name), f"the first year must not come after the last, found {_listed(at, window)}"
            )
    if windows.holdout is not None and windows.holdout[0] <= windows.fit[1]:
        at.faults.add(
            ("windows", "holdout"),
            f"begins in {label(windows.holdout[0])}, but the fit window ends in {label(windows.fit[1])}: "
            "what was fitted cannot be held out; begin it later",
        )
    if windows.end < windows.last:
        at.faults.add(
            ("windows", "horizon"), f"is {label(windows.end)}, before the last compared year {label(windows.last)}"
        )
    if windows.fit[0] < at.first:
        at.faults.add(
            ("windows", "fit"),
            f"begins in {label(windows.fit[0])}, before the model does ({at.model_time(time.start)})",
        )
    if windows.end > at.last:
        key = "horizon" if windows.horizon is not None else "holdout"
        at.faults.add(
            ("windows", key),
            f"{label(windows.end)} lies after the model's final time ({at.model_time(time.stop)}): raise that or "
            "cut this",
        )


def check_rolling(at: Resolving) -> None:
    """Origins leave years to fit before them, and lie in the model's time with all that they forecast."""
    rolling, fit = at.file.rolling, at.file.windows.fit
    if rolling is None:
        return
    if rolling.first <= fit[0]:
        at.faults.add(
            ("rolling", "first"),
            f"{at.clock.label(rolling.first)} leaves no year to fit: the fit window begins in {at.clock.label(fit[0])}",
        )
    if rolling.last + rolling.horizon > at.last:
        at.faults.add(
            ("rolling", "last"),
            f"{at.clock.label(rolling.last)} and {rolling.horizon} {_periods(at)} more lie after the model's final "
            f"time ({at.model_time(at.lookup.model.time.stop)}): cut one of them",
        )


def _listed(at: Resolving, window: tuple[int, int]) -> str:
    return f"[{at.clock.label(window[0])}, {at.clock.label(window[1])}]"


def _periods(at: Resolving) -> str:
    return "years" if at.clock.identity else f"{at.clock.name}s"
