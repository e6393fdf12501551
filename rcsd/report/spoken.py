"""The words of the study that a page is written for.

Every sentence, table and figure of a page asks here what a period or a unit is called. They are set around the writing
of a page, as a language would be: sections stay functions of their result alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace

from rcsd.analysis.clock import IDENTITY, Clock, at_time
from rcsd.report.wording import KNOWLEDGE, KNOWLEDGE_NOTE, listing
from rcsd.study.graph.result import StudyResult
from rcsd.study.words import Words, many


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words of a page, whether anything drives the models from outside, and what their periods are."""

    words: Words = field(default_factory=Words)
    drivers: bool = True
    clock: Clock = IDENTITY

    def knowing(self, drivers: str) -> str:
        """Say what a forecast knows of the drivers; empty where there are none."""
        return KNOWLEDGE[drivers] if self.drivers else ""

    def with_knowledge(self, text: str, drivers: str, between: str = ", ") -> str:
        """Put what is known of the drivers behind a word; the word alone where there are none."""
        return f"{text}{between}{KNOWLEDGE[drivers]}" if self.drivers else text

    @property
    def knowledge_note(self) -> str:
        """What these words mean, with a space before and after; a space where there are no drivers."""
        return f" {KNOWLEDGE_NOTE} " if self.drivers else " "

    def moment(self, label: str) -> str:
        """Name a moment: a year or a date stands alone, a bare number follows the name of what it counts.

        Examples
        --------
        >>> Spoken().moment("2010"), Spoken(Words(period="day")).moment("11")
        ('2010', 'day 11')
        >>> Spoken(Words(period="week"), clock=Clock(period=7, unit="day")).moment("14")
        'day 14'
        """
        bare = label.replace("–", "").replace(".", "").lstrip("-").isdecimal()
        return f"{self._counted} {label}" if bare and self._counted != "year" else label

    @property
    def _counted(self) -> str:
        """What bare numbers count: the model's unit of time, which a period may have several of."""
        own = self.clock.unit if self.clock.word is None and self.words.period == self.clock.name else None
        return own or self.words.period

    def window(self, label: str) -> str:
        """Name a stretch of time: "2000–2010", or "days 1–11"."""
        bare = label.replace("–", "").replace(".", "").lstrip("-").isdecimal()
        counted = self.words.periods if self._counted == self.words.period else many(self._counted)
        return f"{counted} {label}" if bare and self._counted != "year" else label


_PLAIN = Spoken()
_SPOKEN: ContextVar[Spoken] = ContextVar("spoken", default=_PLAIN)


def spoken() -> Spoken:
    """Return the words of the page that is being written."""
    return _SPOKEN.get()


def period() -> str:
    """Return what one step of the clock is called: year."""
    return _SPOKEN.get().words.period


def a_period() -> str:
    """Return the same with its article: a year, an hour."""
    return _SPOKEN.get().words.a_period


def periods() -> str:
    """Return what several are called: years."""
    return _SPOKEN.get().words.periods


def change() -> str:
    """Return what a change from one to the next is called: yearly change."""
    return _SPOKEN.get().words.change


def when(time: float) -> str:
    """Write a period as the study dates it."""
    return _SPOKEN.get().clock.label(time)


def at_times(*times: float) -> str:
    """Say when, as the study dates it.

    Examples
    --------
    >>> at_times(2010, 2013)
    'in 2010 and 2013'
    >>> with speaking(Spoken(Words(period="day"))):
    ...     at_times(11), at_times(11, 14)
    ('on day 11', 'on days 11 and 14')
    """
    said, labels = _SPOKEN.get(), [when(time) for time in times]
    moments = [said.moment(label) for label in labels]
    if len(labels) > 1 and moments != labels:
        return at_time(f"{many(moments[0].removesuffix(f' {labels[0]}'))} {listing(labels)}")
    return at_time(listing(moments))


def span(first: float, last: float) -> str:
    """Write a window as the study dates it: one time where both are the same.

    Examples
    --------
    >>> span(2000, 2010), span(2011, 2011)
    ('2000–2010', '2011')
    """
    clock = _SPOKEN.get().clock
    between = "–" if clock.word in (None, "year") else " to "
    return when(first) if first == last else f"{when(first)}{between}{when(last)}"


@contextmanager
def speaking_of(results: Sequence[StudyResult]) -> Iterator[None]:
    """Speak of some studies: in their own words where all have the same, else in plain ones."""
    said = {result.info.words for result in results}
    words = said.pop() if len(said) == 1 else Words(period="period", periods="periods")
    clocks = {result.info.clock for result in results}
    clock = clocks.pop() if len(clocks) == 1 else IDENTITY
    with speaking(Spoken(words, any(result.drivers for result in results), clock)):
        yield


@contextmanager
def speaking(words: Spoken) -> Iterator[None]:
    """Speak in given words."""
    token = _SPOKEN.set(words)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


@contextmanager
def dated_by(clock: Clock) -> Iterator[None]:
    """Write periods as a clock dates them: for what is read out or drawn beside any page."""
    with speaking(replace(_SPOKEN.get(), clock=clock)):
        yield
