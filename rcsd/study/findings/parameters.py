"""Every estimated parameter with all that was assumed about it, for tables and figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rcsd.analysis.calibration import FitResult, inflation, slopes
from rcsd.analysis.parameters import Parameter, ParameterSpace, Prior
from rcsd.analysis.priors import FamilyPrior
from rcsd.study.file.prior_shape import PriorShape, prior_shape
from rcsd.study.findings.profiles import Uncertainty


@dataclass(frozen=True, slots=True)
class Strip:
    """Where a parameter's numbers lie between its bounds on the scale of the search: 0 on the lower, 1 on the upper.

    `error` and `prior` are both ends of one standard error around the estimate and of one standard deviation around the
    prior's centre, cut at the bounds; None where there is none.
    """

    estimate: float
    start: float
    error: tuple[float, float] | None
    prior: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class ParameterResult:
    """An estimated parameter with all that was assumed about it.

    Attributes
    ----------
    estimate, lower, upper, start
        Natural scale; `start` is where the first descent began: the study's own starting value, or the middle of the
        search interval.
    at_lower, at_upper
        The estimate lies on that bound.
    standard_error
        Gauss-Newton, natural scale; NaN on a bound or where undetermined.
    scale
        "linear", "log" or "logit": the scale of the search.
    prior
        (centre, standard deviation on the search scale) or None.
    family
        The prior in a few words where it is of a family on the natural scale, whose mode and deviation are then in
        `prior`; else empty.
    error_over_prior
        Standard deviation that the data leave over that of the prior, both on the search scale: near 1 the data have
        added nothing to the prior. Of the posterior with the estimated noise where the study examined it (see
        `Uncertainty`), else the standard error, not widened for a bad fit. None without a prior.
    strip
        The same numbers as shares of the way from bound to bound, for a figure.
    shape
        The prior between the bounds, flat without one.
    """

    name: str
    estimate: float
    lower: float
    upper: float
    start: float
    at_lower: bool
    at_upper: bool
    standard_error: float
    scale: str
    unit: str
    source: str
    documentation: str
    prior: tuple[float, float] | None
    family: str
    error_over_prior: float | None
    strip: Strip
    shape: PriorShape

    @property
    def on_bound(self) -> bool:
        """Whether the estimate lies on either bound."""
        return self.at_lower or self.at_upper


@dataclass(frozen=True, slots=True)
class Estimates:
    """The estimated parameters, in the order of the study file."""

    parameters: tuple[ParameterResult, ...]

    @property
    def n_on_bound(self) -> int:
        """How many estimates lie on a bound."""
        return sum(parameter.on_bound for parameter in self.parameters)


def estimates(fit: FitResult, parameters: Sequence[Parameter], known: Uncertainty | None) -> Estimates:
    """Every estimate; how far the data narrow a prior is told under the estimated noise, where that was examined."""
    n_residuals = fit.n_residuals + sum(parameter.prior is not None for parameter in parameters)
    n_free = int(np.sum(~(fit.at_lower | fit.at_upper)))
    widened = inflation(2 * fit.cost, n_residuals, n_free)
    found = (_parameter(fit, i, each, widened) for i, each in enumerate(parameters))
    if known is None:
        return Estimates(tuple(found))
    return Estimates(
        tuple(
            each if each.prior is None else replace(each, error_over_prior=known.error_over_prior[each.name])
            for each in found
        )
    )


def _parameter(fit: FitResult, i: int, parameter: Parameter, widened: float) -> ParameterResult:
    """One estimate with all that was assumed about it."""
    prior, estimate = parameter.searched_prior, float(fit.estimate[i])
    start = fit.starts[0].initial[parameter.name]
    deviation = float("nan") if fit.standard_error is None else float(fit.standard_error[i])
    searched = _on_search_scale(parameter, estimate, deviation)
    return ParameterResult(
        name=parameter.name,
        estimate=estimate,
        lower=parameter.lower,
        upper=parameter.upper,
        start=start,
        at_lower=bool(fit.at_lower[i]),
        at_upper=bool(fit.at_upper[i]),
        standard_error=deviation,
        scale=parameter.scale,
        unit=parameter.unit,
        source=parameter.source,
        documentation=parameter.documentation,
        prior=_stated(parameter),
        family=parameter.prior.words if isinstance(parameter.prior, FamilyPrior) else "",
        error_over_prior=None if prior is None else searched / widened / prior.sd,
        strip=Strip(
            estimate=parameter.position(estimate),
            start=parameter.position(start),
            error=_error_band(parameter, estimate, deviation),
            prior=parameter.prior_band(),
        ),
        shape=prior_shape(parameter),
    )


def _stated(parameter: Parameter) -> tuple[float, float] | None:
    """Centre of the prior, natural scale, and its standard deviation on the scale of the search."""
    if isinstance(parameter.prior, Prior):
        return parameter.prior.centre, parameter.prior.sd
    prior = parameter.searched_prior
    return None if prior is None else (float(parameter.from_search(prior.centre)), prior.sd)


def _on_search_scale(parameter: Parameter, estimate: float, deviation: float) -> float:
    """Take a standard deviation to the scale on which priors are stated (delta method)."""
    return deviation / float(slopes(ParameterSpace((parameter,)), np.array([estimate]))[0])


def _error_band(parameter: Parameter, estimate: float, deviation: float) -> tuple[float, float] | None:
    """Positions of one standard error to either side of the estimate, cut at the bounds; None without an error."""
    if not math.isfinite(deviation):
        return None
    low, high = np.clip([estimate - deviation, estimate + deviation], parameter.lower, parameter.upper)
    return parameter.position(float(low)), parameter.position(float(high))
