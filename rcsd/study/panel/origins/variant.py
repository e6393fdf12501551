"""One setting of the model that all cities are fitted and forecast with."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from rcsd.study import Study
from rcsd.study.file.inputs import ConstantResult
from rcsd.study.file.lookup import Lookup
from rcsd.study.file.schema import StudyFile
from rcsd.study.file.section import study_schema
from rcsd.study.file.structures import STATED, check_structures, with_structure
from rcsd.study.panel.cities import City
from rcsd.study.panel.panel import Panel
from rcsd.toml.faults import Faults


@dataclass(frozen=True, slots=True)
class Share:
    """Constants of every city scaled by one factor, so that the first is a given share of another constant.

    Attributes
    ----------
    constants
        Names, as the model spells them.
    of
        The constant that the first is a share of.
    share
        Above 0.
    """

    constants: tuple[str, ...]
    of: str
    share: float

    def applied(self, constants: tuple[ConstantResult, ...]) -> tuple[ConstantResult, ...]:
        """Scale the constants of one city."""
        values = {each.name: each.value for each in constants}
        factor = self.share * values[self.of] / values[self.constants[0]]
        return tuple(
            replace(each, value=each.value * factor) if each.name in self.constants else each for each in constants
        )


@dataclass(frozen=True, slots=True)
class Variant:
    """One setting of the model.

    Attributes
    ----------
    name, title
        For files, and for people.
    reason
        Source, or the word "assumed" or "hindsight".
    file
        The study file of all cities with this setting in it.
    share
        Constants that are scaled in every city; None to leave them.
    averaged
        Whether the model's forecast averages over it.
    """

    name: str
    title: str
    reason: str
    file: StudyFile
    share: Share | None = field(default=None)
    averaged: bool = True

    def study(self, panel: Panel, city: City) -> Study:
        """State the study of one city.

        Raises
        ------
        StudyError
            Listing what the city's series lack.
        """
        study = replace(panel, file=self.file).study(city)
        return study if self.share is None else study.changed(constants=self.share.applied(study.constants))


def variants_of(panel: Panel) -> tuple[Variant, ...]:
    """Return the structures of a panel's study file, or its own settings alone where it names none.

    Raises
    ------
    StudyError
        Listing every fault of the structures, each with its line.
    """
    lookup = lookup_of(panel)
    check_structures(panel.file, lookup, lookup.faults)
    lookup.faults.raise_if_any()
    found = [
        Variant(
            name,
            section.title or name,
            section.reason,
            with_structure(panel.file, section, lookup),
            averaged=section.averaged,
        )
        for name, section in panel.file.structures.items()
    ]
    return tuple(found) or (stated(panel),)


def stated(panel: Panel) -> Variant:
    """Return the settings of the study file as they stand."""
    return Variant(STATED, "as stated", "the study file", panel.file)


def lookup_of(panel: Panel) -> Lookup:
    """Look names up in the model of a panel."""
    return Lookup(panel.model.ir, {}, Faults(panel.source, study_schema(), "study"))
