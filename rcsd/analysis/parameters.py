"""What varies in a study: names, bounds, search scales and priors."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.priors import AnyPrior, FamilyOnSearch, FamilyPrior, NormalOnSearch, Prior, on_search
from rcsd.analysis.scales import Scale, off_scale, on_scale
from rcsd.errors import ParameterError

__all__ = ["FamilyPrior", "Parameter", "ParameterSpace", "Prior", "SampleMethod", "Scale", "on_scale"]

SampleMethod = Literal["sobol", "latin-hypercube"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One uncertain constant of a model.

    Attributes
    ----------
    name : str
        The constant's name in the model.
    lower, upper : float
        Bounds on the natural scale, in `unit`; lower < upper.
    unit, source : str
        Unit of the bounds, and where the range comes from.
    scale : {"linear", "log", "logit"}
        The scale on which it is searched; "log" needs lower > 0, "logit" 0 < lower < upper < 1.
    start : float or None
        First guess, natural scale; the middle of the search interval when None.
    prior : Prior, FamilyPrior or None
        A prior that is flat on the search scale between the bounds when None.
    documentation : str
        What the parameter means.

    Raises
    ------
    ParameterError
        When a rule above is broken; the message names the parameter.
    """

    name: str
    lower: float
    upper: float
    unit: str
    source: str
    scale: Scale = "linear"
    start: float | None = None
    prior: AnyPrior | None = None
    documentation: str = ""

    def __post_init__(self) -> None:
        """Check every rule of the class."""
        self._check_bounds()
        if self.start is not None and not self.lower <= self.start <= self.upper:
            raise ParameterError(
                f"parameter {self.name!r}: start {self.start!r} lies outside its bounds "
                f"[{self.lower!r}, {self.upper!r}]; move the start or widen the bounds"
            )
        if isinstance(self.prior, Prior):
            self._check_prior(self.prior)
        elif self.prior is not None:
            self._check_family(self.prior)

    def _check_bounds(self) -> None:
        bounds = f"lower {self.lower!r}, upper {self.upper!r}"
        if not (math.isfinite(self.lower) and math.isfinite(self.upper)):
            raise ParameterError(f"parameter {self.name!r}: bounds must be finite; got {bounds}")
        if self.lower >= self.upper:
            raise ParameterError(f"parameter {self.name!r}: lower must be below upper; got {bounds}")
        if self.scale not in ("linear", "log", "logit"):
            raise ParameterError(
                f"parameter {self.name!r}: scale {self.scale!r} is unknown; use 'linear', 'log' or 'logit'"
            )
        if self.scale == "log" and self.lower <= 0:
            raise ParameterError(
                f"parameter {self.name!r}: a log scale needs lower > 0; got {bounds}; raise lower or use scale 'linear'"
            )
        if self.scale == "logit" and not 0 < self.lower < self.upper < 1:
            raise ParameterError(
                f"parameter {self.name!r}: a logit scale needs 0 < lower < upper < 1; "
                f"got {bounds}; narrow the bounds or use scale 'linear'"
            )

    def _check_prior(self, prior: Prior) -> None:
        if not (math.isfinite(prior.sd) and prior.sd > 0):
            raise ParameterError(f"parameter {self.name!r}: the prior's sd must be finite and > 0; got {prior.sd!r}")
        inside = {"linear": True, "log": prior.centre > 0, "logit": 0 < prior.centre < 1}
        if not (math.isfinite(prior.centre) and inside[self.scale]):
            raise ParameterError(
                f"parameter {self.name!r}: the prior's centre {prior.centre!r} has no place on "
                f"its {self.scale} scale; move the centre or change the scale",
                field="prior.centre",
            )
        if not self.lower <= prior.centre <= self.upper:
            raise ParameterError(
                f"parameter {self.name!r}: the prior's centre {prior.centre!r} lies outside the bounds "
                f"[{self.lower!r}, {self.upper!r}], where no estimate can go; move the centre or widen the bounds",
                field="prior.centre",
            )

    def _check_family(self, prior: FamilyPrior) -> None:
        try:
            on_search(prior, self.scale, self.lower, self.upper)
        except ParameterError as error:
            raise ParameterError(f"parameter {self.name!r}: {error}", field=error.field) from None

    @property
    def searched_prior(self) -> NormalOnSearch | FamilyOnSearch | None:
        """The prior on the scale of the search, cut at the bounds; None without one."""
        return None if self.prior is None else on_search(self.prior, self.scale, self.lower, self.upper)

    def known_by(self, year: int) -> Parameter:
        """Return the parameter with a weak prior in place of one that rests on data after a year."""
        if self.prior is None or self.prior.until is None or self.prior.until <= year:
            return self
        low, high = self.search_bounds
        return replace(self, prior=Prior(float(self.from_search((low + high) / 2)), (high - low) / 4))

    def position(self, value: float) -> float:
        """Say where a natural value lies between the bounds on the search scale: 0 on the lower, 1 on the upper."""
        return self._share(float(self.to_search(value)))

    def prior_band(self) -> tuple[float, float] | None:
        """Positions of one standard deviation to either side of the prior's centre, cut at the bounds.

        Of a family on the natural scale: of its central 68 per cent.
        """
        prior = self.searched_prior
        if prior is None:
            return None
        low, high = map(self._share, prior.band)
        return max(low, 0.0), min(high, 1.0)

    def _share(self, search: float) -> float:
        low, high = self.search_bounds
        return (search - low) / (high - low)

    @property
    def search_bounds(self) -> tuple[float, float]:
        """Lower and upper bound on the search scale."""
        low, high = self.to_search(np.array([self.lower, self.upper]))
        return float(low), float(high)

    def to_search(self, value: ArrayLike) -> NDArray[np.float64]:
        """Take natural values, of any shape, to the search scale."""
        return on_scale(value, self.scale)

    def from_search(self, z: ArrayLike) -> NDArray[np.float64]:
        """Take values on the search scale, of any shape, back to the natural scale."""
        return off_scale(z, self.scale)


@dataclass(frozen=True, slots=True)
class ParameterSpace:
    """The parameters of a study, in a fixed order.

    Attributes
    ----------
    parameters : tuple of Parameter
        Names must differ.

    Raises
    ------
    ParameterError
        When two parameters have one name.
    """

    parameters: tuple[Parameter, ...]

    def __post_init__(self) -> None:
        """Refuse two parameters of one name."""
        twice = [name for name, count in Counter(self.names).items() if count > 1]
        if twice:
            raise ParameterError(f"parameters named more than once: {', '.join(twice)}")

    def known_by(self, year: int) -> ParameterSpace:
        """Return the same parameters as somebody would have stated them at the end of a year.

        A prior that rests on later data gives way to a weak one: the middle of the search interval, give or take a
        quarter of it.
        """
        return ParameterSpace(tuple(parameter.known_by(year) for parameter in self.parameters))

    @property
    def names(self) -> tuple[str, ...]:
        """Names, in order."""
        return tuple(parameter.name for parameter in self.parameters)

    @property
    def n(self) -> int:
        """How many parameters there are."""
        return len(self.parameters)

    @property
    def lower(self) -> NDArray[np.float64]:
        """Lower bounds on the search scale, shape (n,)."""
        return np.array([p.search_bounds[0] for p in self.parameters], dtype=np.float64)

    @property
    def upper(self) -> NDArray[np.float64]:
        """Upper bounds on the search scale, shape (n,)."""
        return np.array([p.search_bounds[1] for p in self.parameters], dtype=np.float64)

    def to_search(self, rows: ArrayLike) -> NDArray[np.float64]:
        """Take natural values of shape (..., n) to the search scale."""
        natural = self._rows(rows)
        search = np.empty_like(natural)
        for i, parameter in enumerate(self.parameters):
            search[..., i] = parameter.to_search(natural[..., i])
        return search

    def from_search(self, rows: ArrayLike) -> NDArray[np.float64]:
        """Take values on the search scale, shape (..., n), back to the natural scale."""
        search = self._rows(rows)
        natural = np.empty_like(search)
        for i, parameter in enumerate(self.parameters):
            natural[..., i] = parameter.from_search(search[..., i])
        return natural

    def _rows(self, rows: ArrayLike) -> NDArray[np.float64]:
        array = np.asarray(rows, dtype=np.float64)
        if array.ndim == 0 or array.shape[-1] != self.n:
            raise ParameterError(
                f"an array of shape {array.shape} does not match {self.n} parameters; "
                "its last axis must run over the parameters"
            )
        return array

    def sample(self, n: int, *, rng: np.random.Generator, method: SampleMethod = "sobol") -> NDArray[np.float64]:
        """Draw points that fill the bounds evenly on the search scale.

        Parameters
        ----------
        n : int
            Number of points, >= 1.
        rng : numpy.random.Generator
            Source of the scrambling: the same state gives the same points.
        method : {"sobol", "latin-hypercube"}
            Scrambled Sobol sequence, or a Latin hypercube.

        Returns
        -------
        NDArray, shape (n, n parameters)
            Natural scale, within the bounds.

        Raises
        ------
        ParameterError
            For an unknown method or n < 1.
        """
        if n < 1:
            raise ParameterError(f"a sample needs at least one point; got n = {n}")
        if method not in ("sobol", "latin-hypercube"):
            raise ParameterError(f"sampling method {method!r} is unknown; use 'sobol' or 'latin-hypercube'")
        if self.n == 0:
            return np.empty((n, 0))
        unit = self._unit_sample(n, rng, method)
        natural = self.from_search(self.lower + unit * (self.upper - self.lower))
        # exp(log(bound)) may step over a bound by one rounding
        return np.clip(natural, [p.lower for p in self.parameters], [p.upper for p in self.parameters])

    def _unit_sample(self, n: int, rng: np.random.Generator, method: SampleMethod) -> NDArray[np.float64]:
        from scipy.stats import qmc  # noqa: PLC0415 - slow to import, needed here alone

        if method == "latin-hypercube":
            return np.asarray(qmc.LatinHypercube(self.n, rng=rng).random(n))
        # a Sobol sequence keeps its balance only over a power of two: draw that many, keep n
        whole = qmc.Sobol(self.n, scramble=True, rng=rng).random_base2((n - 1).bit_length())
        return np.asarray(whole[:n])

    def prior_residuals(self, z: ArrayLike) -> NDArray[np.float64]:
        """Return (z - z_centre) / sd for each parameter with a normal prior, and the signed root of others' deviance.

        Parameters
        ----------
        z : array_like, shape (..., n)
            Point or points on the search scale.

        Returns
        -------
        NDArray, shape (..., parameters with a prior)
            In the order of the parameters; minus half the sum of their squares is the log density of the priors, up to
            a constant.
        """
        search = self._rows(z)
        residuals = [
            prior.residual(search[..., i])
            for i, parameter in enumerate(self.parameters)
            if (prior := parameter.searched_prior) is not None
        ]
        if not residuals:
            return np.empty((*search.shape[:-1], 0))
        return np.stack(residuals, axis=-1)

    @property
    def n_priors(self) -> int:
        """How many parameters have a prior."""
        return sum(parameter.prior is not None for parameter in self.parameters)

    @property
    def families(self) -> tuple[tuple[int, int, FamilyOnSearch], ...]:
        """Priors that are no normal ones on the search scale: numbers of the parameter and among the priors, prior."""
        found, row = [], 0
        for column, parameter in enumerate(self.parameters):
            prior = parameter.searched_prior
            if isinstance(prior, FamilyOnSearch):
                found.append((column, row, prior))
            row += prior is not None
        return tuple(found)

    def on_bound(self, values: ArrayLike, tolerance: float = 1e-3) -> NDArray[np.bool_]:
        """Say which values lie on one of their bounds.

        Parameters
        ----------
        values : array_like, shape (..., n)
            Natural scale.
        tolerance : float
            Share of the search interval that still counts as "on the bound".

        Returns
        -------
        NDArray of bool, shape (..., n)
        """
        search = self.to_search(values)
        margin = tolerance * (self.upper - self.lower)
        return np.asarray((search <= self.lower + margin) | (search >= self.upper - margin), dtype=np.bool_)
