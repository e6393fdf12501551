"""The options by which `rcsd study` asks for steps on demand, whichever are installed."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rcsd.errors import ParameterError
from rcsd.names import near_matches
from rcsd.study.graph.registry import all_steps

if TYPE_CHECKING:
    from rcsd.study import Study
    from rcsd.study.graph.request import Asked

WITH = "assessed"
"""Parameter behind the option `--with`, whose name is a keyword."""


def asked_for() -> dict[str, Asked]:
    """Return how steps can be asked for, by name of the step."""
    return {step.name: step.asked for step in all_steps() if step.asked is not None}


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command with an option for the words of all steps, and one for every file that they read."""
    words = {word: meaning for asked in asked_for().values() for word, meaning in asked.words.items()}
    options: dict[str, Any] = {}
    if words:
        listed = ", ".join(f"{word} ({meaning})" for word, meaning in words.items())
        said = f"Assessments, separated by commas: {listed}."
        options[WITH] = Annotated[str | None, typer.Option("--with", metavar="WORDS", help=said)]
    for asked in asked_for().values():
        for name, option in asked.files.items():
            options[name] = Annotated[Path | None, typer.Option(help=option.help)]
    kind = inspect.Parameter.KEYWORD_ONLY
    more = [inspect.Parameter(name, kind, default=None, annotation=option) for name, option in options.items()]
    signature = inspect.signature(command, eval_str=True)
    own = [each for each in signature.parameters.values() if each.kind is not inspect.Parameter.VAR_KEYWORD]

    @wraps(command)
    def complete(*given: Any, **named: Any) -> None:
        command(*given, **named)

    described: Any = complete
    described.__signature__ = signature.replace(parameters=[*own, *more])
    described.__annotations__ = {each.name: each.annotation for each in (*own, *more)}
    return complete


def load_asked(options: Mapping[str, Any], studies: Sequence[Study]) -> dict[str, dict[str, Any]]:
    """Read and check all that the steps that are asked for need, before anything is run.

    Returns
    -------
    dict
        By study: what its steps on demand are given, by name of the step.

    Raises
    ------
    ParameterError
        For a word that no step knows, or a file that no word asks for; what a step refuses beside these.
    """
    words = _words(options.get(WITH))
    given: dict[str, dict[str, Any]] = {study.name: {} for study in studies}
    for name, asked in asked_for().items():
        files = {option: options.get(option) for option in asked.files}
        for option, path in files.items():
            word = asked.files[option].word
            if path is not None and word not in words:
                raise ParameterError(f"--{option} is read by --with {word}: add that, or leave the file out")
        wanted = [word for word in asked.words if word in words]
        if wanted:
            for study, content in asked.load(wanted, studies, files).items():
                given[study][name] = content
    return given


def _words(text: str | None) -> set[str]:
    """Read words that are separated by commas.

    Raises
    ------
    ParameterError
        For a word that nothing is known by, or none at all.
    """
    if text is None:
        return set()
    known = [word for asked in asked_for().values() for word in asked.words]
    found = [word.strip() for word in text.split(",")]
    for word in found:
        if word not in known:
            hint = near_matches(word, known) or f"there are {' and '.join(known)}"
            raise ParameterError(
                f"--with takes words separated by commas, such as {','.join(known)}; got {word!r}; {hint}"
            )
    return set(found)
