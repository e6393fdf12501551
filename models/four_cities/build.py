"""Write the model of four cities from the model of one: a city's variables once for each city, and links among them.

``python models/four_cities/build.py`` writes four_cities.mdl and four_cities.xmile from the city's model file, from
links.mdl.in (equations of the links), links.view.in (their picture), cities.csv and estimates.csv; with ``--refit`` it
first fits the four studies again and writes estimates.csv. The view of the links is drawn to diagram.svg.
"""

from __future__ import annotations

import argparse
import csv
import math
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import rcsd
from rcsd.files import file_sha256, write_bytes_atomic, write_text_atomic
from rcsd.report.diagram import diagram_of, drawn
from rcsd.simulation.conversion.converting import model_text
from rcsd.study import calibrate_study
from rcsd.study.findings.profiles import mode_of

HERE = Path(__file__).resolve().parent
CITY_MODEL = HERE.parent / "resource_city" / "resource_city.mdl"
SKETCH, SETTINGS = "\\\\\\---/// Sketch", "///---\\\\\\"
EARTH_RADIUS = 6371.0088  # km, the mean radius of the International Union of Geodesy and Geophysics
DIGITS = 6
"""Significant digits of an estimate: fewer than its standard error leaves, and than PySD rounds arrays to."""

ADDED = {"Knowledge Creation": "Knowledge from Other Cities", "Net Migration": "Intercity Migration"}
"""What the links add to a flow of the city."""

FIELDS = ("city", "constant", "value", "unit", "origin")
Values = Mapping[str, Mapping[str, str]]
"""For each constant that differs among the cities, its value in each city, as written."""


def read_cities() -> list[dict[str, str]]:
    """Rows of cities.csv."""
    with (HERE / "cities.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_values(names: Iterable[str]) -> Values:
    """Read the constants of estimates.csv; one that a city's study does not set has the city model's value there."""
    defaults = rcsd.load(CITY_MODEL).constants
    found: dict[str, dict[str, str]] = {}
    with (HERE / "estimates.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            if row["constant"] not in defaults:
                sys.exit(f"estimates.csv: the city model has no constant {row['constant']!r}; run build.py --refit")
            found.setdefault(row["constant"], {})[row["city"]] = row["value"]
    return {name: {city: of.get(city, f"{defaults[name]:.{DIGITS}g}") for city in names} for name, of in found.items()}


def equations_of(text: str) -> list[str]:
    """Split the equations of a Vensim file into blocks, one a definition or a heading."""
    body = text.partition(SKETCH)[0].removeprefix("{UTF-8}")
    return [block.strip() for block in body.split("|") if block.strip()]


def name_of(block: str) -> str | None:
    """Name that a block defines; None for a heading."""
    return None if block.startswith("*") else re.split(r"[=\[]", block, maxsplit=1)[0].strip()


def pattern_of(names: Iterable[str]) -> re.Pattern[str]:
    """Match any of the names as a whole."""
    longest = sorted(names, key=len, reverse=True)
    return re.compile(r"(?<![\w.])(" + "|".join(map(re.escape, longest)) + r")(?!\w)")


def own_names(blocks: Iterable[str], differing: Iterable[str]) -> set[str]:
    """Names of the variables that differ among the cities: what hangs on a constant that differs, at any remove."""
    sources = {name: block.partition("~")[0].partition("=")[2] for block in blocks if (name := name_of(block))}
    every = pattern_of(sources)
    needs = {name: set(every.findall(source)) for name, source in sources.items()}
    own = set(differing)
    while fresh := {name for name, causes in needs.items() if name not in own and causes & own}:
        own |= fresh
    return own


def subscripted(block: str, values: Values, own: set[str], every: re.Pattern[str]) -> str:
    """Give every variable of a city its subscript, a constant its row of values, a flow what comes from others."""
    name = name_of(block)
    equation, _, rest = block.partition("~")
    if name in values:
        equation = f"{name}[City]=\n\t{','.join(values[name].values())}\n\t"
    else:
        equation = every.sub(lambda found: f"{found[0]}[City]" if found[0] in own else found[0], equation)
        if name in ADDED:
            equation = f"{equation.rstrip()}+{ADDED[name]}[City]\n\t"
    return f"{equation}~{rest}"


def great_circle(a: Mapping[str, str], b: Mapping[str, str]) -> int:
    """Distance between two cities by the haversine formula, whole km."""
    phi, psi = math.radians(float(a["latitude"])), math.radians(float(b["latitude"]))
    turn = math.radians(float(b["longitude"]) - float(a["longitude"]))
    h = math.sin((psi - phi) / 2) ** 2 + math.cos(phi) * math.cos(psi) * math.sin(turn / 2) ** 2
    return round(2 * EARTH_RADIUS * math.asin(math.sqrt(h)))


def matrix(rows: Iterable[Iterable[object]]) -> str:
    """Write a matrix as Vensim has it."""
    return "".join(",".join(map(str, row)) + ";" for row in rows)


def links(cities: list[dict[str, str]]) -> str:
    """Equations of the links, with what follows from the table of cities."""
    distances = [[great_circle(a, b) for b in cities] for a in cities]
    text = (HERE / "links.mdl.in").read_text("utf-8")
    for mark, what in {
        "{linked}": matrix([[int(a is not b) for b in cities] for a in cities]),
        "{distance}": matrix(distances),
        "{reference}": str(min(distance for row in distances for distance in row if distance)),
    }.items():
        text = text.replace(mark, what)
    return text


def vensim() -> str:
    """Text of four_cities.mdl."""
    cities = read_cities()
    names = [city["city"] for city in cities]
    values = read_values(names)
    text = CITY_MODEL.read_text("utf-8")
    blocks = equations_of(text)
    own = own_names(blocks, values)
    added = {name for block in equations_of(links(cities)) if (name := name_of(block))}
    if clash := added & {name for block in blocks if (name := name_of(block))}:
        sys.exit(f"links.mdl.in: the city model has {', '.join(sorted(clash))} of its own; take another name")
    every = pattern_of(name for block in blocks if (name := name_of(block)))
    if lost := ADDED.keys() - own:
        sys.exit(f"the city model has no flow {' or '.join(sorted(lost))}: build.py cannot add the links to it")
    control = next(i for i, block in enumerate(blocks) if "\t.Control" in block)
    local = [subscripted(block, values, own, every) for block in blocks[:control]]
    elements = ", ".join(names)
    ranges = [
        f"City: {elements}\n\t~\t\n\t~\tThe four cities.",
        f"Partner: {elements}\n\t~\t\n\t~\tThe same cities, as those at the other end of a link.",
    ]
    equations = [*ranges, *equations_of(links(cities)), *local, *blocks[control:]]
    sketch, settings = text.partition(SKETCH)[2].split(SETTINGS)
    view = (HERE / "links.view.in").read_text("utf-8").strip()
    head = sketch.partition("\n*")[0]
    views = f"{SKETCH}{head}\n{view}\n{SKETCH}{sketch}{SETTINGS}{settings}"
    return "{UTF-8}\n" + "\n\t|\n\n".join(block.rstrip() for block in equations) + "\n\t|\n\n" + views


def refit() -> None:
    """Fit every study to all its compared years, 2000-2013, and write estimates.csv."""
    rows: list[tuple[str, str, str, str, str]] = []
    drivers = set()
    for city in read_cities():
        study = rcsd.load_study(city["study"])
        last = study.file.windows.last
        found = mode_of(study, calibrate_study(study, out=Path("out"), workers=2), study.simulator(), last=last)
        drivers.add(tuple((each.table, tuple(each.years), tuple(each.values)) for each in study.drivers))
        for constant in study.constants:
            rows.append(
                (city["city"], constant.name, f"{constant.value:.{DIGITS + 2}g}", constant.unit, constant.origin)
            )
        for parameter in study.space.parameters:
            value = f"{found.values[parameter.name]:.{DIGITS}g}"
            origin = f"most probable value, {study.fit_window[0]}-{last}"
            rows.append((city["city"], parameter.name, value, parameter.unit, origin))
    if len(drivers) != 1:
        sys.exit("the studies drive their cities by different series; the four cities need one national economy")
    written = [",".join(FIELDS), *(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows)]
    made = f"# rcsd {rcsd.__version__}, resource_city.mdl {(file_sha256(CITY_MODEL) or '')[:12]}; build.py --refit"
    write_text_atomic(HERE / "estimates.csv", "\n".join([made, *written]) + "\n")


def xmile(source: Path) -> str:
    """Text of four_cities.xmile, converted from the Vensim file."""
    return model_text(rcsd.load(source), "xmile")[0]


def diagram(path: Path) -> bytes:
    """Draw the view of the links, which is the first."""
    return drawn(diagram_of(path, view="1"), ".svg")


def main() -> None:
    """Write the model files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--refit", action="store_true", help="fit the four studies again and write estimates.csv first")
    if parser.parse_args().refit:
        refit()
    path = HERE / "four_cities.mdl"
    text = vensim()
    write_text_atomic(path, text)
    write_text_atomic(path.with_suffix(".xmile"), xmile(path))
    write_bytes_atomic(HERE / "diagram.svg", diagram(path))


if __name__ == "__main__":
    main()
