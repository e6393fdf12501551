"""`rcsd backtest`: the main job up to the hold-out, without its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rcsd.cli.options import DEFAULT_OUT, Json, Out, Quick, StudyName, Workers
from rcsd.cli.output import print_json, print_table
from rcsd.cli.progress import progress_bars

if TYPE_CHECKING:
    from rcsd.backtest import HoldoutScore
    from rcsd.study import Study
    from rcsd.study.result import TargetResult

EXAMPLE = "Example: rcsd backtest jixi --out out --workers 2"


def backtest(
    study: StudyName, out: Out = DEFAULT_OUT, quick: Quick = False, workers: Workers = 1, json: Json = False
) -> None:
    """Score a study in the years that its fit has not seen, beside trivial forecasts.

    Fits the study first; what was finished before, here or by `rcsd study`, is reused.
    """
    from rcsd.study import backtest_study, load_study

    loaded = load_study(study)
    with progress_bars() as noting:
        targets = backtest_study(loaded, out=out, quick=quick, workers=workers, progress=noting(loaded.name))
    if json:
        series = {target.name: _document(target) for target in targets}
        print_json({"study": loaded.name, "frozen_drivers": loaded.frozen_drivers, "series": series})
    else:
        _print_errors(loaded, targets)


def _document(target: TargetResult) -> dict[str, object]:
    return {
        "unit": target.unit,
        "variable": target.variable,
        "fit": {"mape": target.fit_all.mape},
        "holdout": None if target.holdout is None else _errors(target.holdout),
        "holdout_frozen": None if target.holdout_frozen is None else _errors(target.holdout_frozen),
    }


def _errors(score: HoldoutScore) -> dict[str, object]:
    return {
        "years": score.years.tolist(),
        "mape": score.statistics.mape,
        "mase": score.mase,
        "skill": score.skill,
        "baselines": {name: _baseline(score, name) for name in score.baselines},
        "best_baseline": score.best_baseline,
        "beats_last": score.beats_last,
        "beats_best": score.beats_best,
    }


def _baseline(score: HoldoutScore, name: str) -> float | None:
    """Return the mean absolute percentage error of a trivial forecast, None where it has none."""
    statistics = score.baselines[name].statistics
    return None if statistics is None else statistics.mape


def _print_errors(study: Study, targets: tuple[TargetResult, ...]) -> None:
    from rcsd.report.wording import BASELINE_LABELS, capital, frozen_label

    rows = []
    for target in targets:
        errors: list[float | None] = [target.fit_all.mape]
        errors += [
            None if score is None else score.statistics.mape for score in (target.holdout, target.holdout_frozen)
        ]
        errors += [
            None if target.holdout is None else _baseline(target.holdout, baseline) for baseline in BASELINE_LABELS
        ]
        rows.append((target.variable, *("-" if error is None else f"{error:.2f}" for error in errors)))
    print_table(
        f"{study.name}: mean absolute error, percent",
        ("Series", "Fit", "Hold-out", *map(capital, (frozen_label(study.frozen_drivers), *BASELINE_LABELS.values()))),
        rows,
    )
