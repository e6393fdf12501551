"""What is known of each uncertain constant: a range, a prior, or a sample such as the draws of a posterior.

The inputs of a variance-based analysis are independent: a sample of several constants together is used one margin at a
time, and correlations between them are lost (Saltelli 2002 states the decomposition for independent inputs).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.parameters import Parameter, ParameterSpace
from rcsd.analysis.priors import FamilyOnSearch, FamilyPrior, NormalOnSearch
from rcsd.errors import ParameterError


class Marginal(Protocol):
    """The distribution of one constant."""

    @property
    def name(self) -> str:
        """Name of the constant."""
        ...

    @property
    def unit(self) -> str:
        """Unit of its values."""
        ...

    @property
    def words(self) -> str:
        """The distribution in a few words."""
        ...

    def quantile(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """Take shares of probability, in [0, 1] and of any shape, to values."""
        ...


@dataclass(frozen=True, slots=True)
class Uniform:
    """Uniform between the bounds of a parameter, on its own scale: a log scale makes the logarithm uniform."""

    parameter: Parameter

    @property
    def name(self) -> str:
        """Name of the constant."""
        return self.parameter.name

    @property
    def unit(self) -> str:
        """Unit of its values."""
        return self.parameter.unit

    @property
    def words(self) -> str:
        """The distribution in a few words."""
        scale = "" if self.parameter.scale == "linear" else f" on a {self.parameter.scale} scale"
        return f"uniform{scale} from {self.parameter.lower:g} to {self.parameter.upper:g}"

    def quantile(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """Take shares of probability to values."""
        low, high = self.parameter.search_bounds
        values = self.parameter.from_search(low + share * (high - low))
        # exp(log(bound)) may step over a bound by one rounding
        return np.clip(values, self.parameter.lower, self.parameter.upper)


@dataclass(frozen=True, slots=True)
class CutPrior:
    """The prior of a parameter, cut at its bounds.

    Raises
    ------
    ParameterError
        When the parameter has no prior.
    """

    parameter: Parameter

    def __post_init__(self) -> None:
        """Insist on a prior."""
        if self.parameter.prior is None:
            raise ParameterError(f"parameter {self.parameter.name!r} has no prior: take its bounds")

    @property
    def name(self) -> str:
        """Name of the constant."""
        return self.parameter.name

    @property
    def unit(self) -> str:
        """Unit of its values."""
        return self.parameter.unit

    @property
    def words(self) -> str:
        """The distribution in a few words."""
        prior, scale = self._prior.prior, self.parameter.scale
        on = "" if scale == "linear" else f" on a {scale} scale"
        said = (
            prior.words
            if isinstance(prior, FamilyPrior)
            else f"normal around {prior.centre:g} with sd {prior.sd:g}{on}"
        )
        return f"prior, {said}, cut at {self.parameter.lower:g} and {self.parameter.upper:g}"

    def quantile(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """Take shares of probability to values."""
        return self._prior.quantile(share)

    @property
    def _prior(self) -> NormalOnSearch | FamilyOnSearch:
        prior = self.parameter.searched_prior
        if prior is None:  # not reached: checked when made
            raise AssertionError
        return prior


@dataclass(frozen=True, slots=True, eq=False)
class Empirical:
    """The distribution of a sample: the inverse of its step function, so that only values of the sample occur.

    Attributes
    ----------
    name, unit : str
        The constant and the unit of its values.
    values : NDArray, shape (n,)
        The sample, finite and not all equal.

    Raises
    ------
    ParameterError
        For a sample that cannot vary anything.
    """

    name: str
    unit: str
    values: NDArray[np.float64]

    def __post_init__(self) -> None:
        """Refuse samples without a spread."""
        if self.values.ndim != 1 or self.values.size == 0 or not np.isfinite(self.values).all():
            raise ParameterError(f"parameter {self.name!r}: a sample is a list of finite numbers, one or more")
        if np.ptp(self.values) == 0:
            raise ParameterError(
                f"parameter {self.name!r}: all {self.values.size} values of the sample are {self.values[0]:g}; a "
                "constant that does not vary has no sensitivity: leave it out"
            )

    @property
    def words(self) -> str:
        """The distribution in a few words."""
        low, high = self.values.min(), self.values.max()
        return f"sample of {self.values.size} values from {low:g} to {high:g}"

    def quantile(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """Take shares of probability to values."""
        return np.asarray(np.quantile(self.values, share, method="inverted_cdf"), dtype=np.float64)


Inputs = ParameterSpace | Sequence[Marginal]
"""What varies: a parameter space stands for uniform marginals between its bounds."""


def from_samples(samples: Mapping[str, ArrayLike], units: Mapping[str, str] | None = None) -> tuple[Marginal, ...]:
    """Make empirical marginals of samples, such as the columns of a posterior.

    Parameters
    ----------
    samples : mapping of str to array_like, shape (n,)
        A sample of each constant; lengths may differ.
    units : mapping of str to str, optional
        Units of the constants.
    """
    return tuple(
        Empirical(name, (units or {}).get(name, ""), np.asarray(values, dtype=np.float64))
        for name, values in samples.items()
    )


def marginals_of(inputs: Inputs) -> tuple[Marginal, ...]:
    """Return the marginals of what varies.

    Raises
    ------
    ParameterError
        When nothing varies, or one name stands twice.
    """
    marginals: tuple[Marginal, ...]
    if isinstance(inputs, ParameterSpace):
        marginals = tuple(Uniform(parameter) for parameter in inputs.parameters)
    else:
        marginals = tuple(inputs)
    if not marginals:
        raise ParameterError("no parameter varies: name at least one constant and its range")
    twice = [name for name, count in Counter(marginal.name for marginal in marginals).items() if count > 1]
    if twice:
        raise ParameterError(f"parameters named more than once: {', '.join(twice)}")
    return marginals


def natural_rows(marginals: Sequence[Marginal], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take rows of the unit cube, shape (run, parameter), to values of the parameters."""
    return np.column_stack([marginal.quantile(shares[:, i]) for i, marginal in enumerate(marginals)])
