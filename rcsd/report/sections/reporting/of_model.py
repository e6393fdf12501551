"""What is to be reported of a model."""

from __future__ import annotations

from rcsd.report.fact import fact
from rcsd.report.question import KNOWN, REPEAT, SOUND
from rcsd.report.sections.reporting.point import Point, Said, counted
from rcsd.report.wording import count, plain
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.model_checks import MODEL_CHECKS, NAME
from rcsd.study.steps.parameters import PARAMETERS


def _equations(result: StudyResult) -> Said:
    written = result[MODEL_CHECKS].written
    n = fact(str(written.n_variables), NAME, "variables", "total")
    return Said("done", f"{n} variables, each with its equation as the model file has it", SOUND)


def _values(result: StudyResult) -> Said:
    estimated = count(len(result[PARAMETERS].parameters), "constant is estimated", "constants are estimated")
    own = f", {len(result.constants)} set by the study" if result.constants else ""
    return Said("done", f"{estimated}{own}; all others, and first values, stand with the equations", KNOWN)


def _units(result: StudyResult) -> Said:
    written = result[MODEL_CHECKS].written
    n, total = (
        fact(str(n), NAME, "variables", key) for n, key in _pairs(written.n_with_unit, written.n_variables, "unit")
    )
    how = f"{n} of {total} variables have a unit"
    check = next((each for each in result[MODEL_CHECKS].checks if each.name == "units"), None)
    agree = "" if check is None or check.unmade else ", and they agree" if check.passed else ", and they do not agree"
    return counted(written.n_with_unit, written.n_variables, how + agree, SOUND)


def _meanings(result: StudyResult) -> Said:
    written = result[MODEL_CHECKS].written
    n, total = (
        fact(str(n), NAME, "variables", key)
        for n, key in _pairs(written.n_with_meaning, written.n_variables, "meaning")
    )
    return counted(written.n_with_meaning, written.n_variables, f"{n} of {total} variables are explained", SOUND)


def _pairs(n: int, total: int, what: str) -> tuple[tuple[int, str], tuple[int, str]]:
    return (n, f"with_{what}"), (total, "total")


def _sources(result: StudyResult) -> Said:
    written, parameters = result[MODEL_CHECKS].written, result[PARAMETERS].parameters
    n = fact(str(written.n_with_source), NAME, "constants", "with_source")
    total = fact(str(written.n_constants), NAME, "constants", "total")
    ranges = sum(bool(each.source) for each in parameters)
    assumed = fact(str(written.n_assumed), NAME, "constants", "assumed")
    own = f" ({assumed} of them assumed)" if written.n_assumed else ""
    how = (
        f"{n} of {total} constants say where they are from{own}, and {ranges} of {len(parameters)} ranges of estimates"
    )
    return counted(written.n_with_source + ranges, written.n_constants + len(parameters), how, SOUND)


def _source_file(result: StudyResult) -> Said:
    return Said("done", f"{result.model.file}, {plain(result.model.format)}", REPEAT)


OF_MODEL = (
    Point("Every equation and rule that a run needs", "minimum", _equations),
    Point("Values of parameters, and first values of stocks", "minimum", _values),
    Point("Units of all variables and parameters", "preferred", _units),
    Point("What each variable means", "preferred", _meanings),
    Point("Sources of equations and numbers", "preferred", _sources),
    Point("The model itself, in its own format", "preferred", _source_file),
)
