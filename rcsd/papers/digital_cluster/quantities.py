"""What the digital cluster's parameters are: unit, rule, plausible range and source, under the names of the model.

The rule is what the equations need to mean anything; the range is what a sample over the parameter should span. Nothing
here was estimated: the paper (Zhernov, Nekhoda and Rusak) has a table of words and no number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quantity:
    """One parameter.

    Attributes
    ----------
    name : str
        As in models/digital_cluster.
    default : float
        In `unit`.
    unit : str
        Dmnl, 1/Year or Year.
    rule : (float, float)
        Values outside are refused.
    span : (float, float)
        Plausible values, assumed where the source says so.
    source : str
        Where value and range come from.
    meaning : str
        One sentence.
    """

    name: str
    default: float
    unit: str
    rule: tuple[float, float]
    span: tuple[float, float]
    source: str
    meaning: str

    @property
    def field(self) -> str:
        """Name of the parameter in Python."""
        return self.name.lower().replace(" ", "_")


_SHARE, _RATE, _TIME = (0.0, 1.0), (0.0, 2.0), (0.25, 100.0)

QUANTITIES: tuple[Quantity, ...] = (
    Quantity(
        "Initial Digitalisation",
        0.01,
        "Dmnl",
        _SHARE,
        (0.001, 0.05),
        "assumed; as in the resource-city model",
        "Share of participants on digital platforms at the beginning.",
    ),
    Quantity(
        "Digital External Influence",
        0.003,
        "1/Year",
        _RATE,
        (0.001, 0.03),
        "assumed; as in the resource-city model",
        "Innovation coefficient of the Bass diffusion (Bass 1969).",
    ),
    Quantity(
        "Digital Imitation",
        0.35,
        "1/Year",
        _RATE,
        (0.2, 0.6),
        "textbook mean 0.38 (Sultan, Farley and Lehmann 1990)",
        "Imitation coefficient of the Bass diffusion.",
    ),
    Quantity(
        "Digital Ceiling",
        0.95,
        "Dmnl",
        _SHARE,
        (0.6, 1.0),
        "assumed; as in the resource-city model",
        "Largest share of participants on digital platforms.",
    ),
    Quantity(
        "Institutional Quality",
        1.0,
        "Dmnl",
        _SHARE,
        (0.15, 1.0),
        "assumed neutral",
        "How far institutions leave the way to imitation open, an index from 0 to 1.",
    ),
    Quantity(
        "Digital Support",
        0.0,
        "Dmnl",
        (0.0, 100.0),
        (0.0, 10.0),
        "policy, off",
        "Policy lever: multiplies external influence by one plus this.",
    ),
    Quantity(
        "Saving Response",
        1.0,
        "Dmnl",
        (0.0, 20.0),
        (0.0, 3.0),
        "assumed",
        "By how much imitation grows per unit of transaction cost saved.",
    ),
    Quantity(
        "Maximum Transaction Saving",
        0.3,
        "Dmnl",
        (0.0, 0.95),
        (0.1, 0.5),
        "assumed; as in the resource-city model",
        "Fall of transaction cost in a fully digital cluster.",
    ),
    Quantity(
        "Cost Elasticity",
        8.0,
        "Dmnl",
        (0.0, 50.0),
        (2.0, 12.0),
        "assumed",
        "How strongly the choice between digital and territorial space answers to the cost.",
    ),
    Quantity(
        "Transaction Adjustment Time",
        2.0,
        "Year",
        _TIME,
        (0.5, 5.0),
        "assumed, the length of contracts",
        "How long transactions take to move to another space.",
    ),
    Quantity(
        "Distance Friction",
        0.6,
        "Dmnl",
        (0.0, 0.95),
        (0.35, 0.9),
        "assumed",
        "Share of knowledge exchange lost to distance in territorial space.",
    ),
    Quantity(
        "Exchange Gain",
        0.5,
        "Dmnl",
        (0.0, 5.0),
        (0.0, 1.0),
        "assumed; as in the resource-city model",
        "Gain of knowledge exchange in a fully digital cluster.",
    ),
    Quantity(
        "Knowledge Depreciation Rate",
        0.15,
        "1/Year",
        _RATE,
        (0.1, 0.2),
        "textbook value for research capital (Griliches 1998)",
        "Share of knowledge out of date per year.",
    ),
    Quantity(
        "Initial Skilled Labour",
        0.15,
        "Dmnl",
        (0.01, 0.99),
        (0.05, 0.3),
        "assumed",
        "Share of employees with the skills that digital work needs, at the beginning, when it is enough.",
    ),
    Quantity(
        "Skill Need",
        0.35,
        "Dmnl",
        (0.0, 10.0),
        (0.1, 0.6),
        "assumed",
        "Share of employees that must be skilled more when all participants are digital.",
    ),
    Quantity(
        "Skill Loss Rate",
        0.04,
        "1/Year",
        _RATE,
        (0.01, 0.1),
        "assumed, a working life of 25 years",
        "Share of skilled employees who retire or move away in a year at the neutral living standard.",
    ),
    Quantity(
        "Skill Response",
        6.0,
        "Dmnl",
        (0.0, 100.0),
        (0.0, 12.0),
        "assumed",
        "By how much training grows per unit of skill shortage.",
    ),
    Quantity(
        "Living Standard",
        1.0,
        "Dmnl",
        (0.1, 10.0),
        (0.5, 1.5),
        "assumed neutral",
        "Living standard relative to where skilled people could move.",
    ),
    Quantity(
        "Platform Rate",
        0.1,
        "1/Year",
        _SHARE,
        (0.03, 0.3),
        "assumed",
        "Share of the digital participants outside that join the single platform in a year, in a fully digital space "
        "with the initial knowledge.",
    ),
    Quantity(
        "Platform Exit Rate",
        0.03,
        "1/Year",
        _RATE,
        (0.005, 0.1),
        "assumed",
        "Share of the platform's participants that leave it in a year.",
    ),
    Quantity(
        "Base Leader Hazard",
        0.02,
        "1/Year",
        _RATE,
        (0.005, 0.05),
        "assumed, one change in fifty years",
        "Hazard of a leader change without internal transformation.",
    ),
    Quantity(
        "Hazard Response",
        0.8,
        "Dmnl",
        (0.0, 20.0),
        (0.2, 2.0),
        "assumed",
        "Leader changes for each full turnover of the platform's knowledge.",
    ),
    Quantity(
        "Leader Horizon",
        5.0,
        "Year",
        _TIME,
        (3.0, 10.0),
        "assumed, a planning period",
        "Years over which the probability of a leader change is stated.",
    ),
    Quantity(
        "Consolidation Time",
        3.0,
        "Year",
        _TIME,
        (1.0, 6.0),
        "assumed",
        "How long relations unsettled by transformation take to settle again.",
    ),
    Quantity(
        "Norm Adjustment Time",
        5.0,
        "Year",
        _TIME,
        (2.0, 10.0),
        "assumed",
        "How long rules of conduct take to follow who takes part.",
    ),
)
"""Every parameter, in the order of the model's sectors."""

BY_FIELD: Mapping[str, Quantity] = {quantity.field: quantity for quantity in QUANTITIES}
BY_NAME: Mapping[str, Quantity] = {quantity.name: quantity for quantity in QUANTITIES}
