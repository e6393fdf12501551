"""One study.toml in, one StudyResult out."""

from __future__ import annotations

from rcsd.papers.coevolution import life_cycle_stages
from rcsd.study.file.reading import find_study, load_study, with_scenarios
from rcsd.study.file.study import Study
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.runner import (
    backtest_study,
    calibrate_study,
    draw_study,
    kept_findings,
    refitted_study,
    require_forecast,
    run_study,
    scenario_study,
)
from rcsd.study.findings.drawing import DrawnStudy, RefittedStudy, SeriesDraws
from rcsd.study.written.writer import ensemble_of, write_study

__all__ = [
    "DrawnStudy",
    "RefittedStudy",
    "SeriesDraws",
    "Study",
    "StudyResult",
    "backtest_study",
    "calibrate_study",
    "draw_study",
    "ensemble_of",
    "find_study",
    "kept_findings",
    "life_cycle_stages",
    "load_study",
    "refitted_study",
    "require_forecast",
    "run_study",
    "scenario_study",
    "with_scenarios",
    "write_study",
]
