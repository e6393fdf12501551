"""What the sections of a study.toml are made of: numbers, names, ranges, and a table with no unknown key."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from rcsd.analysis.sensitivity.estimators.saltelli import check_base
from rcsd.analysis.series import name_fault
from rcsd.errors import ParameterError
from rcsd.tables import LARGEST

_RANGE_LENGTH = 2


def _named(name: str) -> str:
    """Refuse a series whose name cannot become part of a file name."""
    if fault := name_fault(name):
        raise ValueError(fault)
    return name


def _path(text: str) -> str:
    """Refuse a path that no system can have."""
    if "\0" in text:
        raise ValueError(f"a path cannot hold a null character, found {text!r}")
    return text


def _range(value: object) -> object:
    """Make a pair of TOML's list of two numbers."""
    if not isinstance(value, list) or len(value) != _RANGE_LENGTH:
        raise ValueError(f"a range is [lower, upper], found {value}")
    return tuple(value)


def _amount(value: float) -> float:
    """Refuse a number whose square would be none."""
    if abs(value) > LARGEST:
        raise ValueError(f"no quantity is beyond {LARGEST:g}, found {value:g}: change its unit")
    return value


def _power_of_two(n: int) -> int:
    """Refuse a size that Sobol's sequence has no balance at."""
    try:
        check_base(n)
    except ParameterError as error:
        raise ValueError(str(error)) from None
    return n


MOST_SEED = 10**18
MOST_DRAWS, MOST_STARTS, MOST_EVALUATIONS = 100_000, 10_000, 1_000_000
"""Sizes beyond which a study would outlast its reader, or the memory of any machine."""

Seed = Annotated[int, Field(ge=0, le=MOST_SEED)]
Amount = Annotated[float, AfterValidator(_amount)]
SeriesName = Annotated[str, AfterValidator(_named)]
FilePath = Annotated[str, AfterValidator(_path)]
Weight = Annotated[float, Field(ge=0, le=1)]
Range = Annotated[tuple[Amount, Amount], BeforeValidator(_range)]
BaseSize = Annotated[int, AfterValidator(_power_of_two)]
GroupName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=100)]


class Section(BaseModel):
    """A table of the file: every key known, every value of the stated type, nothing converted from text."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False, populate_by_name=True)
