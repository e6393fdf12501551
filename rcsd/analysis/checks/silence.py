"""Findings that the file of checks accepts, and silences that accept nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rcsd.analysis.checks.file.reading import Declared
from rcsd.analysis.checks.file.schema import Silence
from rcsd.analysis.checks.result import Silenced
from rcsd.names import canonical
from rcsd.simulation.checks import Finding


def silenced(
    findings: Iterable[Finding], declared: Declared, known: Sequence[str], made: Sequence[str]
) -> tuple[list[Finding], list[Silenced]]:
    """Part findings into those that stand and those that are accepted.

    Parameters
    ----------
    findings : iterable of Finding
        What was found.
    declared : Declared
        With the silences.
    known : sequence of str
        Names of all checks.
    made : sequence of str
        Names of those that were made: of another one a silence cannot be judged.

    Returns
    -------
    (open, accepted)
        A silence that accepts nothing is a note among the first, one of an unknown check an error.
    """
    silences = declared.content.silence
    used: set[int] = set()
    stands: list[Finding] = []
    accepted: list[Silenced] = []
    for finding in findings:
        which = next((i for i, silence in enumerate(silences) if _accepts(silence, finding)), None)
        if which is None:
            stands.append(finding)
        else:
            used.add(which)
            accepted.append(Silenced(finding, silences[which].reason))
    for i, silence in enumerate(silences):
        if silence.check not in known:
            what, remedy = f"there is no check {silence.check!r}", f"the checks are {', '.join(known)}"
            stands.append(_about(declared, i, silence, "error", what, remedy))
        elif i not in used and silence.check in made:
            stands.append(_about(declared, i, silence, "note", "this silence accepts nothing", "take it out"))
    return stands, accepted


def _accepts(silence: Silence, finding: Finding) -> bool:
    if silence.check != finding.check:
        return False
    if silence.variable is None:
        return True
    about = "" if finding.variable is None else finding.variable
    return canonical(silence.variable) in (canonical(about), canonical(about.partition("[")[0]))


def _about(declared: Declared, i: int, silence: Silence, grade: str, message: str, remedy: str) -> Finding:
    assert declared.path is not None
    line = declared.line("silence", str(i))
    return Finding(
        "silence", "error" if grade == "error" else "note", silence.variable, declared.path, line, message, remedy
    )
