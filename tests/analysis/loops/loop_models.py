"""Small models with feedback loops, written as Vensim would save them."""

from pathlib import Path

import rcsd
from rcsd.simulation.engine import SystemSimulator

LOGISTIC = (
    "Population = INTEG(births - deaths, initial population)",
    "initial population = 10",
    "births = fertility * Population",
    "deaths = fertility * Population * Population / capacity",
    "fertility = 0.3",
    "capacity = 1000",
)
"""Births reinforce, deaths balance: dominance shifts where the population is half of the capacity."""

GOAL = (
    "Stock = INTEG(order rate - shipments, 100)",
    "shipments = Stock / 5 + STEP(3, 10)",
    "perceived = SMOOTH3(shipments, 4)",
    "order rate = perceived + (desired - Stock) / 3",
    "desired = 120",
)
"""A stock that is kept at a goal, with orders that follow a smooth of shipments."""

SUPPLY = (
    "Stock = INTEG(arrivals - shipments, 100)",
    "shipments = 10 + STEP(3, 10)",
    "arrivals = DELAY3(order rate, 6)",
    "order rate = MAX(0, shipments + (desired - Stock) / 3)",
    "desired = 120",
)
"""Orders that arrive late."""

FISHERY = (
    "Fish = INTEG(regeneration - catch, 500)",
    "regeneration = Fish * effect of density(Fish / 1000)",
    "effect of density((0,0.1),(0.5,0.3),(1,0.02),(1.5,-0.2))",
    "catch = Ships * catch table(Fish / 1000)",
    "catch table((0,0),(0.4,0.8),(1,1.2),(2,1.5))",
    "Ships = INTEG(building - scrapping, 20)",
    "building = 0.1 * profit / 10",
    "profit = catch * 2 - Ships",
    "scrapping = Ships / 15",
)
"""Two stocks, two tables."""


def saved(folder: Path, equations: tuple[str, ...], *, step: float = 0.25, stop: float = 40.0) -> Path:
    """Write a model from time 0 on, saved at every step."""
    controls = ("INITIAL TIME = 0", f"FINAL TIME = {stop:g}", f"TIME STEP = {step:g}", "SAVEPER = TIME STEP")
    text = "{UTF-8}\n" + "\n".join(f"{equation} ~ ~ |" for equation in (*equations, *controls)) + "\n"
    path = folder / "model.mdl"
    path.write_text(text, encoding="utf-8")
    return path


def simulator(path: Path, **asked: object) -> SystemSimulator:
    """Return the interpreter of a model."""
    found = rcsd.load(path).simulator("interpreted", **asked)
    assert isinstance(found, SystemSimulator)
    return found
