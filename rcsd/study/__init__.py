"""One study.toml in, one StudyResult out."""

from typing import TYPE_CHECKING

from rcsd.facade import on_first_use

if TYPE_CHECKING:
    from rcsd.study.file.reading import find_study, load_study, with_scenarios
    from rcsd.study.file.study import Study
    from rcsd.study.findings.drawing import DrawnStudy, RefittedStudy, SeriesDraws
    from rcsd.study.graph.result import StudyResult
    from rcsd.study.graph.step import Check, Step
    from rcsd.study.runner import backtest_study, calibrate_study, draw_study, require_forecast, run_study, run_to
    from rcsd.study.steps.simulate import ensemble_of
    from rcsd.study.written.writer import write_study

__all__ = [
    "Check",
    "DrawnStudy",
    "RefittedStudy",
    "SeriesDraws",
    "Step",
    "Study",
    "StudyResult",
    "backtest_study",
    "calibrate_study",
    "draw_study",
    "ensemble_of",
    "find_study",
    "load_study",
    "require_forecast",
    "run_study",
    "run_to",
    "with_scenarios",
    "write_study",
]

__getattr__, __dir__ = on_first_use(__name__)
