"""What was estimated, what was set, and from where."""

import math

from rcsd.calibration import HARDLY
from rcsd.report.tables.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import NO_BREAK, fixed, measured, number
from rcsd.study.inputs import ConstantResult
from rcsd.study.result import ParameterResult, StudyResult
from rcsd.study.uncertainty import Uncertainty


def parameter_table(result: StudyResult) -> Table:
    """One row per estimated parameter."""
    return Table(
        caption=f"Estimated parameters ({len(result.parameters)}; {result.n_on_bound} on a bound)",
        columns=(
            *words("Parameter"),
            *numbers("Estimate", "Std. error", "Lower", "Upper", "Start"),
            *words("On bound", "Unit", "Scale", "Prior", "Sd over prior sd", "Source"),
        ),
        rows=tuple(_parameter_row(parameter, result.uncertainty) for parameter in result.parameters),
        note="Standard errors are Gauss–Newton ones at the estimate, absent on a bound. Start: where the "
        "first descent began. A prior is normal on the search scale: centre, and standard deviation on that scale. "
        f"{_learning(result)}",
    )


def _learning(result: StudyResult) -> str:
    """Say what the last but one column means: how far the data narrow a prior, and what is called the prior's."""
    if result.uncertainty is None:
        return (
            "Sd over prior sd: the standard error, not widened for a bad fit, over the prior's standard deviation; "
            f"above {HARDLY:g} the data have added next to nothing, and the estimate is the prior's."
        )
    return (
        "Sd over prior sd: of the posterior, under the estimated noise, over that of the prior; “prior's” marks what "
        "the prior determines, by the profiles below."
    )


def _parameter_row(parameter: ParameterResult, known: Uncertainty | None) -> tuple[Cell, ...]:
    bound = ("lower" if parameter.at_lower else "upper") if parameter.on_bound else ""
    prior = "flat"
    if parameter.prior is not None:
        centre, deviation = parameter.prior
        prior = f"{number(centre)}, sd {number(deviation)}".replace(" ", NO_BREAK)
    mark = "alert" if bound else ""
    return (
        Cell(parameter.name),
        Cell(measured(parameter.estimate), mark),
        *cells(number(parameter.standard_error, 2), number(parameter.lower), number(parameter.upper)),
        Cell(number(parameter.start)),
        Cell(bound or "no", mark),
        *cells(parameter.unit, parameter.scale, prior),
        _learnt(parameter, known),
        Cell(parameter.source),
    )


def _learnt(parameter: ParameterResult, known: Uncertainty | None) -> Cell:
    """Say how much narrower the data have made a parameter than its prior."""
    ratio = parameter.error_over_prior
    carried = (
        ratio is not None and ratio > HARDLY
        if known is None
        else known.verdicts[parameter.name] in {"prior", "nothing"}
    )
    text = "" if ratio is None or math.isnan(ratio) else fixed(ratio, 2)
    return Cell(f"{text}, prior's".removeprefix(", "), "alert") if carried else Cell(text)


def constant_table(result: StudyResult) -> Table:
    """One row per constant that the study sets without estimating it."""
    return Table(
        caption="Constants set, not estimated",
        columns=(*words("Constant"), *numbers("Value"), *words("Unit", "From", "Flags of that cell", "Source")),
        rows=tuple(_constant_row(constant) for constant in result.constants),
        note="From: the cell of the data, or the study itself, which then gives the reason. Every other constant keeps "
        "the model's own value.",
    )


def _constant_row(constant: ConstantResult) -> tuple[Cell, ...]:
    return (
        Cell(constant.name),
        *cells(number(constant.value), constant.unit, constant.origin),
        Cell(", ".join(constant.flags), "code" if constant.flags else ""),
        Cell(constant.source or "as the series"),
    )
