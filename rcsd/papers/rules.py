"""Numbers held to a rule, or one clear error that names the number, the rule and the remedy."""

from __future__ import annotations

import math
from numbers import Integral, Real

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import ParameterError


def finite(name: str, value: object) -> float:
    """Return a finite number.

    Raises
    ------
    ParameterError
        For anything else.
    """
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
        raise ParameterError(f"{name} must be a finite number; got {value!r}", field=name)
    return float(value)


def positive(name: str, value: object) -> float:
    """Return a number above zero.

    Raises
    ------
    ParameterError
        For anything else.
    """
    number = finite(name, value)
    if number <= 0:
        raise ParameterError(f"{name} must be above zero; got {value!r}", field=name)
    return number


def within(name: str, value: object, low: float, high: float) -> float:
    """Return a number in [low, high]; the ends belong to it.

    Raises
    ------
    ParameterError
        For anything else.
    """
    number = finite(name, value)
    if not low <= number <= high:
        raise ParameterError(f"{name} must lie between {low:g} and {high:g}; got {value!r}", field=name)
    return number


def all_within(name: str, values: ArrayLike, low: float, high: float) -> NDArray[np.float64]:
    """Return an array, of any shape, whose numbers all lie in [low, high].

    Raises
    ------
    ParameterError
        When one does not; the message quotes the first.
    """
    numbers = np.asarray(values, dtype=np.float64)
    wrong = numbers[~((numbers >= low) & (numbers <= high))]
    if wrong.size:
        raise ParameterError(f"{name} must lie between {low:g} and {high:g}; got {wrong.flat[0]!s}", field=name)
    return numbers


def whole(name: str, value: object, least: int) -> int:
    """Return a whole number that is not below `least`; 50.0 is one, 50.5 and True are none.

    Raises
    ------
    ParameterError
        For anything else.
    """
    integral = isinstance(value, Integral) or (isinstance(value, float) and value.is_integer())
    if isinstance(value, bool) or not integral or int(value) < least:  # type: ignore[call-overload]
        raise ParameterError(f"{name} must be a whole number, {least} or more; got {value!r}", field=name)
    return int(value)  # type: ignore[call-overload, no-any-return]


def increasing(name: str, values: ArrayLike, *, least: int = 1) -> NDArray[np.float64]:
    """Return `least` or more finite numbers, each above the one before, shape (n,).

    Raises
    ------
    ParameterError
        For anything else.
    """
    numbers = np.asarray(values, dtype=np.float64)
    if numbers.ndim != 1 or numbers.size < least:
        raise ParameterError(f"{name} must be a row of {least} or more numbers; got shape {numbers.shape}", field=name)
    if not np.isfinite(numbers).all() or not (np.diff(numbers) > 0).all():
        raise ParameterError(f"{name} must be finite and increase from each to the next", field=name)
    return numbers
