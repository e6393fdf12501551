"""The commands that repeat studies and verify their results, word for word, said in the folder of the results."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from rcsd.study.file.reading import FILE_NAME
from rcsd.study.graph.registry import all_steps
from rcsd.study.graph.result import StudyResult
from rcsd.study.written.inputs import FOLDER

AGAIN = "again"
"""Where a repetition writes its results, beside those that it repeats."""

VERIFY = "rcsd verify ."


def repeat_command(result: StudyResult) -> str:
    """Return the command that makes the results again, in the folder `again`."""
    return _command([_inputs(result)], [result])


def repeat_all(results: Sequence[StudyResult]) -> str:
    """Return the commands that make several studies again and verify them, said in the folder that holds theirs."""
    names = [result.info.name for result in results]
    again = _command([f"{name}/{_inputs(result)}" for name, result in zip(names, results, strict=True)], results)
    return f"{again}\n{shlex.join(['rcsd', 'verify', *names])}"


def _inputs(result: StudyResult) -> str:
    """Name the study among the inputs: by the folder, or by its file where that has a name of its own."""
    file = result.info.study_file
    return FOLDER if file == FILE_NAME else f"{FOLDER}/{file}"


def _command(inputs: Sequence[str], results: Sequence[StudyResult]) -> str:
    words = ["rcsd", "study", *inputs, "--out", AGAIN]
    if all(result.info.quick for result in results):
        words.append("--quick")
    asked = dict.fromkeys(word for result in results for word in asked_words(result))
    if asked:
        words += ["--with", ",".join(asked)]
    return shlex.join(words)


def asked_words(result: StudyResult) -> Sequence[str]:
    """Return the words by which steps on demand were asked for."""
    steps = (step for step in all_steps() if step.asked is not None and step.name in result.given)
    return tuple(word for step in steps if step.asked is not None for word in step.asked.told(result.given[step.name]))
