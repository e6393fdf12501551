"""A model file -> `ir.Model`, or one error that lists what is wrong with the file.

Another process reads, `rcsd.simulation.reader.process.child`: neither PySD nor what a file makes of it comes into this
one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from rcsd.errors import ModelError, UnexpectedError
from rcsd.files import sha256
from rcsd.simulation.functions import FUNCTIONS
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.codec import decoded
from rcsd.simulation.reader.process.kept import Kept, keep, key_of, look_up
from rcsd.simulation.reader.source import SUFFIXES, read_bytes
from rcsd.work.child import Asked, Child, ChildFailed, number_from_environment
from rcsd.work.telling import warn_again

CHILD = Child("rcsd.simulation.reader.process.child")
"""The process that reads."""

_SECONDS, _TIME = "RCSD_READ_SECONDS", 120.0
_KEPT: dict[tuple[Path, bool], Model] = {}
_MOST_KEPT = 16
"""Models that are kept as read, so that the cities of a panel, or four studies of one model, parse it once."""


def read(path: str | Path, *, allow_outside: bool = False) -> Model:
    """Read a model file; one that has not changed since it was last read is not parsed again.

    Parameters
    ----------
    path : str or Path
        A Vensim ``.mdl``, or an XMILE ``.xmile``, ``.stmx``, ``.itmx`` or ``.xml`` file. Nothing is written
        beside it.
    allow_outside : bool
        Whether the model may read data files that lie outside its own folder.

    Returns
    -------
    Model

    Raises
    ------
    ModelError
        When the file is missing or faulty; every fault is listed with line and variable where
        these can be found. Also when reading it takes more time (``RCSD_READ_SECONDS``, 120) or memory
        (``RCSDCHILD_GIB``, 4) than it may.
    UnexpectedError
        When reading fails for a reason that nobody foresaw.
    """
    with reading(path, allow_outside=allow_outside) as model:
        return model()


@contextmanager
def reading(path: str | Path, *, allow_outside: bool = False) -> Iterator[Callable[[], Model]]:
    """Begin to read a model file, so that something else can be done meanwhile; parameters and errors are `read`'s.

    Yields
    ------
    callable
        Waits for the model and returns it.
    """
    path = Path(path).expanduser().absolute()
    if path.suffix.lower() not in SUFFIXES:
        raise ModelError(
            f"a model file ends in {', '.join(SUFFIXES)}, not in {path.suffix!r}; give a Vensim or XMILE file",
            path=path,
        )
    raw = read_bytes(path)
    place = path, allow_outside
    known = None if FUNCTIONS.has_grown else _KEPT.get(place)  # a function added since may be called there
    if known is not None and known.sha256 == sha256(raw):
        yield partial(_itself, known)
    elif FUNCTIONS.has_grown:
        yield partial(_read_here, path, raw, allow_outside)
    else:
        key = key_of(path, raw, allow_outside)
        if found := look_up(key):
            model, said = found
            warn_again(said, stacklevel=5)
            _remember(place, model)
            yield partial(_itself, model)
            return
        seconds = time_limit()
        begun = time.time()
        with CHILD.asked({"path": str(path), "allow_outside": allow_outside}, raw, seconds=seconds) as asked:
            yield partial(_taken, asked, place, key, begun)


def time_limit() -> float:
    """Return how many seconds the process that reads may take."""
    return number_from_environment(_SECONDS, _TIME)


def _itself(model: Model) -> Model:
    """Wait for nothing."""
    return model


def _taken(asked: Asked, place: tuple[Path, bool], key: str, begun: float) -> Model:
    """Wait for the child, and keep what it read."""
    path, _ = place
    try:
        head, content = asked.take()
    except ChildFailed as failure:
        raise ModelError(
            f"the process that reads the file {failure}; set {_SECONDS} to give it more time", path=path
        ) from failure
    except UnexpectedError as error:
        raise UnexpectedError(f"unexpected error in {path}: {error}", details=error.details) from error
    model: Model = decoded(content)
    keep(key, Kept(content, [tuple(each) for each in head["warnings"]]), model, begun)
    _remember(place, model)
    return model


def _remember(place: tuple[Path, bool], model: Model) -> None:
    """Keep a model for this process."""
    if model.external_files:  # what these hold is part of the model, and may change while its file does not
        return
    _KEPT[place] = model
    for oldest in list(_KEPT)[:-_MOST_KEPT]:
        _KEPT.pop(oldest, None)


def _read_here(path: Path, raw: bytes, allow_outside: bool) -> Model:
    """Read in this process: functions that a program has added itself are known nowhere else."""
    from rcsd.simulation.reader.parsing import parse  # noqa: PLC0415 - PySD is slow to import

    return parse(path, raw, allow_outside=allow_outside).model
