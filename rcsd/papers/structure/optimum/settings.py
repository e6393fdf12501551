"""The numbers that make a programme out of a table, each with unit, range and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from rcsd.errors import ParameterError

Scope = Literal["each", "joint"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a programme.

    Attributes
    ----------
    value : float
        As used.
    unit : str
        Its unit.
    lower, upper : float
        Range in which it may be varied.
    source : str
        Where it comes from, or why it is assumed.
    """

    value: float
    unit: str
    lower: float
    upper: float
    source: str

    def __post_init__(self) -> None:
        """Check the range.

        Raises
        ------
        ParameterError
            When the value lies outside of it.
        """
        if not self.lower <= self.value <= self.upper:
            raise ParameterError(
                f"{self.value:g} lies outside its range, {self.lower:g} to {self.upper:g}: correct one of them"
            )

    @property
    def assumed(self) -> bool:
        """Whether the source says so."""
        return "assumed" in self.source


@dataclass(frozen=True, slots=True)
class Bounds:
    """Least and most output of a sector at the horizon, times its actual output; None takes the rule for all."""

    lower: Number | None = None
    upper: Number | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Settings:
    """What turns a table into the programme of Peng and Ji (eqs 10-17).

    Attributes
    ----------
    resource : str
        Name of the resource whose use is minimised, such as coal.
    resource_sector : str
        Code of the resource industry.
    agriculture : str
        Code of the sector whose bounds are those of eq 16, or empty.
    horizon : Number
        Years until the optimal structure is reached.
    consumption, formation, outflow : Number
        Share of the actual consumption, capital formation and out-flow that output must still serve (Y of eq 14).
    ceiling : Number
        L of eq 15 over the actual share of output, for sectors without one of their own.
    ceilings : mapping of str to Number
        The same by code of the sector.
    shrink, grow : Number
        Least and most output at the horizon over the actual output, for sectors without bounds of their own.
    bounds : mapping of str to Bounds
        The same by code; eq 16 for agriculture.
    limit : Number
        W of eq 17 over the actual use of the resource.
    scope : {"each", "joint"}
        Whether every region has a limit of its own, or all share one.
    weight : Number
        Weight of value added in the compromise; the resource has the rest.
    coefficients : mapping of str to float, optional
        Use of the resource a unit of output, by ``region:code`` or by code for all regions; the table's own row of
        `resource_sector` if left out.
    resource_unit : str
        Unit of the use; the table's if empty.
    """

    resource: str
    resource_sector: str
    agriculture: str
    horizon: Number
    consumption: Number
    formation: Number
    outflow: Number
    ceiling: Number
    shrink: Number
    grow: Number
    limit: Number
    weight: Number
    ceilings: Mapping[str, Number] = field(default_factory=dict)
    bounds: Mapping[str, Bounds] = field(default_factory=dict)
    scope: Scope = "each"
    coefficients: Mapping[str, float] | None = None
    resource_unit: str = ""

    @property
    def numbers(self) -> dict[str, Number]:
        """Every number by its dotted name, as in the file."""
        found = {
            "horizon": self.horizon,
            "demand.consumption": self.consumption,
            "demand.formation": self.formation,
            "demand.outflow": self.outflow,
            "ceilings.others": self.ceiling,
            **{f"ceilings.{code}": number for code, number in self.ceilings.items()},
            "growth.lower": self.shrink,
            "growth.upper": self.grow,
        }
        for code, bounds in self.bounds.items():
            for end in ("lower", "upper"):
                number = getattr(bounds, end)
                if number is not None:
                    found[f"bounds.{code}.{end}"] = number
        return found | {"limit": self.limit, "weight": self.weight}

    def with_value(self, name: str, value: float) -> Settings:
        """Return the settings with another value of one number, named as in `numbers`.

        Raises
        ------
        ParameterError
            When there is no such number, or the value lies outside its range.
        """
        known = self.numbers
        if name not in known:
            raise ParameterError(f"there is no number {name!r}; there are {', '.join(known)}", field=name)
        try:
            number = replace(known[name], value=value)
        except ParameterError as error:
            raise ParameterError(f"{name}: {error}", field=name) from None
        section, _, rest = name.partition(".")
        if section == "ceilings" and rest != "others":
            return replace(self, ceilings={**self.ceilings, rest: number})
        if section == "bounds":
            code, _, end = rest.rpartition(".")
            own = self.bounds[code]
            changed = replace(own, lower=number) if end == "lower" else replace(own, upper=number)
            return replace(self, bounds={**self.bounds, code: changed})
        fields = {"ceilings.others": "ceiling", "growth.lower": "shrink", "growth.upper": "grow"}
        changes = {fields.get(name, rest or section): number}
        return replace(self, **changes)  # type: ignore[arg-type]
