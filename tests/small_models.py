"""Small Vensim models, written equation by equation, for tests that plant a fault in one."""

from collections.abc import Mapping
from pathlib import Path

CONTROLS = {"INITIAL TIME": "0", "FINAL TIME": "20", "TIME STEP": "0.25", "SAVEPER": "1"}


def write_model(
    folder: Path, equations: Mapping[str, str], *, name: str = "small", views: str = "", **controls: str
) -> Path:
    """Write a model file.

    Parameters
    ----------
    folder
        Where.
    equations
        Right-hand sides by name; " ~ unit" and " ~ unit ~ documentation" may follow.
    name
        Of the file.
    views
        The sketch, as Vensim writes it.
    controls
        Other values of the time axis, with underscores for blanks.
    """
    axis = CONTROLS | {key.replace("_", " "): value for key, value in controls.items()}
    lines = ["{UTF-8}"]
    for variable, text in {**equations, **axis}.items():
        right, unit, documentation = (*text.split(" ~ "), "", "")[:3]
        lines += [
            f"{variable}=",
            f"\t{right}",
            f"\t~\t{unit or ('Year' if variable in axis else '')}",
            f"\t~\t{documentation}",
            "\t|",
            "",
        ]
    path = folder / f"{name}.mdl"
    path.write_text("\n".join(lines) + "\n" + (views or "\\\\\\---/// Sketch information\n"), "utf-8")
    return path


TOWN = {
    "Population": "INTEG (Births-Deaths, 1000) ~ person ~ People.",
    "Births": "Birth Rate*Population ~ person/Year",
    "Deaths": "Population/Lifetime ~ person/Year",
    "Birth Rate": "0.03 ~ 1/Year [0,0.1]",
    "Lifetime": "50 ~ Year ~ Mean. Range 20 to 80.",
}
"""A town that is sound: its rate of growth is 0.03 - 1/50."""
EPIDEMIC = {
    "Susceptible": "INTEG (-Infection, 990) ~ person",
    "Infected": "INTEG (Infection-Recovery, 10) ~ person",
    "Recovered": "INTEG (Recovery, 0) ~ person",
    "Infection": "Contacts*Infected*Susceptible/Total ~ person/Year",
    "Recovery": "Infected/Duration ~ person/Year",
    "Contacts": "1.5 ~ 1/Year",
    "Total": "1000 ~ person",
    "Duration": "2 ~ Year",
}
"""Three stocks among which people only move."""
