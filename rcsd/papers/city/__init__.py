"""Parts joined: what forecasts of studies mean for assessments, and what links among cities do to each."""

from typing import TYPE_CHECKING

from rcsd.facade import on_first_use

if TYPE_CHECKING:
    from rcsd.papers.city.region import RegionCase, RegionComparison, compare_region, region_sobol
    from rcsd.papers.city.story import (
        USED_BY,
        WORDS,
        Assessments,
        Story,
        load_assessments,
        read_words,
        tell_story,
        with_story,
    )
    from rcsd.papers.city.story_writer import clear_story, story_document, write_story

__all__ = [
    "USED_BY",
    "WORDS",
    "Assessments",
    "RegionCase",
    "RegionComparison",
    "Story",
    "clear_story",
    "compare_region",
    "load_assessments",
    "read_words",
    "region_sobol",
    "story_document",
    "tell_story",
    "with_story",
    "write_story",
]

__getattr__, __dir__ = on_first_use(__name__)
