"""Data in the units of the model: what was converted, and why so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rcsd.analysis.series import ObservedSeries
from rcsd.errors import UnitError
from rcsd.units import Conversion, Lexicon, convert_unit, read_unit


@dataclass(frozen=True, slots=True)
class DataConversion:
    """How the numbers of a series came to be in the unit of a variable.

    Attributes
    ----------
    series, variable
        Of the data, and of the model.
    unit, model_unit
        Of the numbers in the file, and what they are in from then on.
    factor, offset
        ``new = old * factor + offset``.
    reasons
        What the factor rests on.
    """

    series: str
    variable: str
    unit: str
    model_unit: str
    factor: float
    offset: float
    reasons: tuple[str, ...] = ()

    @classmethod
    def of(cls, series: str, variable: str, found: Conversion) -> DataConversion:
        """Say what a conversion did to a series."""
        return cls(series, variable, found.found, found.wanted, float(found.factor), found.offset, found.reasons)

    @property
    def words(self) -> str:
        """The conversion in one line."""
        if self.factor == 1 and self.offset == 0:
            return "; ".join(["as they stand", *self.reasons])
        beyond = f" {'+' if self.offset > 0 else '-'} {abs(self.offset):.6g}" if self.offset else ""
        return "; ".join([f"× {self.factor:.12g}{beyond}", *self.reasons])


def conversion_to(unit: str, wanted: str, lexicon: Lexicon) -> Conversion:
    """Find how data become numbers in the unit of a variable.

    A variable whose unit the model leaves empty takes them as they stand, which the conversion says. Data without a
    unit are dimensionless.

    Raises
    ------
    UnitError
        When the units are not of one kind, or one cannot be read.
    """
    if wanted.strip() or _is_dimensionless(unit, lexicon):
        return convert_unit(unit, wanted, lexicon)
    return Conversion(unit, wanted, reasons=("the model states no unit",))


def _is_dimensionless(unit: str, lexicon: Lexicon) -> bool:
    try:
        return not read_unit(unit, lexicon).unit.powers
    except UnitError:
        return False


def converted(series: ObservedSeries, conversion: Conversion) -> ObservedSeries:
    """Return a series in the other unit; the same one where both units are one."""
    if conversion.changes_nothing and not conversion.reasons:
        return series
    unit = series.unit if not conversion.wanted.strip() else conversion.wanted
    return replace(series, values=conversion(series.values), unit=unit)


_IN_UNITS = frozenset({"absolute", "normal", "student-t"})
"""Kinds of errors whose size is in the unit of the data."""


def in_new_unit(size: float, kind: str, conversion: Conversion) -> float:
    """Convert the size of an error, or of a jump, where it is in the unit of the data and no share."""
    if kind not in _IN_UNITS or conversion.factor == 1:
        return size
    return size * float(conversion.factor)


def distinct(found: Iterable[DataConversion]) -> tuple[DataConversion, ...]:
    """Return each conversion once, in the order of the study file."""
    return tuple(dict.fromkeys(found))
