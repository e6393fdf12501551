"""The five parameters of the co-evolution model."""

from __future__ import annotations

from dataclasses import dataclass, fields

from rcsd.errors import ParameterError
from rcsd.papers.rules import finite, positive, within

LARGEST_EXPONENT = 20.0
"""Rates grow as the exponential of alpha + beta x and of lambda x; beyond this they mean nothing and overflow."""


@dataclass(frozen=True, slots=True)
class CoevolutionParameters:
    """Parameters of Liu and Zhang's eqs 14 and 17, with the values of the worked example.

    Attributes
    ----------
    nu : float
        Pace at which units of input move, 1/Year, above zero.
    beta : float
        Coordination factor: how strongly inputs attract inputs of their kind, Dmnl, 0 to 20.
    omega : float
        Flexibility of the preference, 1/Year, zero or more; at zero alpha keeps its value.
    alpha0 : float
        Range of the interconversion factor alpha, Dmnl, 0 to 20.
    lam : float
        Lambda, the speed at which alpha answers to x, Dmnl, 0 to 20.

    Raises
    ------
    ParameterError
        When a rule above is broken; the message names the parameter.
    """

    nu: float = 0.15
    beta: float = 1.1
    omega: float = 0.08
    alpha0: float = 0.5
    lam: float = 2.5

    def __post_init__(self) -> None:
        """Check every rule of the class."""
        positive("nu", self.nu)
        if finite("omega", self.omega) < 0:
            raise ParameterError(f"omega must be zero or more; got {self.omega!r}", field="omega")
        within("beta", self.beta, 0, LARGEST_EXPONENT)
        within("alpha0", self.alpha0, 0, LARGEST_EXPONENT)
        within("lambda", self.lam, 0, LARGEST_EXPONENT)

    @property
    def ratio(self) -> float:
        """Flexibility over pace, omega/nu."""
        return self.omega / self.nu

    def to_dict(self) -> dict[str, float]:
        """Return the parameters under the paper's names."""
        named = {field.name: float(getattr(self, field.name)) for field in fields(self)}
        return {"lambda" if name == "lam" else name: value for name, value in named.items()}


def moving_omega(parameters: CoevolutionParameters) -> float:
    """Return omega where alpha moves.

    Raises
    ------
    ParameterError
        When omega is zero: alpha then is a constant, and every point of the curve x = tanh(alpha + beta x) is at rest.
    """
    if parameters.omega == 0:
        raise ParameterError(
            "omega must be above zero here: with omega = 0 alpha never moves; take the fixed points at a given alpha",
            field="omega",
        )
    return parameters.omega


def checked_alpha(alpha: object) -> float:
    """Return a value of alpha of which the exponential can be taken.

    Raises
    ------
    ParameterError
        When it is no number between -20 and 20.
    """
    return within("alpha", alpha, -LARGEST_EXPONENT, LARGEST_EXPONENT)
