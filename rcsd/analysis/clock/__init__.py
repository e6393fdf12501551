"""Time as data have it: periods, dates, and what a value stands for."""

from __future__ import annotations

from rcsd.analysis.clock.clock import IDENTITY, ONE, Clock, Span, calendar_clock, ends_of
from rcsd.analysis.clock.dates import at_time
from rcsd.analysis.clock.measure import Measure, Measured
from rcsd.analysis.clock.simulator import ClockedSimulator, clocked
from rcsd.analysis.clock.words import WORDS, Word, word_of

__all__ = [
    "IDENTITY",
    "ONE",
    "WORDS",
    "Clock",
    "ClockedSimulator",
    "Measure",
    "Measured",
    "Span",
    "Word",
    "at_time",
    "calendar_clock",
    "clocked",
    "ends_of",
    "word_of",
]
