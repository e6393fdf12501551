# ruff: noqa: E501 - a list is a list
"""Valid inputs made invalid, a little at a time: what hands, programs and transfers do to a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

_NUMBER = re.compile(rb"(?<![\w.])\d+\.?\d*(?:[eE][+-]?\d+)?")
_WORD = re.compile(rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*")
_TOKEN = re.compile(rb"\w+|[^\w\s]|\s+")

NUMBERS = (
    b"0", b"-1", b"-0", b"1e308", b"1e309", b"-1e308", b"5e-324", b"nan", b"inf", b"-inf", b"", b"1_0", b"0x10", b"1,5",
    b"1e", b"1e-400", b"99999999999999999999", b"9" * 400, b"9" * 5000, b"007", b"1.2.3", b"2147483648", b"0.1e1.5",
    b"\xd9\xa1", b"\xef\xbc\x91", b"1/0", b"100000000", b"2030", b"2000-01-01", b"true", b"--1", b"+1",
)  # fmt: skip
PIECES = (
    b"(", b")", b"[", b"]", b"{", b"}", b'"', b"'", b"~", b"|", b"\\", b",", b";", b":", b"=", b"!", b"<", b">", b"&", b"%",
    b"\x00", b"\x1a", b"\x7f", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n", b"\r\n\r\n", b"\t", b"\xe2\x80\xa8", b"\xc3",
    b"\xe4\xba\xba", b"\xf0\x9f\x98\x80", b"\xef\xbc\x88", b'"""', b"'''", b"<!--", b"-->", b"]]>", b"&amp;", b"&x;", b"\\n",
    b":EXCEPT:", b":MACRO:", b":END OF MACRO:", b":RAW:", b":INTERPOLATE:", b"<->", b"->", b":AND:", b":NA:", b"INTEG(",
    b"DELAY1(", b"IF THEN ELSE(", b"SUM(", b"RANDOM UNIFORM(", b"WITH LOOKUP(", b"GET DIRECT CONSTANTS(", b"SMOOTH3(",
    b"PULSE(", b"TIME STEP", b"Time", b"((((((((((", b"))))))))))", b"A FUNCTION OF(", b"[[", b"]]", b"../", b"/dev/zero",
    b"a" * 5000, b"- - - -", b"<eqn>", b"</eqn>", b"<dim name='", b"\\\\\\---///", b"nan", b"None", b"#", b"(a1-a99999)",
)  # fmt: skip


def mutated(content: bytes, random: Random) -> bytes:
    """Change a file in one to four ways."""
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4))):
        content = random.choice(_WAYS)(content, random)
    return content[:200_000]


def _place(content: bytes, random: Random) -> int:
    return random.randrange(len(content) + 1)


def _cut(content: bytes, random: Random) -> bytes:
    return content[: _place(content, random)]


def _without(content: bytes, random: Random) -> bytes:
    start = _place(content, random)
    return content[:start] + content[start + random.choice((1, 1, 2, 5, 20, 100)) :]


def _with(content: bytes, random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + random.choice(PIECES) * random.choice((1, 1, 1, 1, 3, 60)) + content[at:]


def _with_bytes(content: bytes, random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + random.randbytes(random.choice((1, 2, 8))) + content[at:]


def _other_number(content: bytes, random: Random) -> bytes:
    return _exchanged(content, _NUMBER, lambda _: random.choice(NUMBERS), random)


def _other_word(content: bytes, random: Random) -> bytes:
    words = _WORD.findall(content) or [b"x"]
    return _exchanged(content, _WORD, lambda _: random.choice(words), random)


def _changed_word(content: bytes, random: Random) -> bytes:
    return _exchanged(content, _WORD, lambda word: word[:-1] + random.choice((b"", b"x", b"!", word)), random)


def _other_token(content: bytes, random: Random) -> bytes:
    return _exchanged(content, _TOKEN, lambda _: random.choice(PIECES), random)


def _exchanged(content: bytes, pattern: re.Pattern[bytes], change: Callable[[bytes], bytes], random: Random) -> bytes:
    places = list(pattern.finditer(content))
    if not places:
        return content
    place = random.choice(places)
    return content[: place.start()] + change(place[0]) + content[place.end() :]


def _lines(content: bytes, random: Random) -> bytes:
    lines = content.splitlines(keepends=True)
    if len(lines) < 2:
        return content
    a, b = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(4):
        case 0:
            lines[a], lines[b] = lines[b], lines[a]
        case 1:
            del lines[a]
        case 2:
            lines.insert(b, lines[a])
        case 3:
            lines[a] = lines[a].rstrip() + lines[b]
    return b"".join(lines)


def _repeated(content: bytes, random: Random) -> bytes:
    start = _place(content, random)
    piece = content[start : start + random.choice((1, 5, 30, 200))]
    return content[:start] + piece * random.choice((2, 3, 50)) + content[start:]


def _other_encoding(content: bytes, random: Random) -> bytes:
    text = content.decode("utf-8", "replace")
    return text.encode(random.choice(("utf-16", "utf-16-le", "gb18030", "latin-1", "utf-8-sig", "cp1252")), "replace")


def _other_field(content: bytes, random: Random) -> bytes:
    """Exchange a cell of a table, or a value of TOML."""
    lines = content.split(b"\n")
    row = random.randrange(len(lines))
    between = b"," if b"," in lines[row] else b"="
    cells = lines[row].split(between)
    cells[random.randrange(len(cells))] = random.choice((*NUMBERS, *PIECES, b" ", b"[]", b"{}", b'""', b"[1, 'a']"))
    lines[row] = between.join(cells)
    return b"\n".join(lines)


_WAYS = (_cut, _without, _without, _with, _with, _with_bytes, _other_number, _other_number, _other_word, _changed_word,
         _other_token, _lines, _lines, _repeated, _other_encoding, _other_field, _other_field)  # fmt: skip
