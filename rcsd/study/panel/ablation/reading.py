"""From a file of ablations to settings of the model, or to one error that lists all faults."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from rcsd.analysis.forecasting import RULES
from rcsd.names import near_matches
from rcsd.study.file.lookup import Lookup
from rcsd.study.file.schema import StudyFile, context_of
from rcsd.study.file.section import study_schema
from rcsd.study.file.structures import changed, check_changes, spelt, with_structure
from rcsd.study.panel.ablation.schema import AblationFile, AblationSection, ShareSection
from rcsd.study.panel.origins.variant import Share, Variant, variants_of
from rcsd.study.panel.panel import Panel, headline_of
from rcsd.toml.faults import Faults, checked
from rcsd.toml.lines import Keys
from rcsd.toml.source import merged, read_toml


@dataclass(frozen=True, slots=True)
class Ablation:
    """One part taken away.

    Attributes
    ----------
    name, section
        As in the file.
    variant
        The setting to fit anew; None where the forecasts of the whole model do.
    """

    name: str
    section: AblationSection
    variant: Variant | None


@dataclass(frozen=True, slots=True)
class Ablations:
    """What is taken away from what.

    Attributes
    ----------
    file
        Name of the file.
    whole
        The setting of the model that all others are compared with.
    parts
        In the order of the file.
    """

    file: str
    whole: Variant
    parts: tuple[Ablation, ...]


def read_ablations(path: Path, panel: Panel) -> Ablations:
    """Read and check a file of ablations.

    Parameters
    ----------
    path
        A TOML file.
    panel
        Whose model, structures and drivers it names.

    Raises
    ------
    StudyError
        Listing every fault at once, each with its line.
    """
    source = read_toml(path)
    file, faults = checked(source, AblationFile, "ablations")
    structures = variants_of(panel)
    whole = next((each for each in structures if each.name == file.whole), structures[0])
    if file.whole and whole.name != file.whole:
        names = [each.name for each in structures]
        hint = near_matches(file.whole, names) or f"it has {', '.join(names)}"
        faults.add(("whole",), f"the study has no structure {file.whole!r}; {hint}")
    reader = _Reader(panel, whole, Lookup(panel.model.ir, {}, faults), faults)
    parts = tuple(reader.part(name, section) for name, section in file.ablations.items())
    faults.raise_if_any()
    return Ablations(path.name, whole, parts)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes settings; faults are noted, not raised."""

    panel: Panel
    whole: Variant
    lookup: Lookup
    faults: Faults

    def part(self, name: str, section: AblationSection) -> Ablation:
        """Make one setting."""
        keys: Keys = ("ablations", name)
        self._check_rule(section.rule, (*keys, "rule"))
        if not section.refits:
            return Ablation(name, section, None)
        file = self._without_drivers(self._laid_over(self.whole.file, section, keys), section, keys)
        share = None if section.share is None else self._share(section.share, (*keys, "share"))
        check_changes(file, section.values, section.priors, keys, self.lookup)
        file = changed(file, section.values, section.priors, section.reason or section.title, self.lookup)
        return Ablation(name, section, Variant(name, section.title, section.reason, file, share))

    def _check_rule(self, rule: str, keys: Keys) -> None:
        """Note a rule that leans on a reference where the series that is compared has none."""
        series = headline_of(self.panel.file.series)
        if rule and RULES[rule].reference_years and self.panel.file.series[series].reference is None:
            self.faults.add(
                keys, f"{rule!r} needs the growth of what a series is a part of: give [series.{series}] a `reference`"
            )

    def _laid_over(self, file: StudyFile, section: AblationSection, keys: Keys) -> StudyFile:
        """Lay tables of the ablation over those of the study file."""
        if not section.study:
            return file
        table = merged(self.panel.source.table, section.study)
        try:
            own = study_schema().model_validate(table, context=context_of(table))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            self.faults.add((*keys, "study"), f"makes no study file: {place}: {first['msg']}")
            return file
        structure = own.structures.get(self.whole.name)
        return own if structure is None else with_structure(own, structure, self.lookup)

    def _without_drivers(self, file: StudyFile, section: AblationSection, keys: Keys) -> StudyFile:
        """Hold drivers that the study forecasts."""
        if not section.frozen:
            return file
        known = file.drawn
        for name in section.frozen:
            if name not in known:
                hint = near_matches(name, known) or f"it forecasts {', '.join(known) or 'none'}"
                self.faults.add((*keys, "frozen"), f"the study does not forecast the driver {name!r}; {hint}")
        if file.forecast is None:
            return file
        left = {name: drawn for name, drawn in known.items() if name not in section.frozen}
        return file.model_copy(update={"forecast": file.forecast.model_copy(update={"drawn": left})})

    def _share(self, section: ShareSection, keys: Keys) -> Share | None:
        """Spell the constants of a share as the study sets them."""
        found = []
        for key, name in (*(("constants", each) for each in section.constants), ("of", section.of)):
            variable = self.lookup.constant((*keys, key), name)
            if variable is None:
                return None
            if spelt(variable.name, self.panel.file.constants) is None:
                self.faults.add(
                    (*keys, key), f"{variable.name!r} is not set by the study, so there is nothing to scale"
                )
                return None
            found.append(variable.name)
        return Share(tuple(found[:-1]), found[-1], section.value)
