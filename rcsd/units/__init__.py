"""Units: read, compared, and converted into one another by prefixes, aliases and known factors."""

from rcsd.units.conversion import Conversion
from rcsd.units.converting import convert_unit
from rcsd.units.lexicon import Lexicon
from rcsd.units.parsing import parse_unit, same_unit
from rcsd.units.reading import read_unit
from rcsd.units.scaled import Scaled
from rcsd.units.unit import Unit

__all__ = ["Conversion", "Lexicon", "Scaled", "Unit", "convert_unit", "parse_unit", "read_unit", "same_unit"]
