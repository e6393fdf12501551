"""Labels beside numbers: which say what a quantity is, which say of what place it is, which its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

SERIES = re.compile(
    r"(?:time )?series(?: ?name)?|variables?(?: ?name)?|indicators?(?: ?name)?|measures?|items?|parameters?|subjects?"
    r"|names?|quantity|element|metric|concept|指标(?:名称)?|项目|变量|名称|指标名|统计指标",
    re.IGNORECASE,
)
VALUES = re.compile(r"values?|obs_?value|observations?|amounts?|data|figure|numeric|y|数值|值|数据|数量", re.IGNORECASE)
UNITS = re.compile(r"units?(?: ?of ?measure)?|unit_?(?:name|code|measure)|uom|einheit|单位|计量单位", re.IGNORECASE)
GROUPS = re.compile(
    r"(?:.*\b)?(?:country|countries|city|cities|region|regions|province|state|states|county|area|areas|entity|location|"
    r"geo|place|economy|district|station|site|company|firm|group|land|pays|pais|territory|reporter|municipality|"
    r"prefecture)(?:\b.*)?"
    r"|.*(?:城市|地区|省份?|国家|区域|市|县|公司|企业|站点?|城市名称)",
    re.IGNORECASE,
)
CODES = re.compile(
    r".*code|.*\b(?:code|id|iso\d?|iso ?alpha|fips|key|index)\b.*|.*(?:代码|编码|编号|序号)|no\.?|#|nr\.?",
    re.IGNORECASE,
)
NOTES = re.compile(
    r".*(?:flags?|notes?|footnotes?|comments?|status|sources?|remarks?|decimals|scale|备注|说明|来源|注|标记)"
    r"(?: ?codes?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Keys:
    """What label columns stand for, by their place.

    Attributes
    ----------
    names, groups : tuple of int
        Those that say what a quantity is, and of what.
    unit : int or None
        That of its unit.
    left_out : tuple of int
        Codes, notes, and what is the same in all rows.
    """

    names: tuple[int, ...]
    groups: tuple[int, ...]
    unit: int | None
    left_out: tuple[int, ...]


def sort_keys(headings: Sequence[str], columns: Sequence[Sequence[str]], *, need_name: bool) -> Keys:
    """Say what each label column stands for, by its heading, or else by what stands in it.

    Parameters
    ----------
    headings : sequence of str
        Of the label columns.
    columns : sequence of sequences of str
        What stands in each of them, row by row.
    need_name : bool
        Whether a quantity has no other name.
    """
    headings = [text.replace("_", " ").strip() for text in headings]
    unit = next((at for at, text in enumerate(headings) if UNITS.fullmatch(text.strip())), None)
    left = {at for at, text in enumerate(headings) if at != unit and NOTES.fullmatch(text.strip())}
    rest = [at for at in range(len(headings)) if at != unit and at not in left]
    left |= {at for at in rest if _is_code(at, rest, headings, columns)}
    rest = [at for at in rest if at not in left]
    groups = [
        at for at in rest if GROUPS.fullmatch(headings[at].strip()) and not SERIES.fullmatch(headings[at].strip())
    ]
    names = [at for at in rest if at not in groups]
    names, groups = (_without_twins(each, columns) for each in (names, groups))
    left |= {at for at in rest if at not in (*names, *groups)}
    if need_name and not names and groups:
        names, groups = [groups[-1]], groups[:-1]
    if not need_name:
        groups, names = [*groups, *names], []
    told = [at for at in (*names, *groups) if _n_distinct(columns[at]) > 1]
    constant = {at for at in (*names, *groups) if at not in told}
    if need_name and not any(at in told for at in names):
        kept = next((at for at in names if SERIES.fullmatch(headings[at].strip())), names[0] if names else None)
        constant -= {kept} if kept is not None else set()
    return Keys(
        tuple(at for at in names if at not in constant),
        tuple(at for at in groups if at not in constant),
        unit,
        tuple(sorted(left | constant)),
    )


def _without_twins(places: Sequence[int], columns: Sequence[Sequence[str]]) -> list[int]:
    """Leave out a column that says what one before it says, such as the name in another language."""
    kept: list[int] = []
    for at in places:
        if not any(_tells(columns[at], columns[other]) and _tells(columns[other], columns[at]) for other in kept):
            kept.append(at)
    return kept


def _n_distinct(cells: Sequence[str]) -> int:
    return len(set(cells))


def _is_code(at: int, others: Sequence[int], headings: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """Whether a column is but a code of another: it tells the other, and its heading says so or it is shorter."""
    named = CODES.fullmatch(headings[at].strip()) is not None
    for other in others:
        if other == at or not _tells(columns[at], columns[other]):
            continue
        if named or (_tells(columns[other], columns[at]) and _is_shorter(columns[at], columns[other])):
            return True
    return False


def _tells(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether what stands in one column tells what stands in another."""
    return len(set(zip(a, b, strict=True))) == len(set(a)) > 1


def _is_shorter(a: Sequence[str], b: Sequence[str]) -> bool:
    short = all(cell.isupper() or cell.isdigit() for cell in set(a) if cell)
    return short and sum(map(len, set(a))) < sum(map(len, set(b)))
