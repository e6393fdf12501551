"""Symbols of the SI and its neighbours, with prefixes; here a capital letter tells milli from mega."""

from __future__ import annotations

_LETTERS = {"k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
_SMALL = {"c": -2, "m": -3, "µ": -6, "μ": -6, "u": -6, "n": -9}
_SYMBOLS = {
    "g": "gram",
    "t": "tonne",
    "m": "metre",
    "l": "litre",
    "L": "litre",
    "J": "joule",
    "W": "watt",
    "Wh": "watt_hour",
    "cal": "calorie",
    "toe": "tonne_of_oil",
    "tce": "tonne_of_coal",
}
_DIVIDED = ("g", "m", "l", "L")
"""Those of which small parts are used: a milliwatt is none of this field, and would make ``mw`` ambiguous."""
_PREFIX_WORDS = {
    "kilo": 3,
    "mega": 6,
    "giga": 9,
    "tera": 12,
    "peta": 15,
    "exa": 18,
    "centi": -2,
    "milli": -3,
    "micro": -6,
}
_WORDS = ("gram", "tonne", "ton", "metre", "meter", "litre", "liter", "joule", "watt", "watt hour", "calorie")


def _power(exponent: int) -> str:
    return str(10**exponent) if exponent >= 0 else f"1/{10**-exponent}"


def _symbols() -> dict[str, str]:
    found = {"s": "second", "h": "hour", "d": "day", "a": "year", "K": "kelvin", **_SYMBOLS}
    for symbol, name in _SYMBOLS.items():
        prefixes = {**_LETTERS, **_SMALL} if symbol in _DIVIDED else _LETTERS
        found |= {prefix + symbol: f"{_power(exponent)} {name}" for prefix, exponent in prefixes.items()}
    return found


def _words() -> dict[str, str]:
    return {
        f"{prefix}{word}{plural}": f"{_power(exponent)} {word.replace(' ', '_')}"
        for prefix, exponent in _PREFIX_WORDS.items()
        for word in _WORDS
        for plural in ("", "s")
    }


EXACT: dict[str, str] = _symbols()
"""By the symbol, capitals and all."""
WORDS: dict[str, str] = _words()
"""By the word in small letters: ``kilowatt hours``."""


def _folded() -> dict[str, str]:
    """Symbols without regard to capitals, where that leaves one meaning."""
    found: dict[str, set[str]] = {}
    for symbol, meaning in EXACT.items():
        found.setdefault(symbol.casefold(), set()).add(meaning)
    return {symbol: next(iter(meanings)) for symbol, meanings in found.items() if len(meanings) == 1}


FOLDED: dict[str, str] = _folded()
