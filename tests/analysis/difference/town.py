"""A small Vensim model and edits of its text."""

from __future__ import annotations

from pathlib import Path

import rcsd
from rcsd.simulation.ir import Model

TOWN = """{UTF-8}
Age: young, old ~~|
Population = INTEG(Births - Deaths, Initial Population) ~ person ~ People who live here. |
Births = Birth Rate * Population * Room(Crowding) ~ person/Year ~ Children born. |
Deaths = Population / Lifetime ~ person/Year ~ |
Crowding = Population / Houses ~ person ~ |
Room((0,1.2),(2,1),(4,0.5),(8,0.1)) ~ Dmnl ~ Less room, fewer births. |
Birth Rate = 0.04 ~ 1/Year [0.01, 0.08] ~ Births for each person. |
Lifetime = 60 ~ Year [40, 90] ~ Years that a person lives. |
Houses = 300 ~ Dmnl ~ Range 200 to 400. Source: the register. |
Initial Population = 1000 ~ person ~ |
Share[Age] = 0.3, 0.7 ~ Dmnl ~ |
People[Age] = Population * Share[Age] ~ person ~ |
Costs = 2 * People[young] + 3 * People[old] + Houses ~ yuan ~ |
INITIAL TIME = 0 ~ Year ~ |
FINAL TIME = 50 ~ Year ~ |
TIME STEP = 0.5 ~ Year ~ |
SAVEPER = 1 ~ Year ~ |
"""


def edited(*edits: tuple[str, str], text: str = TOWN) -> str:
    """Return a text with words of it exchanged; each must stand there."""
    for old, new in edits:
        assert old in text, f"{old!r} is not in the model"
        text = text.replace(old, new)
    return text


def read(folder: Path, text: str, name: str = "town.mdl") -> Model:
    """Write a model into a folder of its own and read it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return rcsd.load(path).ir
