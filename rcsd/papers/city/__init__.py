"""Parts joined: what forecasts of studies mean for assessments, and what links among cities do to each."""

from typing import TYPE_CHECKING

from rcsd.facade import on_first_use

if TYPE_CHECKING:
    from rcsd.papers.city.region import RegionCase, RegionComparison, compare_region, region_sobol
    from rcsd.papers.city.story import Assessments, Story, load_assessments
    from rcsd.papers.city.story_writer import story_document

__all__ = [
    "Assessments",
    "RegionCase",
    "RegionComparison",
    "Story",
    "compare_region",
    "load_assessments",
    "region_sobol",
    "story_document",
]

__getattr__, __dir__ = on_first_use(__name__)
