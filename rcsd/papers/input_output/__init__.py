"""Input-output analysis of one region or several: tables, balance, aggregation, inverses, multipliers, linkages."""

from rcsd.papers.input_output.aggregation import aggregate
from rcsd.papers.input_output.balance import Balance, balance, require_balanced
from rcsd.papers.input_output.blocks import block_table
from rcsd.papers.input_output.leontief import (
    allocation_coefficients,
    ghosh_inverse,
    leontief_inverse,
    power_series,
    require_productive,
    spectral_radius,
    technical_coefficients,
)
from rcsd.papers.input_output.linkages import Linkages, linkages
from rcsd.papers.input_output.mapping import SectorMapping, read_mapping
from rcsd.papers.input_output.multipliers import Multipliers, multipliers
from rcsd.papers.input_output.reading import read_table
from rcsd.papers.input_output.supply import own_supply, regional_coefficients
from rcsd.papers.input_output.table import InputOutputTable, Sector

__all__ = [
    "Balance",
    "InputOutputTable",
    "Linkages",
    "Multipliers",
    "Sector",
    "SectorMapping",
    "aggregate",
    "allocation_coefficients",
    "balance",
    "block_table",
    "ghosh_inverse",
    "leontief_inverse",
    "linkages",
    "multipliers",
    "own_supply",
    "power_series",
    "read_mapping",
    "read_table",
    "regional_coefficients",
    "require_balanced",
    "require_productive",
    "spectral_radius",
    "technical_coefficients",
]
