"""Assessments joined with studies: what a city's forecast series mean for how it stands."""

from __future__ import annotations

from rcsd.coupling.resilience import CityOutlook, Outlook, ResilienceResult, assess_resilience, look_ahead
from rcsd.coupling.resilience_writer import resilience_document, write_resilience

__all__ = [
    "CityOutlook",
    "Outlook",
    "ResilienceResult",
    "assess_resilience",
    "look_ahead",
    "resilience_document",
    "write_resilience",
]
