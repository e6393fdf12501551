"""Assessments joined with studies: what a city's forecast series mean for how it stands."""

from __future__ import annotations

from rcsd.coupling.resilience import CityOutlook, Outlook, ResilienceResult, assess_resilience, look_ahead
from rcsd.coupling.resilience_writer import resilience_document, write_resilience
from rcsd.coupling.story import WORDS, Assessments, Story, load_assessments, read_words, tell_story, with_story
from rcsd.coupling.story_writer import clear_story, story_document, write_story

__all__ = [
    "WORDS",
    "Assessments",
    "CityOutlook",
    "Outlook",
    "ResilienceResult",
    "Story",
    "assess_resilience",
    "clear_story",
    "load_assessments",
    "look_ahead",
    "read_words",
    "resilience_document",
    "story_document",
    "tell_story",
    "with_story",
    "write_resilience",
    "write_story",
]
