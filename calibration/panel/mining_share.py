"""How much the panel's errors hang on the assumed size of mining in 2000: ``python calibration/panel/mining_share.py``.

Mining's output and staff are scaled in every city alike; finished cities are kept in out/mining_share/.
"""

from __future__ import annotations

import csv
from pathlib import Path

from rcsd.study.panel import PanelResult, load_panel, run_panel

HERE = Path(__file__).resolve().parent
OUT = Path("out") / "mining_share"
SCALED = {"resource_output", "mining_employment"}


def main() -> None:
    """Print one line a factor."""
    print("factor  cities  median error of GDP 2011-2013  beats last value, drift, log drift in % of the cities")
    for factor in (0.5, 1.0, 1.5):
        print(f"{factor:6g}  {line(scaled(factor))}")


def scaled(factor: float) -> PanelResult:
    """Run the panel with mining of another size."""
    with (HERE / "observed.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    table = OUT / f"{factor:g}" / "observed.csv"
    table.parent.mkdir(parents=True, exist_ok=True)
    with table.open("w", encoding="utf-8", newline="") as file:
        changed = ([*r[:3], repr(factor * float(r[3])), *r[4:]] if r[1] in SCALED else r for r in rows)
        csv.writer(file, lineterminator="\n").writerows(changed)
    panel = load_panel(table, study=HERE / "panel.toml", cities=HERE / "cities.csv")
    return run_panel(panel, out=table.parent, workers=2)


def line(result: PanelResult) -> str:
    """Sum up real GDP over all cities, drivers as they were."""
    score = next(c for c in result.stated.classes if (c.kind, c.series, c.drivers) == ("all", "real_gdp", "known"))
    beaten = "  ".join(f"{100 * score.beaten[rule]:.0f}" for rule in ("last", "drift", "log_drift"))
    return f"{score.n:6d}  {score.median:.1f}  {beaten}"


if __name__ == "__main__":
    main()
