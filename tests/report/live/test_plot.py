"""The figures of a live page as text."""

from __future__ import annotations

import json
import math
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import Any

import pytest
from py_mini_racer import MiniRacer

from tests.report.live.v8 import script, told

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def engine() -> MiniRacer:
    """With the script that draws."""
    engine = MiniRacer()
    engine.eval(script("plot.js"))
    return engine


def drawn(engine: MiniRacer, **changes: Any) -> ET.Element:
    """Draw a line over five years, with changes; the text is XML."""
    given = {
        "width": 400,
        "height": 220,
        "x": [2000, 2001, 2002, 2003, 2004],
        "labels": ["2000", "2001", "2002", "2003", "2004"],
        "bands": [],
        "lines": [{"y": [0, 1, 2, 3, 4], "kind": "mine"}],
        "cells": [],
        "marks": [],
        "label": "a line",
    } | changes
    text = told(engine, f"rcsdPlot.plot({json.dumps(given)}).svg")
    return ET.fromstring(text)


def points(element: ET.Element) -> list[list[float]]:
    """Read the points of a path."""
    parts = element.attrib["d"].strip("MZ").replace("M", "L").split("L")
    return [[float(each) for each in part.split()] for part in parts]


def of_kind(svg: ET.Element, kind: str) -> list[ET.Element]:
    """Find the elements of a class."""
    return [each for each in svg.iter() if each.attrib.get("class") == kind]


def test_places_are_those_of_the_numbers(engine: MiniRacer) -> None:
    """Equal steps stand equally far apart; larger is higher; a cell on the line is on the line."""
    svg = drawn(engine, cells=[[2002, 2]])
    line = points(of_kind(svg, "line mine")[0])
    across = [b[0] - a[0] for a, b in pairwise(line)]
    up = [a[1] - b[1] for a, b in pairwise(line)]
    assert across == pytest.approx([across[0]] * 4, abs=0.11)
    assert up == pytest.approx([up[0]] * 4, abs=0.11)
    assert up[0] > 0
    cell = of_kind(svg, "cell")[0]
    assert [float(cell.attrib["cx"]), float(cell.attrib["cy"])] == pytest.approx(line[2], abs=0.11)


def test_what_is_no_number_leaves_a_gap(engine: MiniRacer) -> None:
    """In a line, in a band, and in a figure of nothing else."""
    svg = drawn(engine, lines=[{"y": [0, None, 2, 3, None], "kind": "mine"}])
    assert of_kind(svg, "line mine")[0].attrib["d"].count("M") == 2
    band = drawn(engine, bands=[{"low": [0, None, 1, 1, 1], "high": [1, None, 2, 2, 2], "kind": "base"}])
    assert len(points(of_kind(band, "band base")[0])) == 8
    assert of_kind(drawn(engine, lines=[{"y": [None] * 5, "kind": "mine"}]), "axis")


@pytest.mark.parametrize("value", [0.0, 3.0, -2.5e-12, 1e300])
def test_a_level_line_stands_within_the_figure(engine: MiniRacer, value: float) -> None:
    """Whatever its size."""
    line = points(of_kind(drawn(engine, lines=[{"y": [value] * 5, "kind": "mine"}]), "line mine")[0])
    assert all(0 < y < 220 for _, y in line)


def test_words_of_a_stranger_are_words(engine: MiniRacer) -> None:
    """In labels, units and dates."""
    evil = '"><script>alert(1)</script>\u2028&'
    svg = drawn(engine, label=evil, labels=[evil] * 5)
    assert svg.attrib["aria-label"] == evil
    assert not list(svg.iter(f"{SVG}script"))
    assert evil in [each.text for each in svg.iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (123456.7, "123,457"),
        (1234567.0, "1,234,567"),
        (0.0012347, "0.001235"),
        (-12.0, "−12"),
        (999.96, "1,000"),
        (0.0, "0"),
        (2.0348e26, "2.03e+26"),
        (math.nan, "–"),
    ],
)
def test_numbers_are_written_as_in_the_report(engine: MiniRacer, value: float, written: str) -> None:
    """Four digits, all before the point, thousands apart."""
    text = "NaN" if math.isnan(value) else repr(value)
    assert told(engine, f"rcsdPlot.number({text})") == written


def test_ticks_are_round_and_inside(engine: MiniRacer) -> None:
    """For ends of every size."""
    for low, high in ((0.0, 1.0), (-3.2, 7.9), (1e-9, 3e-9), (1990.0, 2030.0)):
        found = told(engine, f"rcsdPlot.ticks({low}, {high})")
        assert 2 <= len(found) <= 7
        assert low - 1e-9 * (high - low) <= found[0]
        assert found[-1] <= high + 1e-9 * (high - low)
