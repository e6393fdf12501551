"""Text of a file in whatever encoding it was saved: found from evidence, and said when it is not UTF-8."""

from __future__ import annotations

import codecs
import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rcsd.errors import RcsdWarning

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_VENSIM_HEADER = re.compile(rb"\s*\{\s*([A-Za-z0-9_.:-]+)\s*\}")
_XML_HEADER = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]+)[\"']")
_KNOWN = re.compile(r"utf-8|ascii|(gb|cp|big5|euc_|shift_jis|iso8859|koi8|mac|tis).*")
"""Codecs of Python that a header can name: those that are none of text are not among them, nor is UTF-16, in which the
header itself could not be read."""
_CHINESE = {"gb2312", "gbk"}
"""Older parts of GB 18030: tools that declare one of them write letters of the larger set."""
_NAMES = {"gb18030": "GB18030", "cp1252": "Windows-1252", "iso8859-1": "Latin-1"}
_PAIR = re.compile(rb"[\x81-\xfe](?:[\x40-\xfe]|[\x30-\x39][\x81-\xfe][\x30-\x39])")
_PLAIN = re.compile(rb".[\x40-\x7e]", re.DOTALL)
"""A letter of GB 18030 whose second byte is one of ASCII."""
_SAMPLE = 2**22
"""Bytes by which the encoding of a longer file is judged."""
_TWO_BYTES = "\u07ff"
"""The last letter that takes two bytes in UTF-8."""
_FEWEST_NULLS = 0.2
"""Share of one byte in two that is null in UTF-16: commas, digits and line ends make more even of Chinese tables."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file is read.

    Attributes
    ----------
    codec
        Name of the codec that Python has for it.
    because
        The evidence, in words.
    """

    codec: str
    because: str

    @property
    def name(self) -> str:
        """Name for people."""
        return _NAMES.get(self.codec, self.codec.upper())

    @property
    def is_utf8(self) -> bool:
        """Whether it is what everybody expects."""
        return self.codec in ("utf-8", "utf-8-sig")


def encoding_of(content: bytes) -> Encoding | None:
    """Find the encoding of a file: a mark or header, then UTF-8, UTF-16, GB 18030 and Latin-1.

    A header is believed when the bytes can be read by it, unless they are such UTF-8 as no other encoding makes by
    accident.

    Parameters
    ----------
    content
        Of the file.

    Returns
    -------
    Encoding or None
        None for what is no text in any of them.

    Examples
    --------
    >>> encoding_of("出生率,死亡率".encode("gb18030")).name
    'GB18030'
    >>> encoding_of("Población,Café".encode("latin-1")).name
    'Latin-1'
    """
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return Encoding(codec, "its byte order mark") if _reads(content, codec) else None
    declared = _declared(content)
    if declared is not None and _reads(content, declared.codec) and not _is_surely_utf8(content, declared):
        return declared
    if b"\0" in content and (wide := _by_nulls(content)) is not None:
        return wide
    if _reads(content, "utf-8"):
        return Encoding("utf-8", "its bytes")
    if _looks_chinese(content):
        return Encoding("gb18030", "its bytes, which are not UTF-8")
    western = "cp1252" if re.search(rb"[\x80-\x9f]", content) else "iso8859-1"
    because = "its bytes, which are neither UTF-8 nor GB18030"
    return Encoding(western, because) if _reads(content, western) and not _is_binary(content) else None


def decoded(path: Path, content: bytes) -> str | None:
    """Read the text of a file, and warn once in what encoding when it is not UTF-8.

    Parameters
    ----------
    path
        The file, for the warning.
    content
        Its bytes.

    Returns
    -------
    str or None
        Without the byte order mark; None for what is no text.
    """
    encoding = encoding_of(content)
    if encoding is None:
        return None
    say_encoding(path, encoding, unknown_encoding(content))
    return content.decode(encoding.codec)


def streamed_codec(path: Path) -> str | None:
    """Find the codec for a file too long for memory, and say so as `decoded` does: None for what is no text.

    UTF-8 is checked to the end of the file; anything else shows in its first megabytes. What can be read but once,
    such as a pipe, is taken for UTF-8.

    Raises
    ------
    OSError
        When the file cannot be read.
    """
    if not path.is_file():
        return "utf-8-sig"
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE)
        if b"\0" not in sample and _is_utf8(sample, stream):
            return "utf-8-sig"
    # cut at a line end, so that no letter is cut in two
    encoding = encoding_of(sample if len(sample) < _SAMPLE else sample[: sample.rfind(b"\n") + 1])
    if encoding is None:
        return None
    say_encoding(path, encoding, unknown_encoding(sample))
    return encoding.codec


def _is_utf8(sample: bytes, stream: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while sample:
            decoder.decode(sample)
            sample = stream.read(_SAMPLE)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def say_encoding(path: Path, encoding: Encoding, unknown: str = "") -> None:
    """Warn in what encoding a file is read when it is not UTF-8, or says one that is none; equal warnings once."""
    if unknown or not encoding.is_utf8:
        first = f"names an encoding that is unknown, {unknown}; " if unknown else ""
        warnings.warn(
            f"{path}: {first}read as {encoding.name}, by {encoding.because}; if names come out wrong, save it as UTF-8",
            RcsdWarning,
            stacklevel=3,
        )


def unknown_encoding(content: bytes) -> str:
    """Return the name of an encoding in the header or declaration of a file that there is not; else an empty text.

    A comment in braces is no header unless it has letters and a digit, as names of encodings have.
    """
    for pattern in (_VENSIM_HEADER, _XML_HEADER):
        found = pattern.match(content)
        said = found[1].decode("ascii") if found else ""
        if said and (pattern is _XML_HEADER or re.match("[A-Za-z]{2}.*[0-9]", said)):
            try:
                codecs.lookup(said)
            except LookupError:
                return repr(said)
    return ""


def _declared(content: bytes) -> Encoding | None:
    """Find the encoding that a header of Vensim or an XML declaration names, where Python knows it as one of text."""
    for pattern, what in ((_VENSIM_HEADER, "header"), (_XML_HEADER, "XML declaration")):
        found = pattern.match(content)
        if found is None:
            continue
        said = found[1].decode("ascii")
        try:
            codec = codecs.lookup(said).name
        except LookupError:
            continue
        if _KNOWN.fullmatch(codec) is None:
            continue
        return Encoding("gb18030" if codec in _CHINESE else codec, f"its {what} ({said})")
    return None


def _is_surely_utf8(content: bytes, declared: Encoding) -> bool:
    """Whether text that is declared as something else is UTF-8 all the same, as after a conversion.

    Two bytes of GBK may be a letter of UTF-8; those of a Western encoding make nonsense then, and three are none.
    """
    if declared.codec == "utf-8" or not _reads(content, "utf-8"):
        return False
    letters = [letter for letter in content.decode("utf-8") if not letter.isascii()]
    western = declared.codec.startswith(("iso8859", "cp125", "mac", "koi8", "ascii"))
    return bool(letters) and (western or all(letter > _TWO_BYTES for letter in letters))


def _by_nulls(content: bytes) -> Encoding | None:
    """UTF-16 without a mark: the upper byte of every ASCII letter is null."""
    half = len(content) / 2
    first, second = content[::2].count(0), content[1::2].count(0)
    codec = "utf-16-le" if second > first else "utf-16-be"
    clear = max(first, second) >= _FEWEST_NULLS * half and min(first, second) <= 0.05 * max(first, second)
    return Encoding(codec, "the pattern of its null bytes") if clear and _reads(content, codec) else None


def _looks_chinese(content: bytes) -> bool:
    """Whether bytes are GB 18030 and no Western text that happens to be.

    Both bytes of a Chinese letter lie above ASCII but for rare ones; an accented letter of Latin-1 stands between
    plain ones.
    """
    if not _reads(content, "gb18030"):
        return False
    pairs = [match[0] for match in _PAIR.finditer(content)]
    plain = sum(_PLAIN.fullmatch(pair) is not None for pair in pairs)
    return len(pairs) > 2 * plain


def _is_binary(content: bytes) -> bool:
    """Whether there are control characters that no text has."""
    return re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", content) is not None


def _reads(content: bytes, codec: str) -> bool:
    try:
        content.decode(codec)
    except (UnicodeError, LookupError):
        return False
    return True
