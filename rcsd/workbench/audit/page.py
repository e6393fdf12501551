"""A page as it is read for a verification: its facts, and its pieces one after the other."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VARIES = "data-varies"
"""Attribute of an element whose text no two runs share, such as a wall time."""

_WITHOUT_NUMBERS = re.compile(r"^[-\N{MINUS SIGN}\N{EN DASH}\d.,eE+\s]*$")
"""Text that is a number and nothing else, however it is written."""

_EMPTY = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})


@dataclass(frozen=True, slots=True)
class PrintedFact:
    """A printed number that says where it stands in result.json.

    Attributes
    ----------
    text : str
        As printed.
    at : str
        JSON pointer (RFC 6901).
    times : str
        What the value there is multiplied with.
    value : str
        The attribute `value`, which programs read.
    """

    text: str
    at: str
    times: str
    value: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, an attribute or a picture of a page, and the line on which it stands."""

    text: str
    line: int


@dataclass(slots=True)
class PageContent:
    """What a page holds: facts, and all pieces but those that vary from run to run."""

    facts: list[PrintedFact] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


def read_page(text: str) -> PageContent:
    """Take a page apart.

    Examples
    --------
    >>> page = read_page('<p>off by <data value="5.5 %" data-at="/mape">5.5 %</data> in <b data-varies>3</b> s</p>')
    >>> page.facts
    [PrintedFact(text='5.5 %', at='/mape', times='1', value='5.5 %')]
    >>> [piece.text for piece in page.pieces]
    ['off by', '5.5 %', '/mape', '5.5 %', 'in', 'b data-varies', 's']
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.content


@dataclass(slots=True)
class _Open:
    """An element that is open: a fact collects its text, and nothing is read in one that varies."""

    tag: str
    varies: bool
    fact: dict[str, str] | None
    texts: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.content = PageContent()
        self._open: list[_Open] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        varies = VARIES in named or bool(self._open and self._open[-1].varies)
        if VARIES in named:
            self._piece(f"{tag} {VARIES}")
        for value in () if varies else named.values():
            self._piece(_digested(value))
        if tag not in _EMPTY:
            self._open.append(_Open(tag, varies, named if "data-at" in named else None))

    def handle_endtag(self, tag: str) -> None:
        at = next((index for index in range(len(self._open) - 1, -1, -1) if self._open[index].tag == tag), None)
        if at is None:
            return
        fact, texts = self._open[at].fact, self._open[at].texts
        del self._open[at:]
        if fact is not None:
            said = "".join(texts)
            self.content.facts.append(
                PrintedFact(said, fact["data-at"], fact.get("data-times", "1"), fact.get("value", ""))
            )

    def handle_data(self, data: str) -> None:
        for each in self._open:
            if each.fact is not None:
                each.texts.append(data)
        # what varies is a number, or the dash for none: words in its place are said like all others
        self._piece(_WITHOUT_NUMBERS.sub("", data) if self._open and self._open[-1].varies else data)

    def handle_comment(self, data: str) -> None:
        self._piece(data)

    def _piece(self, text: str) -> None:
        said = " ".join(text.split())
        if said:
            self.content.pieces.append(Piece(said, self.getpos()[0]))


def _digested(address: str) -> str:
    """Name a picture that is held in its address by its hash."""
    if not address.startswith("data:"):
        return address
    return f"picture {hashlib.sha256(address.encode()).hexdigest()[:12]}"
