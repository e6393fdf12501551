"""Names that a model's author has given to loops: `[[loops]]` of the checks.toml beside the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from rcsd.errors import StudyError
from rcsd.files import is_file
from rcsd.toml.source import read_toml

FILE_NAME = "checks.toml"
_TWO = 2


@dataclass(frozen=True, slots=True)
class NamedLoop:
    """A loop with a name.

    Attributes
    ----------
    name : str
        What it does, in a few words.
    through : tuple of str
        Its variables, each a cause of the next and the last of the first; without elements every loop of elements
        through them has the name.
    via : tuple of str
        Neighbours in it, at least two, that make it what it is: all loops with these links are of its family. Of its
        family it is alone when there are none.
    """

    name: str
    through: tuple[str, ...]
    via: tuple[str, ...] = ()


def named_loops(path: Path) -> tuple[NamedLoop, ...]:
    """Read the names of loops from a file of checks; none where it is not there.

    Parameters
    ----------
    path : Path
        The file, or a model beside which it lies.

    Raises
    ------
    StudyError
        For an entry without `name` or `through`, with its line.
    """
    path = path if path.suffix.lower() == ".toml" else path.with_name(FILE_NAME)
    if not is_file(path):
        return ()
    source = read_toml(path)
    found = []
    for i, entry in enumerate(source.table.get("loops", [])):
        place = source.place(("loops", str(i)))
        name, through = entry.get("name"), entry.get("through")
        if not isinstance(name, str) or not name:
            raise StudyError('needs a name, as in name = "boom wages"', path=place, field="loops")
        if not isinstance(through, list) or not through or not all(isinstance(each, str) for each in through):
            raise StudyError(
                f'{name!r} needs its variables in causal order, as in through = ["Population", "Births"]',
                path=place,
                field="loops",
            )
        via = entry.get("via", [])
        if via and not _follows(via, through):
            raise StudyError(
                f"{name!r}: `via` needs two or more neighbours of its variables, as in via = {through[:2]!r}",
                path=place,
                field="loops",
            )
        found.append(NamedLoop(name, tuple(through), tuple(via)))
    return tuple(found)


def _follows(via: object, through: Sequence[str]) -> bool:
    """Whether variables follow one another in a loop."""
    if not isinstance(via, list) or len(via) < _TWO:
        return False
    pairs = set(pairwise((*through, through[0])))
    return all(pair in pairs for pair in pairwise(via))
