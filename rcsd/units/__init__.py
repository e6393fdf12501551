"""Units: read, compared, and converted into one another by prefixes, aliases and known factors."""

from rcsd.units.conversion import Conversion
from rcsd.units.parsing import parse_unit, same_unit
from rcsd.units.unit import Unit

__all__ = ["Conversion", "Unit", "parse_unit", "same_unit"]
