"""A printed number that says where it stands in result.json, so that a program can check it there.

The mark lies inside the text itself, in characters that no text of a page holds otherwise: sentences stay plain
strings, and a number keeps its mark through every join. A page turns marks into ``<data>`` elements; all else takes
them out.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

# Private-use characters, which mean nothing in any text.
_OPEN, _NEXT, _CLOSE = "\ue000", "\ue001", "\ue002"
_FACT = re.compile(
    f"{_OPEN}([^{_OPEN}{_NEXT}{_CLOSE}]*){_NEXT}([^{_OPEN}{_NEXT}{_CLOSE}]*){_NEXT}([^{_OPEN}{_CLOSE}]*){_CLOSE}"
)
_STRAY = re.compile(f"[{_OPEN}{_NEXT}{_CLOSE}]")


def fact(text: str, *at: str | int, times: float = 1) -> str:
    """Mark a printed number with its place in result.json.

    Parameters
    ----------
    text
        The number as it is printed, with its unit or not.
    at
        The place: keys and indices from the outside in.
    times
        What the value there is multiplied with before it is printed: 100 for a share in percent.

    Returns
    -------
    str
        The text with its mark; `bare` takes it out again.

    Examples
    --------
    >>> told = f"off by {fact('12.3 %', 'series', 'GDP', 'holdout', 'mape')} in 2013"
    >>> bare(told)
    'off by 12.3 % in 2013'
    >>> print(marked(told))
    off by <data value="12.3 %" data-at="/series/GDP/holdout/mape">12.3 %</data> in 2013
    """
    pointer = "".join(f"/{_escaped(str(key))}" for key in at)
    return f"{_OPEN}{_clean(pointer)}{_NEXT}{times:g}{_NEXT}{_clean(text)}{_CLOSE}"


def below(text: str, *at: str | int) -> str:
    """Put the places of all facts of a text below another, as a page over several documents needs it.

    Examples
    --------
    >>> print(marked(below(fact("12.3 %", "holdout", "mape"), "jixi", "series")))
    <data value="12.3 %" data-at="/jixi/series/holdout/mape">12.3 %</data>
    """
    place = "".join(f"/{_escaped(str(key))}" for key in at)
    return _FACT.sub(lambda found: f"{_OPEN}{_clean(place)}{found[0][1:]}", text)


def varying(text: str) -> str:
    """Mark a printed number that no two runs share, such as a wall time: nobody can hold it against another run.

    Examples
    --------
    >>> print(marked(f"in {varying('3.1')} s"))
    in <span data-varies>3.1</span> s
    """
    return f"{_OPEN}{_NEXT}1{_NEXT}{_clean(text)}{_CLOSE}"


def bare(text: str) -> str:
    """Return a text without the marks of its facts."""
    return _STRAY.sub("", _FACT.sub(lambda found: found[3], text))


def marked(text: str) -> Markup:
    """Return a text as HTML, escaped, its facts as ``<data>`` elements, what varies marked as such."""
    parts, end = [], 0
    for found in _FACT.finditer(text):
        parts += [escape(_clean(text[end : found.start()])), _element(*found.groups())]
        end = found.end()
    return Markup("").join((*parts, escape(_clean(text[end:]))))


def _element(pointer: str, times: str, shown: str) -> Markup:
    if not pointer:
        return Markup("<span data-varies>{}</span>").format(shown)
    scale = Markup("") if times == "1" else Markup(' data-times="{}"').format(times)
    return Markup('<data value="{}" data-at="{}"{}>{}</data>').format(shown, pointer, scale, shown)


def _escaped(key: str) -> str:
    """Write a key as JSON pointers have it (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


def _clean(text: str) -> str:
    return _STRAY.sub("", text)
