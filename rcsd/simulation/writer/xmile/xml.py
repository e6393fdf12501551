"""Elements of XML as lines of text: one writer, so that every file is indented and escaped alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

_INDENT = "    "
_NO_LETTERS = frozenset(map(chr, [*range(0xD800, 0xE000), 0xFFFE, 0xFFFF]))
_ON_ONE_LINE = {"element"}
"""What is written on one line where it holds one element without elements: of arrays there are many."""


@dataclass(frozen=True, slots=True)
class Node:
    """An element.

    Attributes
    ----------
    tag : str
        Its name.
    attributes : tuple of (str, str)
        In order.
    text : str
        What it holds, if it holds no elements.
    children : tuple of Node
        What it holds otherwise.
    """

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    text: str = ""
    children: tuple[Node, ...] = ()

    def lines(self, depth: int = 0) -> Iterable[str]:
        """Yield its lines."""
        pad = _INDENT * depth
        head = self.tag + "".join(f" {name}={quoteattr(clean(value))}" for name, value in self.attributes)
        if self.tag in _ON_ONE_LINE and len(self.children) == 1 and not self.children[0].children:
            (inside,) = self.children[0].lines()
            yield f"{pad}<{head}>{inside}</{self.tag}>"
        elif self.children:
            yield f"{pad}<{head}>"
            for child in self.children:
                yield from child.lines(depth + 1)
            yield f"{pad}</{self.tag}>"
        elif self.text:
            yield f"{pad}<{head}>{escape(clean(self.text))}</{self.tag}>"
        else:
            yield f"{pad}<{head}/>"


def node(tag: str, *children: Node | str | None, **attributes: str | None) -> Node:
    """Make an element; what is None is left out. A name of an attribute has a colon for two underscores."""
    text = "".join(child for child in children if isinstance(child, str))
    inside = tuple(child for child in children if isinstance(child, Node))
    given = tuple((name.replace("__", ":"), value) for name, value in attributes.items() if value is not None)
    return Node(tag, given, text, inside)


def clean(text: str) -> str:
    """Take out what XML cannot hold."""
    return "".join(letter for letter in text if letter in "\t\n" or (letter >= " " and letter not in _NO_LETTERS))
