"""The page of a model that simulates."""

from __future__ import annotations

import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from typer.testing import Result

import rcsd
from rcsd.errors import ModelError, ParameterError
from rcsd.report.live.document import document_of
from rcsd.study.findings.live.of_model import live_of_model
from tests.places import EXAMPLES, TEST_MODELS
from tests.report.live.v8 import told, with_runs

LINE_SEPARATOR = "\u2028"
EVIL = f"""\"</script><script>alert('1')</script><!-- {LINE_SEPARATOR}" """.strip()
HOSTILE = f"""{{UTF-8}}
Level = INTEG({EVIL} * Level, 1) ~ m</script> ~ </script><img src=x onerror=alert(1)> ~|
{EVIL} = 0.1 ~ 1/Year [0,1] ~ "quoted" & 'more' {LINE_SEPARATOR} ~|
INITIAL TIME = 0 ~~|
FINAL TIME = 4 ~~|
TIME STEP = 0.5 ~~|
SAVEPER = 1 ~~|
"""


class Page(HTMLParser):
    """Gathers what a browser would find: elements, scripts, and addresses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.scripts: dict[str, str] = {}
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self._script = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        given = {key: value or "" for key, value in attrs}
        self.tags.append(tag)
        self.handlers += [key for key in given if key.startswith("on")]
        self.addresses += [given[key] for key in ("href", "src") if key in given]
        self._script = given.get("id", "unnamed") if tag == "script" else ""

    def handle_data(self, data: str) -> None:
        """Keep the text of a script."""
        if self._script:
            self.scripts[self._script] = self.scripts.get(self._script, "") + data

    def handle_endtag(self, tag: str) -> None:
        """End a script."""
        self._script = ""


def published(model: rcsd.Model, folder: Path) -> Page:
    """Publish a model."""
    return Page(rcsd.publish(model, folder / "page.html", loops=False).read_text(encoding="utf-8"))


@pytest.fixture
def hostile(tmp_path: Path) -> rcsd.Model:
    """Read a model whose names and words would end a script."""
    path = tmp_path / "hostile.mdl"
    path.write_text(HOSTILE, encoding="utf-8")
    return rcsd.load(path)


def test_words_of_a_model_are_words(hostile: rcsd.Model, tmp_path: Path) -> None:
    """The page has the scripts of a harmless one, and the model in them has the stranger's names to the letter."""
    plain = tmp_path / "plain.mdl"
    plain.write_text(HOSTILE.replace(EVIL, "Rate").replace("</script>", "").replace("<img src=x onerror=alert(1)>", ""))
    page, harmless = published(hostile, tmp_path), published(rcsd.load(plain), tmp_path)
    assert list(page.scripts) == list(harmless.scripts)
    assert page.tags.count("img") == harmless.tags.count("img")
    assert page.handlers == []
    data = json.loads(page.scripts["live-data"])
    name = data["controls"][0]["name"]
    assert "</script><script>alert('1')</script><!--" in name
    model = page.scripts["live-model"].removeprefix("const liveModel = ").rstrip(";\n")
    engine = with_runs(model, data)
    found = told(engine, f"Array.from(runs.one({{{json.dumps(name)}: 0.5}}))")
    assert found == pytest.approx(hostile.run({name: 0.5}, outputs=["Level"]).values.reshape(-1).tolist(), rel=1e-12)


def test_a_page_asks_for_nothing_outside(tmp_path: Path) -> None:
    """Every address is a place of the page itself."""
    page = published(rcsd.load("hypercycle"), tmp_path)
    assert page.addresses
    assert all(each.startswith("#") for each in page.addresses)


def test_sliders_are_the_stated_ranges() -> None:
    """Each around the value of the model, by the sheets of its diagram."""
    city = rcsd.load("resource_city")
    controls = live_of_model(city).controls
    assert len(controls) > 100
    assert all(each.lower <= each.value <= each.upper for each in controls)
    found = {each.name: (each.lower, each.upper) for each in controls}
    assert found["Transition Strength"] == (0.0, 0.9)
    sheets = [view.name for view in city.views()]
    assert [each for each in dict.fromkeys(each.group for each in controls) if each in sheets] == [
        name for name in sheets if any(each.group == name for each in controls)
    ]


def test_a_model_without_ranges_says_so(tmp_path: Path) -> None:
    """And its sliders go from zero to twice the value."""
    path = tmp_path / "plain.mdl"
    path.write_text(HOSTILE.replace(EVIL, "Rate").replace("[0,1]", ""), encoding="utf-8")
    model = rcsd.load(path)
    assert [(each.lower, each.upper) for each in live_of_model(model).controls] == [(0.0, 0.2)]
    assert "It states no ranges" in rcsd.publish(model, tmp_path / "page.html", loops=False).read_text(encoding="utf-8")


def test_what_is_drawn_may_be_chosen() -> None:
    """In any spelling; what is not there is answered."""
    model = rcsd.load(EXAMPLES / "hare_lynx" / "hare_lynx.mdl")
    assert [each.variable for each in live_of_model(model, show=["lynx"]).outputs] == ["Lynx"]
    with pytest.raises(ModelError, match=r"'Lynxes' is not a variable.*Lynx"):
        live_of_model(model, show=["Lynxes"])


def test_series_of_data_variables_are_part_of_the_page(tmp_path: Path) -> None:
    """The page runs them without their file."""
    model = rcsd.load(TEST_MODELS / "data_driven.mdl")
    with pytest.raises(ModelError, match="--data FILE"):
        rcsd.publish(model, tmp_path / "page.html", loops=False)
    series = tmp_path / "rain.csv"
    series.write_text("time,Rain\n0,1\n5,3\n10,2\n", encoding="utf-8")
    made = live_of_model(model, data=series)
    engine = with_runs(made.script, document_of(made))
    names = [each.variable for each in made.outputs]
    expected = model.run(outputs=names, times=made.times.times, data=series).values[0]
    assert told(engine, "Array.from(runs.one({}))") == pytest.approx(expected.reshape(-1).tolist(), rel=1e-12)


def test_long_runs_are_thinned() -> None:
    """To what a figure shows, at steps of the model."""
    model = rcsd.load("hypercycle").with_time(save_step=0.0625)
    times = live_of_model(model).times
    assert len(times.times) <= 400
    np.testing.assert_allclose(times.times, model.time.start + times.steps * model.time.step)


def test_the_command_writes_a_page(rcsd: Callable[..., Result], tmp_path: Path) -> None:
    """And says how large it is."""
    page = tmp_path / "cycle.html"
    done = rcsd("publish", "hypercycle", "-o", str(page), "--no-loops", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {"page": str(page), "bytes": page.stat().st_size}


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("hypercycle", "-o", "page.pdf"), "ends in .html"),
        (("no_such_model",), "there is no model 'no_such_model'"),
        (("jixi", "--show", "GDP"), "--show and --data are of a model"),
    ],
)
def test_bad_input_is_answered(rcsd: Callable[..., Result], words: tuple[str, ...], answer: str) -> None:
    """In one paragraph."""
    done = rcsd("publish", *words)
    assert done.exit_code == 2
    assert answer in " ".join(done.stderr.split())


def test_a_page_is_html(tmp_path: Path) -> None:
    """Nothing else is written over."""
    with pytest.raises(ParameterError, match=r"ends in \.html"):
        rcsd.publish("hypercycle", tmp_path / "hypercycle.mdl")


ARRAYS = """{UTF-8}
Place: north, south ~~|
People[Place] = INTEG(Rate[Place] * People[Place], 100) ~~|
Rate[Place] = 0.1, 0.2 ~ 1/Year [0,1] ~|
Other = 3 ~~|
INITIAL TIME = 0 ~~|
FINAL TIME = 4 ~~|
TIME STEP = 0.5 ~~|
SAVEPER = 1 ~~|
"""


@pytest.mark.parametrize(
    ("text", "names", "said"),
    [
        (ARRAYS, ["Rate[north]", "Rate[south]"], "for which it states a range"),
        (ARRAYS.replace("[0,1]", ""), ["Other", "Rate[north]", "Rate[south]"], "It states no ranges"),
        (ARRAYS.replace("0.1, 0.2", "0.1 + 0 * Time").replace("Other = 3 ~~|", ""), [], "no constant that could be"),
        (
            ARRAYS.replace("[0,1]", "") + "".join(f"More {k} = {k} ~~|\n" for k in range(30)),
            ["Other", *(f"More {k}" for k in range(19))],
            "There is room for the first 20 of 33",
        ),
    ],
)
def test_elements_of_a_constant_are_moved_one_by_one(text: str, names: list[str], said: str, tmp_path: Path) -> None:
    """Each with the range of the whole; what a page has no room for, or cannot move, it says."""
    path = tmp_path / "arrays.mdl"
    path.write_text(text, encoding="utf-8")
    model = rcsd.load(path)
    found = live_of_model(model)
    assert [each.name for each in found.controls] == names
    assert said in rcsd.publish(model, tmp_path / "page.html", loops=False).read_text(encoding="utf-8")
    if "Rate[south]" in names:
        engine = with_runs(found.script, document_of(found))
        ran = told(engine, 'Array.from(runs.one({"Rate[south]": 0.5}))')
        expected = model.run({"Rate[south]": 0.5}, outputs=["People[north]", "People[south]"], backend="interpreted")
        wanted = np.stack([expected.of(f"People[{each}]")[0] for each in ("north", "south")], axis=1)
        assert ran == pytest.approx(wanted.reshape(-1).tolist(), rel=1e-12)


def test_a_run_that_breaks_is_told_from_a_small_difference(tmp_path: Path) -> None:
    """Since when it has no values to its end; and what rounding leaves of two equal values is no difference."""
    path = tmp_path / "arrays.mdl"
    path.write_text(ARRAYS, encoding="utf-8")
    found = live_of_model(rcsd.load(path))
    engine = with_runs(found.script, document_of(found))
    first, second = "[1, 1, 2, NaN, 3, NaN, 4, NaN, 5, Infinity]", "[1, 1, 2, NaN, 3, 1, 4, NaN, 5, Infinity]"
    assert told(engine, f"[runs.broken({first}, 0), runs.broken({second}, 1)]") == [None, 3]
    percent, plain = '{ measure: "percent" }', '{ measure: "absolute" }'
    assert told(engine, f"runs.gap({percent}, 0.1 + 0.2, 0.3)") == 0
    assert told(engine, f"runs.gap({percent}, 0, 0)") == 0
    assert told(engine, f"runs.gap({percent}, 1.1, 1)") == pytest.approx(10)
    assert told(engine, f"runs.gap({plain}, -1, 1)") == -2
