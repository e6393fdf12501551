"""From the ranges of a sensitivity analysis to distributions: uniform, the study's priors, or a posterior's marginals.

The inputs of the analysis are independent of one another. Marginals of a posterior therefore drop its correlations: two
parameters that the data tie together are varied as if they were not.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from rcsd.analysis.parameters import Parameter, ParameterSpace
from rcsd.analysis.sensitivity import CutPrior, Empirical, Marginal, Uniform
from rcsd.errors import ParameterError
from rcsd.names import canonical
from rcsd.study.file.study import Study

Distribution = Literal["bounds", "priors", "posterior"]

WORDS: Mapping[str, str] = {
    "bounds": "uniformly over their ranges",
    "priors": "over their priors, cut at their bounds, or uniformly over their ranges where they have none",
    "posterior": "over the posterior's draws, each parameter's by themselves, so that correlations between parameters "
    "are dropped, or uniformly over their ranges where the study estimates none",
}
"""How parameters vary, in words that follow "varied"."""


def marginals_by(study: Study, space: ParameterSpace, distribution: Distribution, draws: Path) -> tuple[Marginal, ...]:
    """Give every parameter of a space its distribution.

    Parameters
    ----------
    study : Study
        Whose estimated parameters a posterior is of.
    space : ParameterSpace
        What varies; a parameter whose range was given for the analysis keeps that range.
    distribution : {"bounds", "priors", "posterior"}
        What is asked for. A parameter that has no prior, or that the study does not estimate, is uniform over its range
        on its own scale.
    draws : Path
        Where the posterior lies.

    Raises
    ------
    ParameterError
        For a distribution that is none, or a posterior that cannot be read.
    """
    if distribution not in WORDS:
        raise ParameterError(
            f"distribution {distribution!r}: there is no such distribution; use {', '.join(map(repr, WORDS))}"
        )
    if distribution == "bounds":
        return tuple(map(Uniform, space.parameters))
    if distribution == "priors":
        return tuple(Uniform(each) if each.prior is None else CutPrior(each) for each in space.parameters)
    from rcsd.study.sobol.posterior import read_draws  # noqa: PLC0415 - imports pandas

    estimated = [each.name for each in space.parameters if _as_estimated(study, each)]
    found = read_draws(draws, estimated)
    return tuple(
        Empirical(each.name, each.unit, found[each.name]) if each.name in found else Uniform(each)
        for each in space.parameters
    )


def _as_estimated(study: Study, parameter: Parameter) -> bool:
    """Say whether the study estimates a parameter, between these very bounds."""
    bounds = {canonical(own.name): (own.lower, own.upper) for own in study.space.parameters}
    return bounds.get(canonical(parameter.name)) == (parameter.lower, parameter.upper)
