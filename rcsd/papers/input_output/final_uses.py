"""The final uses that a table may have, what each is for, and its sign in the balance of a row."""

from __future__ import annotations

from typing import Literal

Purpose = Literal["consumption", "formation", "outflow", "inflow", "error"]

PURPOSES: dict[str, Purpose] = {
    "consumption": "consumption",
    "household": "consumption",
    "household_rural": "consumption",
    "household_urban": "consumption",
    "government": "consumption",
    "capital_formation": "formation",
    "fixed_capital": "formation",
    "inventories": "formation",
    "outflow": "outflow",
    "exports": "outflow",
    "domestic_outflow": "outflow",
    # out-flow less in-flow, where a table prints no more than that
    "net_outflow": "outflow",
    "inflow": "inflow",
    "imports": "inflow",
    "domestic_inflow": "inflow",
    "error": "error",
}
"""Columns of a table and what each is for; output = intermediate use + all of them, in-flows with a minus."""

NET = "net_outflow"
"""The column whose negative cells are in-flow."""


def sign(name: str) -> float:
    """Return with which sign a column enters the balance of a row.

    Examples
    --------
    >>> sign("exports"), sign("imports")
    (1.0, -1.0)
    """
    return -1.0 if PURPOSES[name] == "inflow" else 1.0
