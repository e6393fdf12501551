"""What is estimated of the errors of a series: a number, the scale on which it is sought, and its prior."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit

CORRELATION_SPAN = 4.0
"""Of the inverse hyperbolic tangent of an autocorrelation: beyond 0.9993 nothing is looked for."""


class Coordinate(Protocol):
    """A number that is estimated with the parameters.

    Attributes
    ----------
    name, label
        Of its natural value ("scale"), and of what a posterior's point holds ("ln scale").
    start
        Natural value to begin with.
    lower, upper
        Bounds on the scale of the posterior's point; infinite where there are none.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - see the class

    @property
    def label(self) -> str: ...  # noqa: D102

    @property
    def start(self) -> float: ...  # noqa: D102

    @property
    def lower(self) -> float: ...  # noqa: D102

    @property
    def upper(self) -> float: ...  # noqa: D102

    def natural(self, z: ArrayLike) -> NDArray[np.float64]:
        """Take values of a posterior's point, of any shape, to the natural scale."""

    def coordinate(self, value: ArrayLike) -> NDArray[np.float64]:
        """Take natural values, of any shape, to the scale of a posterior's point."""

    def log_prior(self, value: ArrayLike) -> NDArray[np.float64]:
        """Log density of the prior by the scale of the point, up to a constant, at natural values."""

    def draw(self, n: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """Draw from the prior, on the scale of the point and within the bounds, shape (n,)."""


@dataclass(frozen=True, slots=True)
class LogNormal:
    """A positive number whose logarithm is normal, cut at `span` to either side of its centre.

    Attributes
    ----------
    name
        Of the number.
    centre, sd
        Median of the prior, natural scale, and standard deviation of the logarithm.
    span
        Half the width of what is looked at, on the scale of the logarithm.
    """

    name: str
    centre: float
    sd: float
    span: float = np.inf

    @property
    def label(self) -> str:
        """What a posterior's point holds."""
        return f"ln {self.name}"

    @property
    def start(self) -> float:
        """The prior's median."""
        return self.centre

    @property
    def lower(self) -> float:
        """Of the logarithm."""
        return float(np.log(self.centre) - self.span)

    @property
    def upper(self) -> float:
        """Of the logarithm."""
        return float(np.log(self.centre) + self.span)

    def natural(self, z: ArrayLike) -> NDArray[np.float64]:
        """Exponentiate."""
        return np.asarray(np.exp(z))

    def coordinate(self, value: ArrayLike) -> NDArray[np.float64]:
        """Take the logarithm."""
        return np.asarray(np.log(value))

    def log_prior(self, value: ArrayLike) -> NDArray[np.float64]:
        """Log density by the logarithm, up to a constant."""
        standard = (np.log(value) - np.log(self.centre)) / self.sd
        return np.asarray(-0.5 * standard**2)

    def draw(self, n: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """Draw logarithms; the few beyond the bounds are put on them."""
        return np.asarray(np.clip(np.log(self.centre) + self.sd * rng.standard_normal(n), self.lower, self.upper))


@dataclass(frozen=True, slots=True)
class LogitMemory:
    """A share between 0 and 1 whose logit is normal.

    Attributes
    ----------
    name
        Of the share.
    centre, sd
        Median of the prior, natural scale, and standard deviation of the logit.
    """

    name: str
    centre: float
    sd: float

    @property
    def label(self) -> str:
        """What a posterior's point holds."""
        return f"logit {self.name}"

    @property
    def start(self) -> float:
        """None at all: the stated errors are independent."""
        return 0.0

    @property
    def lower(self) -> float:
        """None."""
        return -np.inf

    @property
    def upper(self) -> float:
        """None."""
        return np.inf

    def natural(self, z: ArrayLike) -> NDArray[np.float64]:
        """Take logits to shares."""
        return np.asarray(expit(z))

    def coordinate(self, value: ArrayLike) -> NDArray[np.float64]:
        """Take shares to logits."""
        return np.asarray(logit(value))

    def log_prior(self, value: ArrayLike) -> NDArray[np.float64]:
        """Log density by the logit, up to a constant."""
        standard = (logit(value) - logit(self.centre)) / self.sd
        return np.asarray(-0.5 * standard**2)

    def draw(self, n: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """Draw logits."""
        return np.asarray(logit(self.centre) + self.sd * rng.standard_normal(n))


@dataclass(frozen=True, slots=True)
class Correlation:
    """An autocorrelation, uniform between -1 and 1; a point holds its inverse hyperbolic tangent (Fisher's z)."""

    name: str = "autocorrelation"
    start: float = 0.0
    lower: float = -CORRELATION_SPAN
    upper: float = CORRELATION_SPAN

    @property
    def label(self) -> str:
        """What a posterior's point holds."""
        return f"atanh {self.name}"

    def natural(self, z: ArrayLike) -> NDArray[np.float64]:
        """Take Fisher's z to autocorrelations."""
        return np.asarray(np.tanh(z))

    def coordinate(self, value: ArrayLike) -> NDArray[np.float64]:
        """Take autocorrelations to Fisher's z."""
        return np.asarray(np.arctanh(value))

    def log_prior(self, value: ArrayLike) -> NDArray[np.float64]:
        """Log density by Fisher's z: the derivative of the hyperbolic tangent."""
        return np.asarray(np.log1p(-(np.asarray(value) ** 2)))

    def draw(self, n: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """Draw Fisher's z."""
        most = np.tanh(self.upper)
        return np.asarray(np.arctanh(rng.uniform(-most, most, n)))


@dataclass(frozen=True, slots=True)
class LogGamma:
    """A positive number with a gamma prior, on a scale of logarithms, cut at bounds.

    Attributes
    ----------
    name
        Of the number.
    shape, rate
        Of the gamma distribution; shape 1 is an exponential one.
    start
        Natural value to begin with.
    least, most
        Natural values beyond which nothing is looked for.
    """

    name: str
    shape: float
    rate: float
    start: float
    least: float
    most: float

    @property
    def label(self) -> str:
        """What a posterior's point holds."""
        return f"ln {self.name}"

    @property
    def lower(self) -> float:
        """Of the logarithm."""
        return float(np.log(self.least))

    @property
    def upper(self) -> float:
        """Of the logarithm."""
        return float(np.log(self.most))

    def natural(self, z: ArrayLike) -> NDArray[np.float64]:
        """Exponentiate."""
        return np.asarray(np.exp(z))

    def coordinate(self, value: ArrayLike) -> NDArray[np.float64]:
        """Take the logarithm."""
        return np.asarray(np.log(value))

    def log_prior(self, value: ArrayLike) -> NDArray[np.float64]:
        """Log density by the logarithm, up to a constant."""
        return np.asarray(self.shape * np.log(value) - self.rate * np.asarray(value))

    def draw(self, n: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """Draw logarithms; the few beyond the bounds are put on them."""
        return np.asarray(np.clip(np.log(rng.gamma(self.shape, 1 / self.rate, n)), self.lower, self.upper))
