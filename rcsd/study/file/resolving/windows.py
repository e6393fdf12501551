"""Windows and origins inside the model's time."""

from __future__ import annotations

from rcsd.study.file.resolving.base import Resolving


def check_windows(at: Resolving) -> None:
    """Windows run forwards, one after the other, inside the model's time."""
    windows, time = at.file.windows, at.lookup.model.time
    named = {"fit": windows.fit, "holdout": windows.holdout}
    for name, window in named.items():
        if window is not None and window[0] > window[1]:
            at.faults.add(("windows", name), f"the first year must not come after the last, found {list(window)}")
    if windows.holdout is not None and windows.holdout[0] <= windows.fit[1]:
        at.faults.add(
            ("windows", "holdout"),
            f"begins in {windows.holdout[0]}, but the fit window ends in {windows.fit[1]}: "
            "years that were fitted cannot be held out; begin it later",
        )
    if windows.end < windows.last:
        at.faults.add(("windows", "horizon"), f"is {windows.end}, before the last compared year {windows.last}")
    if windows.fit[0] < time.start:
        at.faults.add(("windows", "fit"), f"begins in {windows.fit[0]}, before the model does ({time.start:g})")
    if windows.end > time.stop:
        key = "horizon" if windows.horizon is not None else "holdout"
        at.faults.add(
            ("windows", key),
            f"{windows.end} lies after the model's final time ({time.stop:g}): raise that or cut this",
        )


def check_rolling(at: Resolving) -> None:
    """Origins leave years to fit before them, and lie in the model's time with all that they forecast."""
    rolling, fit = at.file.rolling, at.file.windows.fit
    if rolling is None:
        return
    if rolling.first <= fit[0]:
        at.faults.add(("rolling", "first"), f"{rolling.first} leaves no year to fit: the fit window begins in {fit[0]}")
    if rolling.last + rolling.horizon > at.lookup.model.time.stop:
        at.faults.add(
            ("rolling", "last"),
            f"{rolling.last} and {rolling.horizon} years more lie after the model's final time "
            f"({at.lookup.model.time.stop:g}): cut one of them",
        )
