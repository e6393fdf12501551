"""The words in which a study is spoken of: what is studied, and what a period of its clock is called."""

from __future__ import annotations

from dataclasses import dataclass

_ADVERBS = {
    "year": "yearly",
    "quarter": "quarterly",
    "month": "monthly",
    "week": "weekly",
    "day": "daily",
    "hour": "hourly",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What a report calls things.

    Attributes
    ----------
    unit, units
        What is studied, one and many, such as city and cities.
    period, periods
        What a step of the study's clock is called, one and many.
    """

    unit: str = "study"
    units: str = "studies"
    period: str = "year"
    periods: str = "years"

    @property
    def change(self) -> str:
        """A change from one period to the next.

        Examples
        --------
        >>> Words().change, Words(period="minute", periods="minutes").change
        ('yearly change', 'change per minute')
        """
        adverb = _ADVERBS.get(self.period)
        return f"change per {self.period}" if adverb is None else f"{adverb} change"

    @property
    def a_period(self) -> str:
        """A period with its article.

        Examples
        --------
        >>> Words().a_period, Words(period="hour").a_period
        ('a year', 'an hour')
        """
        return f"{'an' if self.period[0] in 'aeio' or self.period == 'hour' else 'a'} {self.period}"


def many(one: str) -> str:
    """Return the plural of an English noun, by the rules that have few exceptions.

    Examples
    --------
    >>> many("city"), many("day"), many("study"), many("box")
    ('cities', 'days', 'studies', 'boxes')
    """
    if one.endswith("y") and one[-2:-1] not in set("aeiou"):
        return f"{one[:-1]}ies"
    return f"{one}es" if one.endswith(("s", "x", "z", "ch", "sh")) else f"{one}s"


def words_of(unit: str, units: str, period: str, periods: str) -> Words:
    """Return the words of a study that states some of them; an empty plural is made from the singular."""
    return Words(unit, units or many(unit), period, periods or many(period))
