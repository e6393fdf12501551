"""How a study is asked for, and how steps on demand are, by words and by files that they read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rcsd.study.file.study import Study


@dataclass(frozen=True, slots=True)
class Request:
    """What decides a study's results beside the study itself.

    Attributes
    ----------
    quick
        Whether to take the smaller search and sample, and to leave out what needs chains.
    given
        What steps on demand are run with, by name of the step; a step that is named here is run.
    """

    quick: bool = False
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileOption:
    """A file that may be given in place of the one that comes with the package.

    Attributes
    ----------
    word
        Which word of the step reads it.
    help
        For the command line.
    """

    word: str
    help: str


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What `rcsd study --with` takes for a step.

    Attributes
    ----------
    words
        By word: what it adds to a study.
    load
        Given those of the words that were asked for, the studies and, by option, the files: reads and checks all that
        the step needs before anything is run, and returns by name of the study what the step is given.
    files
        By name of the option.
    told
        Given what the step is given, returns the words that ask for it.
    """

    words: Mapping[str, str]
    load: Callable[[Sequence[str], Sequence[Study], Mapping[str, Path | None]], Mapping[str, Any]]
    files: Mapping[str, FileOption] = field(default_factory=dict)
    told: Callable[[Any], Sequence[str]] = lambda _given: ()
