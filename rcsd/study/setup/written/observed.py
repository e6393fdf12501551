"""The series of a proposed study as `observed.csv`."""

from __future__ import annotations

from rcsd.study.setup.proposal import Proposal
from rcsd.tables import csv_text


def observed_csv(proposal: Proposal) -> str:
    """Write the data file: the numbers of the table as they are, in their own unit."""
    rows = [
        (each.key, time, float(value), each.unit, "")
        for each in (*proposal.series, *proposal.drivers)
        for time, value in zip(each.times, each.values, strict=True)
    ]
    return csv_text(("series", "time", "value", "unit", "flag"), rows)
