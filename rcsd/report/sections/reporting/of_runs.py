"""What is to be reported of simulations."""

from __future__ import annotations

from rcsd.report.fact import fact
from rcsd.report.question import DRIVES, FIT, KNOWN, REPEAT, WHATIF
from rcsd.report.sections.reporting.point import Point, Said
from rcsd.report.wording import count, listing, number, plain
from rcsd.study.findings.posterior import Sampled
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.forecast import FORECAST as FORECASTS
from rcsd.study.steps.posterior import POSTERIOR
from rcsd.study.steps.scenarios import SCENARIOS
from rcsd.study.steps.sobol import SOBOL
from rcsd.study.written.command import repeat_command

_METHODS = {
    "euler": "Euler's method",
    "rk2": "Runge and Kutta's method of second order",
    "rk4": "Runge and Kutta's method of fourth order",
}


def left_out(result: StudyResult, step: str, what: str) -> Said:
    """Say that something was not done, and why."""
    reason = result.left_out.get(step, "")
    return Said("not done", f"{what}{f': {reason}' if reason else ''}")


def of_posterior(sampled: Sampled, what: str) -> Said:
    """Say that something is from the posterior; only partly done where its draws do not meet their criteria."""
    if sampled.faults:
        return Said("partly", f"{what}, whose draws do not meet every criterion: {'; '.join(sampled.faults)}", KNOWN)
    return Said("done", what, KNOWN)


def _platform(result: StudyResult) -> Said:
    versions = result.versions
    known = [f"{name} {versions[name]}" for name in ("rcsd", "python", "numpy") if name in versions]
    others = count(len(versions) - len(known), "other package")
    return Said("done", f"{', '.join(known)} and {others}; manifest.json names the computer", REPEAT)


def _algorithm(result: StudyResult) -> Said:
    model = result.model
    method = _METHODS.get(model.method, model.method)
    how = f"{method}, step {number(model.step)}, {number(model.start)} to {number(model.stop)}"
    return Said("done", how, REPEAT)


def _inputs(result: StudyResult) -> Said:
    targets = result[BACKTEST].targets
    flagged = sum(bool(flags) for target in targets for flags in target.flags)
    cells = sum(target.years.size for target in targets)
    how = f"{count(cells, 'observed cell')}, {flagged} of them flagged and weighted by rules"
    converted = result.info.conversions
    if converted:
        how += f"; {count(len(converted), 'unit was', 'units were')} converted"
    return Said("done", how, FIT)


def _settings(result: StudyResult) -> Said:
    drivers = [plain(each.name) for each in result.drivers]
    how = f"driven by {listing(drivers)}" if drivers else "nothing drives the model from outside"
    compared = result.get(SCENARIOS)
    if compared is None:
        return Said("done", f"{how}; one setting, the fitted one", FIT)
    return Said("done", f"{how}; each scenario with its levers in numbers", WHATIF)


def _number(result: StudyResult) -> Said:
    total = fact(f"{result.runs.total:,}", "runs", "total")
    failed = fact(f"{result.runs.failed:,}", "runs", "failed")
    return Said("done", f"{total} model runs, of which {failed} failed", REPEAT)


def _afterwards(result: StudyResult) -> Said:
    bands = result.get(FORECASTS) is not None or result.get(POSTERIOR) is not None
    how = "errors by their formulas in the documentation"
    return Said("done", f"bands hold 90 % of the runs; {how}" if bands else how, FIT)


def _random(result: StudyResult) -> Said:
    seeds = sorted(set(result.info.seeds.values()))
    return Said("done", f"seed {listing([str(each) for each in seeds])}, of NumPy's generator PCG64", REPEAT)


def _sensitivity(result: StudyResult) -> Said:
    found = result.get(SOBOL)
    if found is None or not found.analyses:
        why = "; ".join(found.left_out.values()) if found is not None else ""
        said = left_out(result, SOBOL.name, "no sensitivity analysis")
        return Said("not done", f"no sensitivity analysis: {why}") if why else said
    n = len(found.analyses)
    return Said("done", f"Sobol indices over {count(n, 'group of parameters', 'groups of parameters')}", DRIVES)


def _uncertainty(result: StudyResult) -> Said:
    sampled = result.get(POSTERIOR)
    if sampled is None or sampled.posterior is None:
        return left_out(result, POSTERIOR.name, "no intervals of what is simulated")
    return of_posterior(sampled, "90 % bands over draws of the posterior")


def _again(result: StudyResult) -> Said:
    return Said("done", repeat_command(result), REPEAT)


OF_RUNS = (
    Point("Software with versions, and the computer", "minimum", _platform),
    Point("How the model is integrated, and when it runs", "minimum", _algorithm),
    Point("What was done to the inputs before a run", "minimum", _inputs),
    Point("Settings of every experiment", "minimum", _settings),
    Point("How many runs there were", "minimum", _number),
    Point("What was made of the runs afterwards", "minimum", _afterwards),
    Point("Random numbers: generator and seed", "preferred", _random),
    Point("How results depend on the assumptions", "preferred", _sensitivity),
    Point("How sure the results are", "preferred", _uncertainty),
    Point("What to type to run it again", "preferred", _again),
)
