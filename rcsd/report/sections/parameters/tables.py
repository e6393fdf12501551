"""What was estimated, what was set, and from where."""

from collections.abc import Mapping

from rcsd.analysis.calibration import HARDLY
from rcsd.report.sections.uncertainty.tables import determined_by, prior_words
from rcsd.report.sections.uncertainty.words import reservation
from rcsd.report.series_facts import told
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import MISSING, fixed, measured, number
from rcsd.study.file.inputs import ConstantResult
from rcsd.study.findings.parameters import ParameterResult
from rcsd.study.findings.posterior import Sampled
from rcsd.study.findings.profiles import Uncertainty
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.parameters import PARAMETERS
from rcsd.study.steps.posterior import POSTERIOR
from rcsd.study.steps.profiles import PROFILES


def parameter_table(result: StudyResult) -> Table:
    """One row per estimated parameter, with the deviation of its posterior where there is one."""
    deviations, found = _deviations(result.get(POSTERIOR)), result[PARAMETERS]
    return Table(
        caption=f"Estimated parameters ({len(found.parameters)}; {found.n_on_bound} on a bound)",
        columns=(
            *words("Parameter"),
            *numbers("Estimate", *(["Posterior sd"] if deviations else [])),
            *words("Determined by", "On bound", "Prior"),
            *numbers("Sd over prior sd", "Std. error, least squares", "Lower", "Upper", "Start"),
            *words("Scale", "Unit", "Source"),
        ),
        rows=tuple(
            _parameter_row(parameter, result.get(PROFILES), deviations) for parameter in result[PARAMETERS].parameters
        ),
        note=f"{reservation(result.get(POSTERIOR))}A prior without a family is normal on the search scale: centre, and "
        "standard deviation on that scale; a named family is a density of the value itself, cut at the bounds. "
        f"{_learning(result)} Standard errors are Gauss–Newton ones at the estimate, absent on a bound, and widened by "
        "the root of χ² per degree of freedom where the fit misses the data by more than the stated errors. Start: "
        "where the first descent began.",
        folded=result.get(PROFILES) is not None,
    )


def _deviations(sampled: Sampled | None) -> dict[str, float]:
    """Deviations of the draws by parameter; empty where there are none."""
    if sampled is None or sampled.posterior is None:
        return {}
    return dict(zip(sampled.posterior.draws.names, sampled.posterior.deviations().tolist(), strict=True))


def _learning(result: StudyResult) -> str:
    """Say what determines a parameter, and how far the data narrow a prior."""
    if result.get(PROFILES) is None:
        return (
            "Sd over prior sd: the standard error, not widened for a bad fit, over the prior's standard deviation; "
            f"above {HARDLY:g} the data have added next to nothing, and the prior determines the estimate."
        )
    return (
        "Determined by: what the profiles say. Sd over prior sd: of the posterior at its peak, under the "
        "estimated noise, over that of the prior."
    )


def _parameter_row(
    parameter: ParameterResult, known: Uncertainty | None, deviations: Mapping[str, float]
) -> tuple[Cell, ...]:
    bound = ("lower" if parameter.at_lower else "upper") if parameter.on_bound else ""
    mark = "alert" if bound else ""
    return (
        Cell(parameter.name),
        Cell(told(measured(parameter.estimate), "parameters", parameter.name, "estimate"), mark),
        *([Cell(measured(deviations[parameter.name], 2))] if deviations else []),
        _determined(parameter, known),
        Cell(bound or "no", mark),
        *cells(prior_words(parameter), fixed(parameter.error_over_prior, 2), number(parameter.standard_error, 2)),
        *cells(number(parameter.lower), number(parameter.upper), number(parameter.start)),
        *cells(parameter.scale, parameter.unit, parameter.source),
    )


def _determined(parameter: ParameterResult, known: Uncertainty | None) -> Cell:
    """Say what determines a parameter; without profiles only whether the data have hardly narrowed its prior."""
    if known is not None:
        return determined_by(known, parameter.name)
    carried = parameter.error_over_prior is not None and parameter.error_over_prior > HARDLY
    return Cell("prior", "alert") if carried else Cell(MISSING)


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
