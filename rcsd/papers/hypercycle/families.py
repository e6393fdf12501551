"""Networks that depend on named numbers: the paper's modes and the pure cycle, as what a simulator varies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Protocol

from rcsd.errors import ParameterError
from rcsd.papers.hypercycle.modes import ModeParameters, checked_mode, mode_network
from rcsd.papers.hypercycle.network import CatalyticNetwork, pure_cycle
from rcsd.papers.rules import finite, within


class NetworkFamily(Protocol):
    """What builds a network from named numbers."""

    @property
    def name(self) -> str:
        """What the family is."""
        ...

    @property
    def constants(self) -> Mapping[str, float]:
        """The numbers and their defaults."""
        ...

    @property
    def units(self) -> Mapping[str, str]:
        """Their units."""
        ...

    def network(self, values: Mapping[str, float]) -> CatalyticNetwork:
        """Build the network of some numbers, all of them given.

        Raises
        ------
        ParameterError
            When one breaks its rule.
        """
        ...


@dataclass(frozen=True, slots=True)
class ModeFamily:
    """The networks of one of the paper's modes; its numbers are those of `ModeParameters`.

    Attributes
    ----------
    mode : str
        One of `MODES`.
    n_cities : int
        Of the regional mode.

    Raises
    ------
    ParameterError
        For a word that names no mode, or a number of cities outside its range.
    """

    mode: str
    n_cities: int = 2

    def __post_init__(self) -> None:
        """Check every rule of the class."""
        mode_network(checked_mode(self.mode), n_cities=self.n_cities)

    @property
    def name(self) -> str:
        """What the family is."""
        return f"{self.mode} innovation mode"

    @property
    def constants(self) -> Mapping[str, float]:
        """The strengths and their defaults."""
        return ModeParameters().to_dict()

    @property
    def units(self) -> Mapping[str, str]:
        """Their units."""
        return dict.fromkeys((field.name for field in fields(ModeParameters)), "1/Year")

    def network(self, values: Mapping[str, float]) -> CatalyticNetwork:
        """Build the network of some strengths."""
        return mode_network(self.mode, ModeParameters(**values), n_cities=self.n_cities)


@dataclass(frozen=True, slots=True)
class CycleFamily:
    """Pure cycles of n units; their numbers are "replication", "lead" of the first unit over it, and "strength".

    Attributes
    ----------
    n : int
        Units, 2 to 40.

    Raises
    ------
    ParameterError
        When n lies outside its range.
    """

    n: int

    def __post_init__(self) -> None:
        """Check every rule of the class."""
        pure_cycle(1.0, n=self.n)

    @property
    def name(self) -> str:
        """What the family is."""
        return f"pure cycle of {self.n} units"

    @property
    def constants(self) -> Mapping[str, float]:
        """The numbers and their defaults."""
        return {"replication": 0.03, "lead": 0.0, "strength": 0.1}

    @property
    def units(self) -> Mapping[str, str]:
        """Their units."""
        return dict.fromkeys(self.constants, "1/Year")

    def network(self, values: Mapping[str, float]) -> CatalyticNetwork:
        """Build the cycle of some numbers."""
        own, lead = within("replication", values["replication"], 0, 10), finite("lead", values["lead"])
        if not 0 <= own + lead <= 10:  # noqa: PLR2004 - as in the message
            raise ParameterError(f"replication + lead must lie between 0 and 10; got {own + lead:g}", field="lead")
        strength = within("strength", values["strength"], 1e-6, 10)
        return pure_cycle(strength, n=self.n, replication=[own + lead] + [own] * (self.n - 1))
