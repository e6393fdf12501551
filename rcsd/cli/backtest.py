"""`rcsd backtest`: the main job up to the hold-out, without its report."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rcsd.cli.options import DEFAULT_OUT, Json, Out, Quick, StartsScheduler, StudyName, Workers
from rcsd.cli.output import name_with_search, print_json, print_table
from rcsd.cli.program.command import Command
from rcsd.cli.progress import progress_bars

if TYPE_CHECKING:
    from rcsd.study.findings.rolling import Rolling
    from rcsd.study.findings.target import TargetResult
    from rcsd.study.words import Words

_RULES = ("last", "two_line")
"""Benchmark forecasts shown beside the best of all: a terminal is narrow."""

EXAMPLE = "Example: rcsd backtest jixi --out out --workers 2"


def backtest(
    study: StudyName,
    out: Out = DEFAULT_OUT,
    quick: Quick = False,
    workers: Workers = 1,
    scheduler: StartsScheduler = None,
    json: Json = False,
) -> None:
    """Score a study in the years that its fit has not seen, beside benchmark forecasts.

    Fits the study first; what was finished before, here or by `rcsd study`, is reused. Where `rcsd study` has made
    forecasts from many origins, their scores are shown too.
    """
    from rcsd.study.steps.backtest import BACKTEST
    from rcsd.study.steps.coverage import COVERAGE
    from rcsd.study.steps.rolling import ROLLING
    from rcsd.study.written.result_json import document_of
    from rcsd.workbench.study import Study

    loaded = Study.read(study)
    with progress_bars() as noting:
        found = loaded.run_to(
            BACKTEST,
            out=out,
            quick=quick,
            workers=workers,
            scheduler=scheduler,
            progress=noting(loaded.name),
            beside=(COVERAGE, ROLLING),
        )
    targets = found[BACKTEST].targets
    if json:
        documents = document_of(found, (BACKTEST, COVERAGE, ROLLING))
        shown = {name: documents[name] for name in ("series", "backtest", "rolling")}
        print_json({"study": loaded.name, "quick": quick, **shown})
    else:
        name = name_with_search(loaded.name, quick=quick)
        _print_errors(name, targets)
        _print_rolling(name, found.get(ROLLING), {target.name: target.variable for target in targets}, found.info.words)


def _of_mean_size(targets: tuple[TargetResult, ...]) -> str:
    others = [target.variable for target in targets if not target.in_percent]
    return f"; of {', '.join(others)} in percent of their mean size" if others else ""


def _print_errors(name: str, targets: tuple[TargetResult, ...]) -> None:
    from rcsd.report.sections.holdout.tables import baseline_error, knowledge_of
    from rcsd.report.wording import BASELINE_LABELS, capital, scored_cells

    rows, shown = [], knowledge_of(targets)
    for target in targets:
        score = target.holdout
        errors: list[float | None] = [target.error_of(target.fit_all)]
        errors += [target.holdouts[each].error if each in target.holdouts else None for each in shown]
        rules = (*_RULES, "" if score is None else score.best_baseline)
        errors += [None if score is None else baseline_error(score, rule) for rule in rules]
        numbers = ["-" if error is None or math.isnan(error) else f"{error:.2f}" for error in errors]
        scored = "-" if score is None else scored_cells(target, score)
        best = "-" if score is None else BASELINE_LABELS[score.best_baseline]
        rows.append((target.variable, numbers[0], scored, *numbers[1:], best))
    print_table(
        f"{name}: mean absolute error, percent, of the fit and of the hold-out by what is known of the drivers; a cell "
        f"that a flag drops is not scored{_of_mean_size(targets)}",
        (
            *("Series", "Fit", "Scored"),
            *map(capital, shown),
            *(capital(BASELINE_LABELS[rule]) for rule in _RULES),
            *("Best rule", "Which"),
        ),
        rows,
    )


def _print_rolling(name: str, rolling: Rolling | None, variables: dict[str, str], words: Words) -> None:
    from rcsd.report.wording import BASELINE_LABELS, capital
    from rcsd.study.findings.rolling_scores import group_scores

    rows = []
    for group in group_scores(rolling, list(variables)):
        score = group.score
        errors = [score.mase, *(score.baselines[rule] for rule in (*_RULES, group.best_baseline))]
        scaled = ["-" if math.isnan(error) else f"{error:.2f}" for error in errors]
        inside = f"{100 * score.coverage:.0f}"
        row = (variables[group.series], group.drivers, str(group.horizon), str(score.n), *scaled)
        rows.append((*row, BASELINE_LABELS[group.best_baseline], inside))
    if rows:
        print_table(
            f"{name}, forecast from many origins: mean absolute error over the mean {words.change} before the origin, "
            "and per cent of the cells inside the 90 % intervals",
            (
                *("Series", "Drivers", f"{capital(words.periods)} ahead", "Cells", "Model"),
                *(capital(BASELINE_LABELS[rule]) for rule in _RULES),
                *("Best rule", "Which", "Inside"),
            ),
            rows,
            n_words=2,
        )


COMMAND = Command(
    backtest,
    group="Study",
    summary="Score forecasts of years that the fit has not seen.",
    example=EXAMPLE,
    keeps=True,
)
