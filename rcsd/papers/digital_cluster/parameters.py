"""The parameters of the digital cluster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import ParameterError
from rcsd.papers.digital_cluster.quantities import BY_FIELD, BY_NAME, QUANTITIES
from rcsd.papers.rules import within
from rcsd.simulator import broadcast_inputs

Columns = Mapping[str, NDArray[np.float64]]
"""A value a run of each parameter, by field; arrays of shape (n_runs,) or numbers without axes."""


@dataclass(frozen=True, slots=True)
class DigitalClusterParameters:
    """Parameters of the digital cluster; `quantities.QUANTITIES` has unit, rule, range, source and meaning of each.

    Raises
    ------
    ParameterError
        When a value breaks its rule, or more participants are digital at the beginning than the ceiling allows.

    Examples
    --------
    >>> DigitalClusterParameters(digital_imitation=-0.1)
    Traceback (most recent call last):
    rcsd.errors.ParameterError: Digital Imitation must lie between 0 and 2; got -0.1
    """

    initial_digitalisation: float = BY_FIELD["initial_digitalisation"].default
    digital_external_influence: float = BY_FIELD["digital_external_influence"].default
    digital_imitation: float = BY_FIELD["digital_imitation"].default
    digital_ceiling: float = BY_FIELD["digital_ceiling"].default
    institutional_quality: float = BY_FIELD["institutional_quality"].default
    digital_support: float = BY_FIELD["digital_support"].default
    saving_response: float = BY_FIELD["saving_response"].default
    maximum_transaction_saving: float = BY_FIELD["maximum_transaction_saving"].default
    cost_elasticity: float = BY_FIELD["cost_elasticity"].default
    transaction_adjustment_time: float = BY_FIELD["transaction_adjustment_time"].default
    distance_friction: float = BY_FIELD["distance_friction"].default
    exchange_gain: float = BY_FIELD["exchange_gain"].default
    knowledge_depreciation_rate: float = BY_FIELD["knowledge_depreciation_rate"].default
    initial_skilled_labour: float = BY_FIELD["initial_skilled_labour"].default
    skill_need: float = BY_FIELD["skill_need"].default
    skill_loss_rate: float = BY_FIELD["skill_loss_rate"].default
    skill_response: float = BY_FIELD["skill_response"].default
    living_standard: float = BY_FIELD["living_standard"].default
    platform_rate: float = BY_FIELD["platform_rate"].default
    platform_exit_rate: float = BY_FIELD["platform_exit_rate"].default
    base_leader_hazard: float = BY_FIELD["base_leader_hazard"].default
    hazard_response: float = BY_FIELD["hazard_response"].default
    leader_horizon: float = BY_FIELD["leader_horizon"].default
    consolidation_time: float = BY_FIELD["consolidation_time"].default
    norm_adjustment_time: float = BY_FIELD["norm_adjustment_time"].default

    def __post_init__(self) -> None:
        """Check every rule of the class."""
        for field in fields(self):
            quantity = BY_FIELD[field.name]
            within(quantity.name, getattr(self, field.name), *quantity.rule)
        if self.initial_digitalisation > self.digital_ceiling:
            raise ParameterError(
                f"Initial Digitalisation must not lie above Digital Ceiling; got {self.initial_digitalisation!r} above "
                f"{self.digital_ceiling!r}",
                field="Initial Digitalisation",
            )

    def to_dict(self) -> dict[str, float]:
        """Return the parameters under their names in the model."""
        return {quantity.name: float(getattr(self, quantity.field)) for quantity in QUANTITIES}

    @classmethod
    def from_names(cls, values: Mapping[str, float]) -> DigitalClusterParameters:
        """Take the defaults, and other values under the model's names; case, blanks and underscores do not matter.

        Raises
        ------
        ParameterError
            For an unknown name, with the nearest ones, or a value that breaks its rule.

        Examples
        --------
        >>> DigitalClusterParameters.from_names({"digital ceiling": 0.7}).digital_ceiling
        0.7
        """
        rows, _ = broadcast_inputs(values, cls().to_dict())
        return cls(**{BY_NAME[name].field: float(row[0]) for name, row in rows.items()})

    def columns(self) -> dict[str, NDArray[np.float64]]:
        """Return the parameters as arrays without axes, by field."""
        return {quantity.field: np.asarray(getattr(self, quantity.field), dtype=np.float64) for quantity in QUANTITIES}
