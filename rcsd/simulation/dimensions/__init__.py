"""Units of a model: which equations do not agree with the units that their variables have."""

from rcsd.simulation.dimensions.checking import check_units
from rcsd.simulation.dimensions.finding import Grade, UnitFinding
from rcsd.simulation.dimensions.naming.words import lexicon_of

__all__ = ["Grade", "UnitFinding", "check_units", "lexicon_of"]
