"""How much the results hang on the columns and on doubtful rows: ``python calibration/dea/columns.py``.

Each line leaves something out of a table and prints the median score of all rows, the rank correlation of the last
year's scores with those of the whole table, and the mean yearly change of the Malmquist index and of its two factors.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import spearmanr

from rcsd.papers.dea import DeaData, dea, malmquist, window


def main() -> None:
    """Print a table for each window."""
    for name in ("four_cities", "panel"):
        roles = window(name).roles
        table = pd.read_csv(window(name).table)
        whole = analysed(table, roles.inputs)
        print(f"{name}: left out | median score | rank correlation | productivity, efficiency, frontier, % a year")
        print(line("nothing", whole, whole))
        for column in roles.inputs:
            print(line(column, analysed(table, tuple(c for c in roles.inputs if c != column)), whole))
        print(line("rows with a flag", analysed(table[table["flag"].isna()], roles.inputs), whole))
        if name == "panel":
            doubtful = (table["city"] == "Huangshi") & table["year"].isin([2001, 2002])
            print(line("Huangshi 2001 and 2002", analysed(table[~doubtful], roles.inputs), whole))


def analysed(table: pd.DataFrame, inputs: tuple[str, ...]) -> tuple[pd.Series, list[float]]:
    """Scores by city and year, and the three means."""
    data = DeaData.from_frame(table, inputs=inputs, outputs=["real_gdp", "fiscal_revenue"], unit="city", period="year")
    scores = pd.Series(dea(data).scores, index=pd.MultiIndex.from_arrays([data.units, data.periods]))
    change = malmquist(data)
    return scores, [change.mean(factor) for factor in ("productivity", "efficiency_change", "technical_change")]


def line(left_out: str, found: tuple[pd.Series, list[float]], whole: tuple[pd.Series, list[float]]) -> str:
    """One line of the table."""
    scores, means = found
    both = pd.concat([scores, whole[0]], axis=1, join="inner")
    both = both.xs(both.index.get_level_values(1).max(), level=1)
    rank = spearmanr(both.iloc[:, 0], both.iloc[:, 1])[0] if len(both) > 2 else np.nan  # noqa: PLR2004 - ranks of two
    changes = ", ".join(f"{100 * (mean - 1):+.1f}" for mean in means)
    return f"  {left_out:24s} {scores.median():.2f}  {rank:.2f}  {changes}"


if __name__ == "__main__":
    main()
