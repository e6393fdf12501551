"""Rules that call a cell of the panel doubtful. The same for all cities; what each says stands in SOURCES.md.

A flag that follows from a later cell carries the year from which it can be known, as in ``spike@2011``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

Flags = dict[int, list[str]]
"""Flags by year."""

INTERPOLATED, REPEATED = "linear_interp_suspect", "repeat_of_prev_year"  # as the source calls them
IMPUTED_BY_SOURCE = "imputed_by_repo_author"
MOST_CITIES = 0.5  # interpolated in one year: then the copy lacks the year and filled it

POPULATION_JUMP, NEW_AREA = 0.05, 0.25  # changes of the logarithm within a year
RETURNED = 0.03  # of the logarithm, between the years before and after an excursion
SHARE_JUMP = 0.08  # of secondary value added in GDP, since the last cell that is not imputed
GROWTH_OUTLIER = 0.20  # of the logarithm, from the median of the cities in that year
SPIKE = 0.2  # change of the logarithm of a nominal series, there and back


def filled_years(doubts: pd.DataFrame, variable: str) -> set[int]:
    """Years that the source filled itself: interpolated in more than half of the cities."""
    own = doubts[(doubts["variable"] == variable) & (doubts["year"] > doubts["year"].min())]
    share = (own["flag"] == INTERPOLATED).groupby(own["year"]).mean()
    return {int(year) for year in share.index[share > MOST_CITIES]}


def whole_since(cells: pd.DataFrame, variable: str, filled: set[int]) -> int:
    """First of the years from which on every city's cell is a whole number, those that the source filled aside."""
    own = cells[(cells["variable"] == variable) & ~cells["year"].isin(filled)]
    whole = (own["value"] == own["value"].round()).groupby(own["year"]).all()
    broken = whole.index[~whole]
    return int(broken.max()) + 1


def carried(doubts: Mapping[int, str], filled: Iterable[int] = ()) -> Flags:
    """Take over the flags of the source; a cell on the straight line between its neighbours needs the later one."""
    found: Flags = {year: ["imputed"] for year in filled}
    for year, flag in doubts.items():
        if flag == INTERPOLATED:
            found.setdefault(year, [f"interpolated@{year + 1}"])
        elif flag == REPEATED:
            found.setdefault(year, ["repeated"])
        elif flag == IMPUTED_BY_SOURCE:
            found[year] = ["imputed"]
    return found


def population_flags(population: pd.Series, doubts: Mapping[int, str], filled: set[int], whole_from: int) -> Flags:
    """Mark what the source doubts, rounding, jumps, excursions, and all years from a change of area."""
    # among whole numbers a repeat or a straight line says nothing
    flags = carried({year: flag for year, flag in doubts.items() if year < whole_from}, filled)
    for year in population.index:
        if year >= whole_from and year not in filled:
            flags.setdefault(int(year), []).append("rounded")
    level = np.log(population)
    change = level.diff()
    jumps = [int(year) for year in change.index[change.abs() > POPULATION_JUMP]]
    for year in jumps:
        flags.setdefault(year, []).append("jump")
    returns = excursions(level, jumps)
    for first, back in returns.items():
        name = "spike" if back == first + 1 else "other_basis"
        for year in range(first, back):
            flags.setdefault(year, []).append(f"{name}@{back}")
    for year in jumps:
        if abs(change[year]) > NEW_AREA and year not in returns.values():
            end = returns.get(year, int(population.index[-1]) + 1)
            for later in population.index[(population.index >= year) & (population.index < end)]:
                flags.setdefault(int(later), []).append("new_area")
    return flags


def excursions(level: pd.Series, jumps: list[int]) -> dict[int, int]:
    """Return by the year of a jump the year of the later jump that undoes it, to within `RETURNED`.

    Parameters
    ----------
    level
        Logarithms by year.
    jumps
        Years of the jumps, increasing.
    """
    found: dict[int, int] = {}
    for first in jumps:
        before = level[first - 1]
        if first < max(found.values(), default=0):
            continue
        back = [year for year in jumps if year > first and abs(level[year] - before) < RETURNED]
        if back and (level[first] - before) * (level[back[0]] - level[back[0] - 1]) < 0:
            found[first] = back[0]
    return found


def share_flags(share: pd.Series, doubts: Mapping[int, str], filled: set[int]) -> Flags:
    """Mark years in which the split of value added jumps, as at revisions by economic censuses."""
    flags = carried(doubts, filled)
    printed = share[~share.index.isin(filled)]
    for year in printed.index[printed.diff().abs() > SHARE_JUMP]:
        flags.setdefault(int(year), []).append("census_break")
    return flags


def growth_flags(index: pd.Series, median: pd.Series) -> Flags:
    """Mark years whose growth lies far from the median of all cities."""
    apart = np.log(index) - np.log(median.reindex(index.index))
    return {int(year): ["outlier"] for year in index.index[apart.abs() > GROWTH_OUTLIER]}


def nominal_flags(values: pd.Series, doubts: Mapping[int, str]) -> Flags:
    """Mark what the source doubts, and cells that move by more than `SPIKE` and back by more than it a year later."""
    flags = carried(doubts)
    imputed = [year for year, flag in doubts.items() if flag == IMPUTED_BY_SOURCE]
    change = np.log(values.where((values > 0) & ~values.index.isin(imputed))).diff()
    for year in change.index[:-1]:
        there, back = change[year], change.get(year + 1, np.nan)
        if there * back < 0 and min(abs(there), abs(back)) > SPIKE:
            flags.setdefault(int(year), []).append(f"spike@{year + 1}")
    return flags
