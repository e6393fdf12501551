"""Parts joined: what forecasts of studies mean for assessments, and what links among cities do to each."""

from __future__ import annotations

from rcsd.coupling.region import RegionCase, RegionComparison, compare_region, region_sobol
from rcsd.coupling.resilience import CityOutlook, Outlook, ResilienceResult, assess_resilience, look_ahead
from rcsd.coupling.resilience_writer import resilience_document, write_resilience

__all__ = [
    "CityOutlook",
    "Outlook",
    "RegionCase",
    "RegionComparison",
    "ResilienceResult",
    "assess_resilience",
    "compare_region",
    "look_ahead",
    "region_sobol",
    "resilience_document",
    "write_resilience",
]
