"""What was estimated, what was set, and from where."""

import math

from rcsd.report.tables.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import NO_BREAK, measured, number
from rcsd.study.inputs import ConstantResult
from rcsd.study.result import ParameterResult, StudyResult

CARRIED = 0.9
"""Standard error over the prior's standard deviation from which on an estimate is called the prior's."""


def parameter_table(result: StudyResult) -> Table:
    """One row per estimated parameter."""
    return Table(
        caption=f"Estimated parameters ({len(result.parameters)}; {result.n_on_bound} on a bound)",
        columns=(
            *words("Parameter"),
            *numbers("Estimate", "Std. error", "Lower", "Upper", "Start"),
            *words("On bound", "Unit", "Scale", "Prior", "Error over prior", "Source"),
        ),
        rows=tuple(_parameter_row(parameter) for parameter in result.parameters),
        note="Standard errors are Gauss–Newton ones at the estimate, absent on a bound. Start: where the "
        "first descent began. A prior is normal on the search scale: centre, and standard deviation on that scale. "
        "Error over prior: the error, not widened for a bad fit, over the prior's; above "
        f"{CARRIED:g} the data have added next to nothing, and the estimate is the prior's.",
    )


def _parameter_row(parameter: ParameterResult) -> tuple[Cell, ...]:
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
        _learnt(parameter.error_over_prior),
        Cell(parameter.source),
    )


def _learnt(ratio: float | None) -> Cell:
    """Say how much narrower the data have made a parameter than its prior."""
    if ratio is None or math.isnan(ratio):
        return Cell("")
    return Cell(f"{number(ratio, 2)}, prior's", "alert") if ratio > CARRIED else Cell(number(ratio, 2))


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
