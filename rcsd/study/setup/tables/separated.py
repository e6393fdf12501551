"""A text file parted into cells: by what mark its columns are parted is found, not asked."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from pathlib import Path

from rcsd.errors import SeriesError
from rcsd.files import decoded
from rcsd.files.text import encoding_of
from rcsd.study.setup.tables.sheet import Row, Sheet, even
from rcsd.tables import parted

_MARKS = {"\t": "tabs", ";": "semicolons", "|": "vertical bars", "\uff0c": "full-width commas", ",": "commas"}
"""In the order of trust: a comma may be a decimal mark, a tab is nothing else."""
_SAMPLE = 400
_CLOSE = 0.1
"""Difference of two shares of lines that tells nothing."""
_SAID = re.compile(r"\s*sep=(.)\s*", re.IGNORECASE)
_PACKED = re.compile(r"\w+(?:,\w+)+\\\w+")
"""Names of labels in one cell, before that of the times."""
_COMMENT = re.compile(r"\s*(?:#(?!N/A|REF|DIV|VALUE|NAME|\s*[,;\t|])|//|%\s|!\s)")


def text_sheet(path: Path, content: bytes) -> Sheet:
    """Part a text file into cells.

    Raises
    ------
    SeriesError
        When it is no text.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the account says the encoding
        text = decoded(path, content)
    encoding = encoding_of(content)
    if text is None or encoding is None or "\0" in text:
        raise SeriesError("is neither a workbook (.xlsx) nor text in any encoding that is known", path=path)
    lines = re.split("\r\n|\n|\r", text)
    said = _SAID.fullmatch(lines[0]) if lines else None
    first = 1 if said else 0
    comments = {at for at, line in enumerate(lines) if at < first or _COMMENT.match(line)}
    kept = [line for at, line in enumerate(lines) if at not in comments and line.strip()]
    mark = said[1] if said else _mark(kept)
    if (heading := _commented_heading(lines, comments, mark)) is not None:
        comments.remove(heading)
        lines[heading] = lines[heading].lstrip("#%!/ ")
    rows, numbers = _parted(["" if at in comments else line for at, line in enumerate(lines)], mark)
    what = _MARKS.get(mark, "blanks" if mark == " " else repr(mark))
    n_comments = len(comments) - first
    rows = _unpacked(rows)
    told = [f"text in {'UTF-8' if encoding.is_utf8 else encoding.name}, columns parted by {what}"]
    told += [f"{n_comments} line(s) of comment skipped"] if n_comments else []
    return Sheet("", even(rows), tuple(numbers), tuple(told))


def _unpacked(rows: list[Row]) -> list[Row]:
    """Part the labels of rows that share their first cell, as in tables of Eurostat."""
    head = str(rows[0][0]) if rows and rows[0] else ""
    if _PACKED.fullmatch(head) is None:
        return rows
    names = head.partition("\\")[0].split(",")
    parted: list[Row] = [[*names, *rows[0][1:]]]
    for row in rows[1:]:
        labels: Row = list(str(row[0]).split(",")) if row else []
        parted.append(
            [*(labels if len(labels) == len(names) else [*labels, *[None] * len(names)][: len(names)]), *row[1:]]
        )
    return parted


def _commented_heading(lines: list[str], comments: set[int], mark: str) -> int | None:
    """Find a heading that is written as a comment, right above the first row of numbers and as wide."""
    first = next((at for at, line in enumerate(lines) if at not in comments and line.strip()), 0)
    if first - 1 not in comments or not lines[first].strip()[:1].isdigit():
        return None
    own, below = (_parted([line.lstrip("#%!/ ")], mark)[0][0] for line in (lines[first - 1], lines[first]))
    return first - 1 if len(own) == len(below) > 1 else None


def _mark(lines: list[str]) -> str:
    """Find what parts the cells: the mark that gives most lines the same number of cells, above one.

    Of marks that do so about as well, the one that begins to do so in the earliest line, which is the headings', is
    taken: a mark inside of remarks does not part those. Then comes the order of trust.
    """
    sample = lines[:_SAMPLE]
    found: list[tuple[float, int, str]] = []
    for mark in _MARKS:
        widths = [len(row) for row in _rows(sample, mark) if row]
        common, count = max(Counter(w for w in widths if w > 1).items(), key=lambda pair: pair[1], default=(0, 0))
        if count:
            found.append((count / len(widths), widths.index(common), mark))
    if not found:
        return " "
    best = max(share for share, _, _ in found)
    close = [(first, mark) for share, first, mark in found if share > best - _CLOSE]
    earliest = min(first for first, _ in close)
    return next(mark for first, mark in close if first == earliest)


def _rows(lines: list[str], mark: str) -> list[list[str]]:
    try:
        return [row for _, row in parted(lines, mark)]
    except ValueError:
        return [line.split(mark) for line in lines]


def _parted(lines: list[str], mark: str) -> tuple[list[Row], list[int]]:
    """Part all lines; each row keeps the number of its first line."""
    if mark == " ":
        wide = sum("  " in line.strip() or "\t" in line.strip() for line in lines) > len(lines) / 2
        pattern = re.compile(r"\s{2,}|\t" if wide else r"\s+")
        return [list(pattern.split(line.strip())) if line.strip() else [] for line in lines], list(
            range(1, len(lines) + 1)
        )
    try:
        found = parted(lines, mark)
    except ValueError:
        return [list(line.split(mark)) for line in lines], list(range(1, len(lines) + 1))
    rows: list[Row] = [[cell if cell.strip() else None for cell in row] for _, row in found]
    return rows, [line for line, _ in found]
