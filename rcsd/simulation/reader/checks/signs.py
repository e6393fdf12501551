"""Signs of a Chinese or Japanese keyboard that look like operators and brackets, and are letters to the tools."""

from __future__ import annotations

import unicodedata

_ALIKE = {
    "\u3001": ",",
    "\u3002": ".",
    "\u201c": '"',
    "\u201d": '"',
    "\u2018": "'",
    "\u2019": "'",
    "\u00d7": "*",
    "\u00f7": "/",
    "\u2212": "-",
}


def sign_hint(text: str) -> str:
    """Name the first sign in a text that was probably meant as an ASCII one.

    Returns
    -------
    str
        The rest of a sentence, or an empty text.

    Examples
    --------
    >>> sign_hint("\uff081+2\uff09")
    "'\uff08' (U+FF08) is a letter and no sign here; write '(' if you mean that"
    """
    for letter in text:
        plain = _ALIKE.get(letter) or (unicodedata.normalize("NFKC", letter) if "\uff01" <= letter <= "\uff5e" else "")
        if plain and not plain.isalnum():
            return f"{letter!r} (U+{ord(letter):04X}) is a letter and no sign here; write {plain!r} if you mean that"
    return ""
