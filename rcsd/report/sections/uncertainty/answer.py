"""What the data know, in two lines."""

from __future__ import annotations

from rcsd.report.sections.uncertainty.words import partners, search_verdict
from rcsd.report.wording import count, listing
from rcsd.study.findings.profiles import Uncertainty
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.parameters import PARAMETERS
from rcsd.study.steps.posterior import POSTERIOR
from rcsd.study.steps.profiles import PROFILES

_SHARES = {
    "data": "from the data",
    "data and prior": "from data and assumptions together",
    "prior": "from assumptions alone",
    "nothing": "from nothing",
    "with others": "only in combination with others",
}


def known_answer(result: StudyResult) -> str:
    """Answer what the data know of the parameters, and whether the search and the draws can be relied on."""
    known = result.get(PROFILES)
    return " ".join(filter(None, (_determined(result, known), _searched(result), _sampled(result))))


def _determined(result: StudyResult, known: Uncertainty | None) -> str:
    names = [each.name for each in result[PARAMETERS].parameters]
    if known is None:
        return f"{count(len(names), 'parameter')} fitted; what the data know of them was not examined."
    counted = dict.fromkeys(_SHARES, 0)
    for name in names:
        counted["with others" if partners(known, name) else known.verdicts[name]] += 1
    n = len(names)
    if n in counted.values():
        how = next(words for kind, words in _SHARES.items() if counted[kind])
        return f"The {'one' if n == 1 else n} fitted {'parameter is' if n == 1 else 'parameters are'} known {how}."
    parts = [(counted[kind], words) for kind, words in _SHARES.items() if counted[kind]]
    (first, how), others = parts[0], parts[1:]
    known_how = listing(
        [f"{first} {'is' if first == 1 else 'are'} known {how}", *(f"{n} {words}" for n, words in others)]
    )
    return f"Of {n} fitted parameters, {known_how}."


def _searched(result: StudyResult) -> str:
    """Say in short whether the search found one place; in full where it did not."""
    found = result[CALIBRATE].agreement
    if found.found != "repeatedly":
        return search_verdict(result)
    return f"{found.n_near} of {count(found.n_starts, 'start')} of the search ended in the same place."


def _sampled(result: StudyResult) -> str:
    sampled = result.get(POSTERIOR)
    if sampled is None:
        return ""
    if sampled.posterior is None:
        return f"There is no posterior: {'; '.join(sampled.faults)}."
    if sampled.faults:
        return f"The draws of the posterior have not converged: {'; '.join(sampled.faults)}."
    return "The draws of the posterior have converged."
