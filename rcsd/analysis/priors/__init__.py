"""What is thought of a parameter before the data: normal on the search scale, or of a family on the natural one."""

from rcsd.analysis.priors.families import FAMILIES, Family
from rcsd.analysis.priors.searched import FamilyOnSearch, NormalOnSearch, SearchedPrior, on_search
from rcsd.analysis.priors.stated import AnyPrior, FamilyPrior, Prior

__all__ = [
    "FAMILIES",
    "AnyPrior",
    "Family",
    "FamilyOnSearch",
    "FamilyPrior",
    "NormalOnSearch",
    "Prior",
    "SearchedPrior",
    "on_search",
]
