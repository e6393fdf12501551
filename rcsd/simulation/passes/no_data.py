"""Data variables without data: what nothing of weight hangs on is no number, anything else is refused."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from rcsd.simulation.ir.unsound import Unsound

_SHOWN = 5


def lacking(without_data: Sequence[str], decisive: Container[str]) -> Iterator[str]:
    """Say which data variables have no data, in one sentence.

    Raises
    ------
    Unsound
        When a stock, or what else a run carries on, hangs on one of them.
    """
    remedy = "with --data FILE, or with data= or tables= in Python"
    for name in without_data:
        if name in decisive:
            raise Unsound(f"is a data variable without data: give its series {remedy}", variable=name, certain=True)
    if without_data:
        more = f" and {len(without_data) - _SHOWN} more" if len(without_data) > _SHOWN else ""
        listed = ", ".join(map(repr, without_data[:_SHOWN]))
        yield f"data variables without data, which no stock needs: {listed}{more}; give their series {remedy}"
