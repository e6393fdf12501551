"""Picking, ordering and summing up the elements of an array.

Functions with a leading underscore serve the kernels: they get the arguments of one run in one array.
"""

# ruff: noqa: PLR2004 - the codes of actions

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
NOT_AVAILABLE = -(2.0**109)
"""Vensim's ``:NA:``."""
_SLACK = 1e-6


def element_at(offset: Values, *values: Values) -> Values:
    """Return the value at an offset from 0 on; :NA: beyond the values."""
    at = np.floor(offset + _SLACK)
    inside = (at >= 0) & (at < len(values))
    picked = _nth(np.where(inside, at, 0), np.stack(values))
    return np.where(inside, picked, np.where(np.isnan(at), np.nan, NOT_AVAILABLE))


def _nth(at: Values, stack: Values) -> Values:
    """Return one of the values of each run, of shape (value, run); `numpy.choose` takes 64 at most."""
    whole = np.broadcast_to(at, stack.shape[1:]).astype(np.int64)
    picked: Values = np.take_along_axis(stack, whole[np.newaxis], axis=0)[0]
    return picked


def _element_at(x: Values) -> float:
    at = np.floor(x[0] + 1e-6) if math.isfinite(x[0]) else -1.0
    if at < 0 or at >= x.size - 1:
        return math.nan if math.isnan(x[0]) else -(2.0**109)
    return float(x[1 + int(at)])


def sort_order(position: Values, direction: Values, *values: Values) -> Values:
    """Return which value comes at a position when they are sorted, both from 0 on; equal ones keep their order."""
    stack = np.stack(values)
    order = np.argsort(np.where(direction > 0, stack, -stack), axis=0, kind="stable").astype(np.float64)
    return element_at(position, *order)


def _sort_order(x: Values) -> float:
    sign = 1.0 if x[1] > 0.0 else -1.0
    order = np.argsort(sign * x[2:], kind="mergesort")
    at = np.floor(x[0] + 1e-6) if math.isfinite(x[0]) else -1.0
    if at < 0 or at >= order.size:
        return math.nan if math.isnan(x[0]) else -(2.0**109)
    return float(order[int(at)])


def rank(position: Values, direction: Values, *values: Values) -> Values:
    """Return the rank, from 1 on, of the value at a position, from 0 on."""
    stack = np.stack(values)
    stack = np.where(direction > 0, stack, -stack)
    own = np.take_along_axis(stack, position.astype(np.int64)[None, :], axis=0)
    before = np.arange(len(values))[:, None] < position[None, :]
    return np.asarray(1.0 + np.sum((stack < own) | ((stack == own) & before), axis=0))


def _rank(x: Values) -> float:
    sign = 1.0 if x[1] > 0.0 else -1.0
    at = int(x[0])
    own = sign * x[2 + at]
    before = 1
    for i in range(x.size - 2):
        other = sign * x[2 + i]
        if other < own or (other == own and i < at):
            before += 1
    return float(before)


def select(missing: Values, action: Values, error: Values, *pairs: Values) -> Values:
    """Sum up the values whose weight is not zero, the weights first; NaN where `error` forbids their number."""
    half = len(pairs) // 2
    weights, values = np.stack(pairs[:half]), np.stack(pairs[half:])
    chosen = weights != 0
    n = chosen.sum(axis=0)
    weighted = np.where(chosen, weights * values, 0.0)
    plain = np.where(chosen, values, 0.0)
    product = np.prod(np.where(chosen, weights * values, 1.0), axis=0)
    powers = np.prod(np.where(chosen, np.power(np.where(chosen, weights, 1.0), values), 1.0), axis=0)
    results = np.stack(
        [
            weighted.sum(axis=0),
            product,
            np.where(chosen, weighted, np.inf).min(axis=0),
            np.where(chosen, weighted, -np.inf).max(axis=0),
            weighted.sum(axis=0) / np.maximum(n, 1),
            powers,
            plain.sum(axis=0),
            np.prod(np.where(chosen, values, 1.0), axis=0),
            np.where(chosen, values, np.inf).min(axis=0),
            np.where(chosen, values, -np.inf).max(axis=0),
            plain.sum(axis=0) / np.maximum(n, 1),
        ]
    )
    known = (action >= 0) & (action < len(results))
    found = _nth(np.where(known, action, 0), results)
    found = np.where(n == 0, missing, np.where(known, found, np.nan))
    few, many = (error == 1) | (error == 3), (error == 2) | (error == 3)
    return np.where((few & (n == 0)) | (many & (n > 1)), np.nan, found)


def _select(x: Values) -> float:
    half = (x.size - 3) // 2
    action, error = int(x[1]) if math.isfinite(x[1]) else -1, x[2]
    n, total, product = 0, 0.0, 1.0
    least, greatest = math.inf, -math.inf
    for i in range(half):
        weight, value = x[3 + i], x[3 + half + i]
        if weight != 0.0:
            n += 1
            if action < 5:
                value = weight * value
            elif action == 5:
                value = weight**value
            if math.isnan(value):  # the least of numbers and of none is none
                action = -1
            total += value
            product *= value
            least, greatest = min(least, value), max(greatest, value)
    if (error in (1.0, 3.0) and n == 0) or (error in (2.0, 3.0) and n > 1):
        return math.nan
    return float(x[0]) if n == 0 else _summary(action, total, product, least, greatest, total / n)


def _summary(action: int, total: float, product: float, least: float, greatest: float, mean: float) -> float:
    """Return what an action asks for; NaN for another."""
    found = math.nan
    if action in (0, 6):
        found = total
    elif action in (1, 5, 7):
        found = product
    elif action in (2, 8):
        found = least
    elif action in (3, 9):
        found = greatest
    elif action in (4, 10):
        found = mean
    return found


def inverse(row: Values, column: Values, *matrix: Values) -> Values:
    """Return one element of the inverse of a square matrix that is given row by row; NaN where there is none."""
    n = math.isqrt(len(matrix))
    stack = np.moveaxis(np.stack(matrix), 0, -1).reshape(-1, n, n)
    found = np.full(len(stack), np.nan)
    for run, each in enumerate(stack):
        try:
            found[run] = np.linalg.inv(each)[int(row[run]), int(column[run])]
        except np.linalg.LinAlgError:
            continue
    return found


def _inverse(x: Values) -> float:
    n = int(math.sqrt(x.size - 2) + 0.5)
    a, b = x[2:].copy(), np.zeros(n)
    b[int(x[1])] = 1.0
    for k in range(n):
        if not _eliminated(a, b, k, n):
            return math.nan
    for i in range(n - 1, -1, -1):
        for j in range(i + 1, n):
            b[i] -= a[i * n + j] * b[j]
        b[i] /= a[i * n + i]
    return float(b[int(x[0])])


def _eliminated(a: Values, b: Values, k: int, n: int) -> bool:
    """Take column k out of the rows below the largest, which becomes row k; say whether that is possible."""
    pivot = k
    for i in range(k + 1, n):
        if abs(a[i * n + k]) > abs(a[pivot * n + k]):
            pivot = i
    if not abs(a[pivot * n + k]) > 0.0:
        return False
    for j in range(n):
        a[k * n + j], a[pivot * n + j] = a[pivot * n + j], a[k * n + j]
    b[k], b[pivot] = b[pivot], b[k]
    for i in range(k + 1, n):
        factor = a[i * n + k] / a[k * n + k]
        for j in range(k, n):
            a[i * n + j] -= factor * a[k * n + j]
        b[i] -= factor * b[k]
    return True
