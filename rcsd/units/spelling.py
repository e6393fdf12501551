"""One spelling for what people write in many: superscripts, full-width signs, numbers with signs between digits."""

from __future__ import annotations

import re
import unicodedata

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_SUPERSCRIPTS = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+")
_SIGNS = str.maketrans(
    {"·": "*", "⋅": "*", "•": "*", "×": "*", "−": "-", "–": "-", "\u2215": "/", "÷": "/", "\u00a0": " "}
)
_RANGE = re.compile(r"\[[^\]]*\]\s*$")
_GROUPED = re.compile(r"(?<![\d.])\d{1,3}(?:[, ]\d{3})+(?!\d)")
_POWER_OF_TEN = re.compile(r"(?<![\w.])[x*]?\s*10\s*\^\s*\(?(-?\d{1,2})\)?(?!\d)")
_EXPONENT = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)e\+?(-?\d{1,2})(?!\w)", re.IGNORECASE)
_RAISED_NAME = re.compile(r"([^\W\d_]+)\s?\^?\s?(-\d)(?!\d)")
_WORDS_WITH_PER = ((re.compile(r"\bper[ -]?cent\b", re.I), "percent"), (re.compile(r"\bper[ -]?mill?e?\b", re.I), "‰"))
_PER = re.compile(r"(?:^|(?<=[\s\d)]))per(?=[\s\d(])", re.IGNORECASE)
_SQUARED = re.compile(r"\b(?:square|sq\.?)\s+([^\W\d]+)", re.IGNORECASE)
_CUBED = re.compile(r"\b(?:cubic|cu\.?)\s+([^\W\d]+)", re.IGNORECASE)
_PRICES = re.compile(
    r"\(?\b(?:at\s+)?(?:constant|current|real|nominal|chained)\b\s*(?:(?:19|20)\d\d)?(?:\s+prices?)?\)?"
    r"|\b(?:at\s+)?(?:19|20)\d\d\s+prices?\b|[((]?(?:当年价|现价|不变价|可比价)格?[))]?",
    re.IGNORECASE,
)


def normal_spelling(text: str) -> tuple[str, bool]:
    """Write a unit with plain signs: names, numbers, ``*``, ``/``, ``^`` and brackets.

    Returns
    -------
    (text, priced)
        Whether words about prices were left out, such as "constant 2015".

    Examples
    --------
    >>> normal_spelling("10⁴ t·km⁻²")
    ('10000*t*km^-2', False)
    >>> normal_spelling("per 1,000 people")
    ('1/1000 people', False)
    """
    text = _SUPERSCRIPTS.sub(lambda found: "^" + found[0].translate(_RAISED), text.translate(_SIGNS))
    text = _RANGE.sub("", unicodedata.normalize("NFKC", text).translate(_SIGNS))
    text = text.replace("_", " ").replace("**", "^")
    bare = _PRICES.sub(" ", text)
    priced = bare != text
    for pattern, word in _WORDS_WITH_PER:
        bare = pattern.sub(word, bare)
    bare = _SQUARED.sub(r"\1^2", bare)
    bare = _CUBED.sub(r"\1^3", bare)
    bare = _GROUPED.sub(lambda found: re.sub("[, ]", "", found[0]), bare)
    bare = _POWER_OF_TEN.sub(lambda found: f" {_power_of_ten('1', int(found[1]))} ", bare)
    bare = _EXPONENT.sub(lambda found: _power_of_ten(found[1], int(found[2])), bare)
    bare = re.sub(r"^\s*[x*]\s*(?=\d)", "", bare)
    bare = _with_negative_exponents(bare)
    bare = _PER.sub("/", bare)
    bare = re.sub(r"\s*([*/^()])\s*", r"\1", " ".join(bare.split()))
    return ("1" + bare if bare.startswith("/") else bare), priced


def _power_of_ten(digits: str, exponent: int) -> str:
    """Write a number times a power of ten without one."""
    return (
        f"{digits}{'0' * exponent}" if exponent >= 0 and "." not in digits else f"{float(digits) * 10.0**exponent:.15g}"
    )


def _with_negative_exponents(text: str) -> str:
    """Read ``kg m-2 s-1`` as ``kg*m^-2*s^-1``: where exponents are written so, a blank is a product."""
    if not _RAISED_NAME.search(text):
        return text
    raised = _RAISED_NAME.sub(r"\1^\2", text)
    return re.sub(r"(?<=[^\s*/(])\s+(?=[^\s*/)])", "*", raised.strip())
