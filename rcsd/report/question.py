"""The questions that a page answers, each with a fold of its own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asks of a study.

    Attributes
    ----------
    anchor : str
        Identifier within the page.
    heading : str
        The question.
    place : int
        Questions stand on a page in the order of their places; a plug-in's own stand between the general ones.
    """

    anchor: str
    heading: str
    place: int


FIT = Question("fits", "How well does it fit?", 10)
FORECAST = Question("forecasts", "Does it forecast?", 20)
DIFFERS = Question("differs", "What differs between them?", 25)
KNOWN = Question("known", "What do the data know?", 30)
DRIVES = Question("drives", "What drives it?", 40)
WHATIF = Question("what-if", "What if?", 50)
SOUND = Question("sound", "Is the model sound?", 60)
REPEAT = Question("repeat-it", "Repeat it", 70)
