"""Parts joined: what forecasts of studies mean for assessments, and what links among cities do to each."""

from __future__ import annotations

from rcsd.coupling.region import RegionCase, RegionComparison, compare_region, region_sobol
from rcsd.coupling.resilience import CityOutlook, Outlook, ResilienceResult, assess_resilience, look_ahead
from rcsd.coupling.resilience_writer import resilience_document, write_resilience
from rcsd.coupling.story import USED_BY, WORDS, Assessments, Story, load_assessments, read_words, tell_story, with_story
from rcsd.coupling.story_writer import clear_story, story_document, write_story

__all__ = [
    "USED_BY",
    "WORDS",
    "Assessments",
    "CityOutlook",
    "Outlook",
    "RegionCase",
    "RegionComparison",
    "ResilienceResult",
    "Story",
    "assess_resilience",
    "clear_story",
    "compare_region",
    "load_assessments",
    "look_ahead",
    "read_words",
    "region_sobol",
    "resilience_document",
    "story_document",
    "tell_story",
    "with_story",
    "write_resilience",
    "write_story",
]
