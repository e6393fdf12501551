"""Words and letters that stand for a number before a unit."""

from __future__ import annotations

WORDS: dict[str, int] = {
    **dict.fromkeys(("ten", "tens"), 10),
    "dozen": 12,
    **dict.fromkeys(("hundred", "hundreds"), 100),
    **dict.fromkeys(("thousand", "thousands", "thsd", "ths", "tsd", "'000", "'000s", "000s", "1000s", "k"), 10**3),
    **dict.fromkeys(("tausend", "milliers"), 10**3),
    **dict.fromkeys(("million", "millions", "mn", "mln", "mio", "mio.", "millionen", "millones"), 10**6),
    **dict.fromkeys(("billion", "billions", "bn", "bln", "milliard", "milliards", "mrd", "mrd.", "milliarden"), 10**9),
    **dict.fromkeys(("trillion", "trillions", "tn", "trn"), 10**12),
    "wan": 10**4,
    "yi": 10**8,
    **dict.fromkeys(("lakh", "lakhs"), 10**5),
    **dict.fromkeys(("crore", "crores"), 10**7),
}
"""By the word in small letters. Billion and trillion are those of the short scale."""

LETTERS: dict[str, int] = {"k": 10**3, "K": 10**3, "m": 10**6, "M": 10**6, "MM": 10**6, "b": 10**9, "B": 10**9}
"""Letters beside a currency: ``$m``, ``M USD``, ``k$``."""

BEFORE_ANY = frozenset({"k", "K", "M", "MM"})
"""Those that are a number before any name: ``M tonnes``, ``k people``."""

CHINESE: dict[str, int] = {"十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
"""They stand glued together and to what they count: ``百万吨``, ``万亿元``."""

NOTED: dict[str, str] = {
    "wan": "wan = 10^4",
    "yi": "yi = 10^8",
    "lakh": "lakh = 10^5",
    "crore": "crore = 10^7",
    "lakhs": "lakh = 10^5",
    "crores": "crore = 10^7",
    "billion": "billion = 10^9",
    "billions": "billion = 10^9",
    "trillion": "trillion = 10^12",
    "trillions": "trillion = 10^12",
    "万": "万 = 10^4",
    "亿": "亿 = 10^8",
    "萬": "萬 = 10^4",
    "億": "億 = 10^8",
}
"""What is said of a number that not every reader takes for the same."""
