"""A prior as it is stated."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from rcsd.analysis.priors.families import FAMILIES, Family
from rcsd.errors import ParameterError
from rcsd.names import near_matches


@dataclass(frozen=True, slots=True)
class Prior:
    """A normal prior on the search scale.

    Attributes
    ----------
    centre : float
        Mode, on the parameter's natural scale, within its bounds.
    sd : float
        Standard deviation on the search scale, > 0: for a log scale 0.3 is about 30 per cent.
    until : int or None
        Last year of the data that the prior rests on; None when it rests on none of a study's years.
    """

    centre: float
    sd: float
    until: int | None = None


@dataclass(frozen=True, slots=True)
class FamilyPrior:
    """A prior of a common family on the natural scale, cut at the parameter's bounds.

    Attributes
    ----------
    family : str
        One of `rcsd.analysis.priors.FAMILIES`.
    numbers : tuple of float
        What it states, in the order of the family's `keys`.
    until : int or None
        As of `Prior`.

    Raises
    ------
    ParameterError
        For an unknown family, or numbers that make no distribution.

    Examples
    --------
    >>> FamilyPrior.of("gamma", shape=2.0, scale=0.5)
    FamilyPrior(family='gamma', numbers=(2.0, 0.5), until=None)
    """

    family: str
    numbers: tuple[float, ...]
    until: int | None = None

    def __post_init__(self) -> None:
        """Check every rule of the class."""
        if self.family not in FAMILIES:
            hint = near_matches(self.family, FAMILIES) or f"there are {', '.join(FAMILIES)}"
            raise ParameterError(f"there is no family of priors {self.family!r}; {hint}", field="family")
        if len(self.numbers) != len(self.kind.keys):
            raise ParameterError(
                f"a prior of the family {self.family} states {' and '.join(self.kind.keys)}; got {self.numbers}",
                field="family",
            )
        for key, value in self.values.items():
            if not math.isfinite(value) or (key in self.kind.positive and value <= 0):
                rule = "finite and above 0" if key in self.kind.positive else "finite"
                raise ParameterError(f"`{key}` of a {self.family} prior must be {rule}, found {value!r}", field=key)
        order = [self.values[key] for key in ("low", "mode", "high") if key in self.values]
        if order and (order != sorted(order) or order[0] == order[-1]):
            keys = " <= ".join(self.kind.keys)
            raise ParameterError(f"a {self.family} prior needs {keys}, low < high; found {order}", field="low")

    @classmethod
    def of(cls, family: str, *, until: int | None = None, **values: float) -> FamilyPrior:
        """Make a prior of what it states by name.

        Raises
        ------
        ParameterError
            For a name that the family does not have, or one that is missing.
        """
        keys = FAMILIES[family].keys if family in FAMILIES else tuple(values)
        if set(keys) != set(values):
            raise ParameterError(
                f"a prior of the family {family} states {', '.join(f'`{key}`' for key in keys)}; found "
                f"{', '.join(f'`{key}`' for key in values) or 'nothing'}",
                field="family",
            )
        return cls(family, tuple(float(values[key]) for key in keys), until)

    @property
    def kind(self) -> Family:
        """The family."""
        return FAMILIES[self.family]

    @property
    def values(self) -> Mapping[str, float]:
        """What it states, by name."""
        return dict(zip(self.kind.keys, self.numbers, strict=True))

    @property
    def support(self) -> tuple[float, float]:
        """The ends between which there is density."""
        return self.kind.support(self.values)

    @property
    def words(self) -> str:
        """The prior in a few words, such as "gamma, shape 2, scale 0.5"."""
        return ", ".join([self.family, *(f"{key} {value:g}" for key, value in self.values.items())])


AnyPrior: TypeAlias = Prior | FamilyPrior
