"""Small models without views."""

from pathlib import Path

import rcsd
from rcsd.simulation.ir import Model

CONTROLS = """
FINAL TIME = 10 ~ Day ~|
INITIAL TIME = 0 ~ Day ~|
SAVEPER = 1 ~ Day ~|
TIME STEP = 1 ~ Day ~|
"""
EPIDEMIC = """
Susceptible = INTEG(-Infection, Population - Infectious at First) ~~|
Infectious = INTEG(Infection - Recovery - Deaths, Infectious at First) ~~|
Recovered = INTEG(Recovery, 0) ~~|
Infection = Contacts * Infectivity * Susceptible * Infectious / Population ~~|
Recovery = Infectious / Duration ~~|
Deaths = Lethality * Infectious ~~|
Contacts = 5 ~~|
Infectivity = 0.1 ~~|
Duration = 7 ~~|
Lethality = 0.001 ~~|
Population = 1000 ~~|
Infectious at First = 1 ~~|
"""


def loaded(folder: Path, equations: str, name: str = "small") -> Model:
    """Load a model from its equations."""
    path = folder / f"{name}.mdl"
    path.write_text(f"{{UTF-8}}\n{equations}{CONTROLS}", "utf-8")
    return rcsd.load(path).ir


def many(n_sectors: int, n_each: int) -> str:
    """Return sectors of one stock and auxiliaries that hang together, each joined to the next by one arrow."""
    lines = []
    for i in range(n_sectors):
        lines.append(f"Stock {i} = INTEG(Inflow {i} - Outflow {i}, 1) ~~|")
        lines.append(f"Inflow {i} = Step {i} {n_each - 1} * Stock {(i + 1) % n_sectors} ~~|")
        lines.append(f"Outflow {i} = Stock {i} / Step {i} 0 ~~|")
        lines.append(f"Step {i} 0 = 2 ~~|")
        for k in range(1, n_each):
            cause = f"Stock {i}" if k % 3 == 0 else f"Step {i} {k // 2}"
            lines.append(f"Step {i} {k} = 1 + Step {i} {k - 1} + {cause} ~~|")
    return "\n".join(lines)
