"""How PySD is called: what its parsers raise, and which of its own warnings are held back."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock

from parsimonious.exceptions import ParseError, ParsimoniousError

from rcsd.errors import RcsdWarning
from rcsd.simulation.reader.checks.signs import sign_hint


class Misread(ValueError):  # noqa: N818 - named for what it tells
    """What is wrong with one equation, as the rest of a sentence that begins with it."""


PYSD_FAULTS = (
    ParsimoniousError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NameError,
    NotImplementedError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What PySD's parsers, builder and loader raise on a model that they cannot take."""

FILE_FAULTS = (OSError, EOFError, ImportError, AssertionError, zipfile.BadZipFile, zlib.error, re.error)
"""What else its readers of spreadsheets raise on a file that is none."""

_ONE_AT_A_TIME = RLock()
"""Warnings are held back for the whole process: two threads would put back each other's filters."""


@contextmanager
def quiet_pysd() -> Iterator[None]:
    """Hold back PySD's own messages, each by name, for the length of a ``with`` block.

    These are deprecations in PySD's code that its user can do nothing about, the notice that a table is read beyond
    its ends, where it goes on as its format says, and the one that a variable is a constant for some elements only,
    which holds for ways of setting it that are not taken here. That a cell holds no number is told in other words.
    Which name PySD gives to a dimension changes no number.
    Anything else still comes through. Threads take turns.
    """
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        for category, message in (
            (DeprecationWarning, r"The inplace keyword in DataFrame\.set_index"),
            (DeprecationWarning, r"chardet\.universaldetector is deprecated"),
            (Warning, r"The default engine for reading 'xlsx' files"),  # pandas, whichever of two reads alike
            (Warning, r"Falling back to the 'python' engine"),  # pandas, of a separator of several signs
            (UserWarning, r"(?s).*extrapolating data (above|below) the (maximum|minimum) value"),
            (UserWarning, r"(?s).*Constant value missing or non-valid"),
            (UserWarning, r"Variable '\w+' is defined with different (sub)?types"),
            (UserWarning, r"\s*Dimension given by subscripts"),
        ):
            warnings.filterwarnings("ignore", category=category, message=message)
        yield


@contextmanager
def heard_pysd(in_words: Callable[[str], str]) -> Iterator[None]:
    """Hold back what `quiet_pysd` does, and tell PySD's other messages as ours, with the user's names."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with quiet_pysd():
            yield
    for each in caught:
        text = str(each.message)
        ours = text if issubclass(each.category, RcsdWarning) else f"PySD says: {in_words(' '.join(text.split()))}"
        warnings.warn(ours, RcsdWarning, stacklevel=3)


with quiet_pysd():  # once here, so that no later import warns, and nothing is parsed with Python's `eval`
    import rcsd.simulation.reader.process.literals  # noqa: F401


def refusal(error: BaseException) -> str:
    """Say that PySD cannot take a model; its own words are left out where they speak of its Python alone."""
    if isinstance(error, (*FILE_FAULTS, NotImplementedError)) and not isinstance(error, (ImportError, AssertionError)):
        return f"PySD cannot take the model ({' '.join(str(error).split())})"
    return "PySD cannot take the model"


def explain(error: BaseException) -> str:
    """Say in one line why PySD could not take something.

    Parameters
    ----------
    error : BaseException
        One of `PYSD_FAULTS`.

    Returns
    -------
    str
        The place in the text for a grammar error, else the first line of its message.
    """
    if isinstance(error, Misread):
        return str(error)
    if isinstance(error, ParseError):
        rest = " ".join(error.text[error.pos :].split())
        hint = sign_hint(error.text)
        where = f"cannot be read at {rest[:40]!r}" if rest else "cannot be read: it ends too early"
        return f"{where}; {hint}" if hint else where
    wrapped = error.__cause__ if isinstance(error, ParsimoniousError) else None
    cause = error if wrapped is None else wrapped
    if isinstance(cause, Misread):
        return str(cause)
    text = str(cause).strip() or type(cause).__name__
    if isinstance(cause, KeyError):
        text = f"PySD does not know {text}"
    return f"cannot be translated ({text.splitlines()[0]})"
