"""The checks of a model file, as a study keeps them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from rcsd.analysis.checks import CheckResult, check_model
from rcsd.analysis.checks.registry import CHECKS
from rcsd.errors import RcsdError
from rcsd.simulation.checks import Finding
from rcsd.simulation.loading import LoadedModel
from rcsd.study.findings.checked.result import MadeCheck, Seen

_OF_THE_RUN = ("kernels", "pysd")
"""Checks that compare engines: a study does so on its fitted run, whatever the cache of kernels holds."""


def checked_file(
    model: LoadedModel, progress: Callable[[str], None]
) -> tuple[str, tuple[MadeCheck, ...], tuple[Seen, ...]]:
    """Check a model file.

    Returns
    -------
    tuple
        Name of the file of checks; the checks; what they have found. Where the file of checks, or the twin that it
        names, is faulty, no check is made, and each says why.
    """
    try:
        found = check_model(model, progress=progress)
    except RcsdError as error:
        return "", tuple(_made(name, about, str(error), (), ()) for name, about in _checks()), ()
    file = "" if found.checks_file is None else found.checks_file.name
    standing = [each for each in found.findings if each.check not in ("engines", *_OF_THE_RUN)]
    accepted = {each.finding: each.reason for each in found.silenced}
    checks = tuple(
        _made(name, about, _why(found, name), standing, tuple(each for each in accepted if each.check == name))
        for name, about in _checks()
    )
    seen = (*(_seen(each, "") for each in standing), *(_seen(each, why) for each, why in accepted.items()))
    return file, checks, seen


def _checks() -> list[tuple[str, str]]:
    return [(check.name, check.about) for check in CHECKS if check.name not in _OF_THE_RUN]


def _why(found: CheckResult, name: str) -> str:
    return found.unmade.get(name, "" if name in found.made else "the model cannot be read")


def _made(
    name: str, about: str, unmade: str, standing: list[Finding] | tuple[()], accepted: tuple[Finding, ...]
) -> MadeCheck:
    grades = Counter(each.grade for each in standing if each.check == name)
    return MadeCheck(name, about, unmade, grades["error"], grades["warning"], grades["note"], len(accepted))


def _seen(finding: Finding, accepted: str) -> Seen:
    return Seen(
        finding.check,
        finding.grade,
        finding.variable or "",
        finding.place,
        finding.message,
        finding.remedy,
        accepted,
    )
