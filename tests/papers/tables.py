"""Tables and settings that several tests share."""

from dataclasses import replace

import numpy as np

from rcsd.papers.input_output import InputOutputTable, Sector, aggregate, read_mapping, read_table
from rcsd.papers.structure import Number, Settings
from tests.places import CALIBRATION

DATA = CALIBRATION / "structure"
YEARS = (2002, 2007, 2012, 2017)
REAL = [*(("heilongjiang", year) for year in YEARS), ("jilin", 2017), ("liaoning", 2017)]


def real_table(name: str = "heilongjiang", year: int = 2017, *, grouped: bool = True) -> InputOutputTable:
    """Return a table of the repository, of 42 sectors or put together to 8."""
    table = read_table(DATA / f"{name}_{year}.csv", title=f"{name} {year}", region=name.capitalize())
    return aggregate(table, read_mapping(DATA / f"sectors_{year}.csv")) if grouped else table


def small_table(intermediate, output, region: str = "", outflow: float = 0.0) -> InputOutputTable:
    """Return a table that balances: what is not used up is consumed, what is not bought is value added."""
    z, x = np.asarray(intermediate, dtype=float), np.asarray(output, dtype=float)
    final = x - z.sum(axis=1)
    names = "ABCDEFGH"
    return InputOutputTable(
        title="small",
        unit="yuan",
        sectors=tuple(Sector(names[i], f"Sector {names[i]}", region) for i in range(len(x))),
        intermediate=z,
        final_uses={"consumption": (1 - outflow) * final, "outflow": outflow * final},
        value_added={"labour": x - z.sum(axis=0)},
        output=x,
        total_input=x.copy(),
    )


def number(value: float) -> Number:
    """Return a number that may be anything."""
    return Number(value, "1", -1e9, 1e9, "assumed for this test")


def settings(**changes) -> Settings:
    """Return settings over sector A as the resource industry, with room in every constraint."""
    plain = Settings(
        resource="coal",
        resource_sector="A",
        agriculture="",
        horizon=number(5),
        consumption=number(1.0),
        formation=number(1.0),
        outflow=number(0.5),
        ceiling=number(1.2),
        shrink=number(0.5),
        grow=number(1.5),
        limit=number(1.0),
        weight=number(0.5),
    )
    given = {k: number(v) if isinstance(v, int | float) else v for k, v in changes.items()}
    return replace(plain, **given)
