"""The commands that repeat a study and verify its results, word for word, said in the folder of the results."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from rcsd.study.graph.registry import all_steps
from rcsd.study.graph.result import StudyResult
from rcsd.study.written.inputs import FOLDER

AGAIN = "again"
"""Where a repetition writes its results, beside those that it repeats."""

VERIFY = "rcsd verify ."


def repeat_command(result: StudyResult) -> str:
    """Return the command that makes the results again, in the folder `again`."""
    words = ["rcsd", "study", FOLDER, "--out", AGAIN]
    if result.info.quick:
        words.append("--quick")
    asked = asked_words(result)
    if asked:
        words += ["--with", ",".join(asked)]
    return shlex.join(words)


def repeat_all(results: Sequence[StudyResult]) -> str:
    """Return the commands that make the results of all studies again and verify them, in the folder of these."""
    names = [result.info.name for result in results]
    words = ["rcsd", "study", *names, "--out", AGAIN]
    if all(result.info.quick for result in results):
        words.append("--quick")
    asked = dict.fromkeys(word for result in results for word in asked_words(result))
    if asked:
        words += ["--with", ",".join(asked)]
    return f"{shlex.join(words)}\n{shlex.join(['rcsd', 'verify', *names])}"


def asked_words(result: StudyResult) -> Sequence[str]:
    """Return the words by which steps on demand were asked for."""
    steps = (step for step in all_steps() if step.asked is not None and step.name in result.given)
    return tuple(word for step in steps if step.asked is not None for word in step.asked.told(result.given[step.name]))
