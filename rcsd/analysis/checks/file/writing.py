"""A first file of checks, written from what a model does now: a start to be read, corrected and added to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rcsd.analysis.checks.conservation import closed_sets
from rcsd.analysis.checks.file.reading import Declared, checks_beside
from rcsd.analysis.checks.file.schema import ChecksFile
from rcsd.analysis.checks.subject import Subject
from rcsd.analysis.checks.trials import Broken, Trial, broken_in
from rcsd.errors import OutputError
from rcsd.files import is_file, write_text_atomic
from rcsd.simulation.loading import LoadedModel, find_model, load
from rcsd.simulation.reader.source import SUFFIXES

_MOVED = 0.01
"""Of the base run: what a stock must move by to be written down as rising or falling."""
_MOST_NAMED = 4
_TENFOLD = 10.0


@dataclass(frozen=True, slots=True)
class FirstChecks:
    """A file of checks that was written.

    Attributes
    ----------
    path : Path
        Where.
    n_cases : int
        Extreme conditions in it that the model meets.
    n_broken : int
        Those that it breaks in, which stand in it as comments.
    """

    path: Path
    n_cases: int
    n_broken: int

    @property
    def summary(self) -> str:
        """What it holds, in a sentence."""
        broken = f", {self.n_broken} that break the model as comments" if self.n_broken else ""
        return f"{self.n_cases} extreme conditions{broken}; read it, and correct what the model ought to do"


def write_first_checks(model: LoadedModel | str | Path, path: Path | None = None) -> FirstChecks:
    """Write a first file of checks for a model.

    It has the stocks that are negative in the base run, the sums of stocks that the equations conserve, the twin that
    lies beside the model, and every scalar constant at zero and at ten times its value, with the stocks that this
    moves most. What the model does now is written down; whether that is right is for the modeller to say.

    Parameters
    ----------
    model : LoadedModel, str or Path
        As of `rcsd.analysis.checks.check_model`.
    path : Path, optional
        Where to write; ``checks.toml`` beside the model when None.

    Raises
    ------
    OutputError
        When there is a file already.
    Unmade
        When the model cannot be run.
    """
    loaded = model if isinstance(model, LoadedModel) else load(find_model(model))
    target = checks_beside(loaded.path) if path is None else path
    if is_file(target):
        raise OutputError("there is a file of checks already; add to it, or name another with --checks", path=target)
    subject = Subject(loaded, Declared(ChecksFile()))
    trials = _trials(subject)
    broken: dict[int, Broken] = {}
    for each in broken_in(subject, trials):
        broken.setdefault(id(each.trial), each)
    sound = [trial for trial in trials if id(trial) not in broken]
    parts = [_head(loaded), _signed(subject), _twin(loaded), *_conserved(subject), *_cases(subject, sound)]
    parts += [_commented(each) for each in broken.values()]
    write_text_atomic(target, "\n".join(part for part in parts if part))
    return FirstChecks(target, len(sound), len(broken))


def _trials(subject: Subject) -> list[Trial]:
    """Every scalar constant at zero and at ten times its value."""
    found = []
    for name, value in subject.model.constants.items():
        if name in subject.system.constants and value != 0:
            found.append(Trial({name: 0.0}, f"{name} at zero", name))
            found.append(Trial({name: _TENFOLD * value}, f"{name} at ten times its value", name))
    return found


def _head(model: LoadedModel) -> str:
    return (
        f"# What must hold for {model.path.name}, written from what it does now: correct what it ought to do.\n"
        "# Every key stands in docs/reference/checks-toml.md.\n"
    )


def _signed(subject: Subject) -> str:
    names = sorted({subject.stocks[each] for each in subject.negative(subject.base, 0)})
    return f"signed_stocks = [{', '.join(map(_quoted, names))}]\n"


def _twin(model: LoadedModel) -> str:
    beside = [model.path.with_suffix(suffix) for suffix in SUFFIXES if suffix != model.path.suffix.lower()]
    twin = next((path for path in beside if is_file(path)), None)
    return "" if twin is None else f"twin = {_quoted(twin.name)}\n"


def _conserved(subject: Subject) -> Iterator[str]:
    for stocks in closed_sets(subject):
        yield f"[[conserved]]\nstocks = [{', '.join(map(_quoted, stocks))}]\n"


def _cases(subject: Subject, trials: Sequence[Trial]) -> Iterator[str]:
    """Write cases that the model meets, with the stocks that each moves most at the final time."""
    if not trials:
        return
    names = list(subject.stocks)
    run = subject.run_many([trial.values for trial in trials], outputs=names or None)
    base = np.array([subject.base.of(name)[0, -1] for name in names])
    sizes = np.maximum(np.abs(base), np.array([subject.base_scale[name] for name in names]))
    for trial, ends in zip(trials, run.values[:, -1, :], strict=True):
        with np.errstate(divide="ignore", invalid="ignore"):
            moved = np.where(sizes > 0, (ends - base) / sizes, 0.0)
        order = np.argsort(-np.abs(moved))[:_MOST_NAMED]
        lists = {
            key: [names[i] for i in order if sign * moved[i] > _MOVED] for key, sign in (("rises", 1), ("falls", -1))
        }
        lines = ["[[extremes]]", f"name = {_quoted(trial.words)}", f"set = {_table(trial)}"]
        lines += [f"{key} = [{', '.join(map(_quoted, each))}]" for key, each in lists.items() if each]
        yield "\n".join([*lines, ""])


def _commented(broken: Broken) -> str:
    what = "is not a finite number" if broken.lost else "falls below zero"
    return (
        f"# {broken.trial.words}: {_plain(broken.variable)} {what} from time {broken.time:g} on\n"
        f"# [[extremes]]\n# name = {_quoted(broken.trial.words)}\n# set = {_table(broken.trial)}\n"
    )


def _table(trial: Trial) -> str:
    return f"{{ {', '.join(f'{_quoted(name)} = {value!r}' for name, value in trial.values.items())} }}"


def _quoted(text: str) -> str:
    """Write a string as TOML does, whose basic strings are JSON's."""
    return json.dumps(text, ensure_ascii=False)


def _plain(text: str) -> str:
    """Keep a name that goes into a comment on its line."""
    return " ".join(text.split())
