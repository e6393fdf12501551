"""Names and numbers as equations of Vensim and of XMILE spell them."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Literal

from rcsd.names import canonical
from rcsd.simulation.functions import FUNCTIONS
from rcsd.simulation.functions.numerics.vectors import NOT_AVAILABLE

Language = Literal["vensim", "xmile"]
_PLAIN: dict[Language, re.Pattern[str]] = {
    "vensim": re.compile(r"[^\W\d](?:[\w $'])*"),
    # an apostrophe may stand for the transpose there
    "xmile": re.compile(r"(?:[A-Za-z_]|[^\W\d])[\w $]*"),
}
SELF = "SELF"
"""What XMILE calls the variable whose equation it is."""
RESERVED = frozenset({"time", "dt", "starttime", "stoptime", "self"})
"""What XMILE's equations take for the time and its settings, quotation marks or not."""
_WORDS: dict[Language, frozenset[str]] = {
    "vensim": frozenset({"time"}),
    "xmile": RESERVED | {"and", "or", "not", "mod", "if", "then", "else", "pi", "inf", "nan"},
}
_CONTROLS: dict[Language, dict[str, str]] = {
    "vensim": {name: name.upper() for name in ("initial time", "final time", "time step", "saveper")},
    "xmile": {"initial time": "STARTTIME", "final time": "STOPTIME", "time step": "DT", "saveper": "SAVEPER"},
}
_LARGEST_WHOLE = 1e15


def bare(name: str) -> str:
    """Return a name without quotation marks around it, on one line and with single blanks."""
    text = " ".join(name.replace("\\n", " ").split())
    if len(text) > 1 and text[0] == text[-1] == '"':
        return " ".join(text[1:-1].replace('\\"', '"').split())
    return text


@lru_cache(maxsize=8192)
def spelt(name: str, language: Language) -> str:
    """Write a name as an equation has it: in quotation marks where it would be read as anything else.

    Examples
    --------
    >>> spelt("Birth Rate", "xmile"), spelt("CO2 (eq)", "vensim"), spelt("time step", "xmile")
    ('Birth_Rate', '"CO2 (eq)"', 'DT')
    """
    control = _CONTROLS[language].get(canonical(name))
    if control is not None:
        return control
    text = bare(name)
    if text == SELF and language == "xmile":
        return text
    if needs_quotes(text, language):
        inside = text.replace('"', '\\"')
        return f'"{inside}"'
    return text.replace(" ", "_") if language == "xmile" else text


def needs_quotes(text: str, language: Language) -> bool:
    """Whether a name without quotation marks would be read as anything else."""
    form = canonical(text)
    is_taken = form in _WORDS[language] or bool(FUNCTIONS.written(language, form))
    return is_taken or _PLAIN[language].fullmatch(text) is None


def number(value: float, language: Language) -> str:
    """Write a number so that it is read as the same bits.

    Examples
    --------
    >>> number(3.0, "vensim"), number(1e-5, "vensim"), number(-(2.0**109), "vensim")
    ('3', '1e-05', ':NA:')
    """
    if value == NOT_AVAILABLE and language == "vensim":
        return ":NA:"
    if math.isnan(value):
        return "NAN"
    if math.isinf(value):
        return "INF" if value > 0 else "-INF"
    return str(int(value)) if value.is_integer() and abs(value) < _LARGEST_WHOLE else repr(value)
