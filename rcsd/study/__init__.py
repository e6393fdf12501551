"""One study.toml in, one StudyResult out."""

from __future__ import annotations

from rcsd.study.drawing import DrawnStudy, RefittedStudy, SeriesDraws
from rcsd.study.reading import find_study, load_study, with_scenarios
from rcsd.study.result import StudyResult
from rcsd.study.runner import (
    backtest_study,
    calibrate_study,
    draw_study,
    kept_findings,
    refitted_study,
    require_forecast,
    run_study,
    scenario_study,
)
from rcsd.study.study import Study
from rcsd.study.writer import ensemble_of, write_study
from rcsd.theory.coevolution import life_cycle_stages

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
