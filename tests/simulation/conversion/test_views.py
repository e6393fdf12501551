"""Views go with a model: what stands on a sheet, what joins it, and where."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import rcsd
from rcsd.names import canonical
from rcsd.simulation.conversion.converting import model_text
from rcsd.simulation.views import View
from rcsd.simulation.views.read import read_views

MODELS = Path(__file__).parents[3] / "models"
SKETCH = """\\\\\\---/// Sketch information - do not modify anything except names
V300  Do not put anything below this section - it will be ignored
*One sheet
$192-192-192,0,Times New Roman|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|96,96,100,0
10,1,Stock,400,200,60,24,3,3,0,0,0,0,0,0
12,2,48,200,200,10,8,0,3,0,0,-1,0,0,0
1,3,5,1,4,0,0,22,0,0,0,-1--1--1,,2|(300,260)|(400,260)|
1,4,5,2,100,0,0,22,0,0,0,-1--1--1,,1|(200,200)|
11,5,0,300,200,6,8,34,3,0,0,1,0,0,0
10,6,inflow,300,224,40,10,40,3,0,0,-1,0,0,0
10,7,rate,300,320,40,10,8,3,0,0,0,0,0,0
10,8,rate,520,320,40,10,8,2,0,3,-1,0,0,0,128-128-128,0-0-0,|10||128-128-128
12,9,0,600,80,80,20,8,4,0,26,-1,0,0,0,-1--1--1,-1--1--1,|14|B|200-0-0
Words of the modeller
1,10,7,6,1,0,43,0,0,64,0,-1--1--1,,1|(330,280)|
1,11,8,1,0,0,45,0,0,64,0,-1--1--1,,1|(460,260)|
///---\\\\\\
"""
EQUATIONS = """{UTF-8}
Stock = INTEG(inflow + 0*rate, 1) ~ ~|
inflow = rate*2 ~ ~|
rate = 3 ~ ~|
INITIAL TIME = 0 ~ ~|
FINAL TIME = 4 ~ ~|
TIME STEP = 1 ~ ~|
SAVEPER = 1 ~ ~|

"""


def views_of(path: Path) -> tuple[View, ...]:
    """Read the views of a file."""
    model = rcsd.load(path).ir
    return read_views(path, [variable.name for variable in model if variable.kind == "stock"])


def there_and_back(path: Path, folder: Path) -> tuple[Path, Path]:
    """Write a Vensim file as XMILE, and that for Vensim again."""
    files = folder / "m.xmile", folder / "m.mdl"
    for source, target, language in ((path, files[0], "xmile"), (files[0], files[1], "vensim")):
        target.write_text(model_text(rcsd.load(source), language)[0], encoding="utf-8")
    return files


def shown(view: View) -> Counter[tuple[str, str]]:
    """Count what stands on a sheet by kind and name."""
    return Counter((element.kind, canonical(element.name)) for element in view.elements)


def joined(view: View) -> Counter[tuple[str, str, str]]:
    """Count the arrows by the names of their ends and their polarity."""
    return Counter(
        (canonical(view.element(link.source).name), canonical(view.element(link.target).name), link.polarity)
        for link in view.links
    )


@pytest.mark.parametrize("name", ["digital_cluster", "hypercycle", "innovation_coevolution"])
def test_sheets_keep_what_stands_on_them_and_what_joins_it(tmp_path: Path, name: str) -> None:
    """Each sheet has the same variables, flows, clouds and arrows in all three files, and stocks in the same places."""
    first = views_of(MODELS / name / f"{name}.mdl")
    for path in there_and_back(MODELS / name / f"{name}.mdl", tmp_path):
        others = views_of(path)
        assert [view.name for view in others] == [view.name for view in first]
        for one, other in zip(first, others, strict=True):
            assert shown(other) == shown(one)
            assert joined(other) == joined(one)
            places = [
                {e.name: (e.centre, e.width, e.height) for e in view.elements if e.kind == "stock"}
                for view in (one, other)
            ]
            assert places[0] == places[1]
            ends = [
                Counter(
                    (pipe.source is not None, pipe.target is not None, view.element(pipe.valve).name)
                    for pipe in view.pipes
                )
                for view in (one, other)
            ]
            assert ends[0] == ends[1]


def test_what_a_sheet_says_of_itself_is_kept(tmp_path: Path) -> None:
    """Polarity, the corner of a pipe, the shadow, and the bold red words come back from XMILE."""
    path = tmp_path / "first.mdl"
    path.write_text(EQUATIONS + SKETCH, encoding="utf-8")
    for written in there_and_back(path, tmp_path):
        (view,) = views_of(written)
        assert joined(view) == Counter({("rate", "inflow", "+"): 1, ("rate", "stock", "-"): 1})
        (pipe,) = view.pipes
        corners = [(point.x, point.y) for point in pipe.points]
        assert (300, 260) in corners
        assert view.element(pipe.target or 0).name == "Stock"
        (words,) = (element for element in view.elements if element.kind == "comment")
        assert words.text == "Words of the modeller"
        assert (words.style.bold, words.style.colour, words.style.size) == (
            True,
            "#c80000",
            pytest.approx(56 / 3, abs=0.1),
        )
        assert [element.name for element in view.elements if element.kind == "shadow"] == ["rate"]


def test_a_model_without_views_has_none_afterwards(tmp_path: Path) -> None:
    """Vensim asks for one sheet, which is empty then."""
    path = tmp_path / "first.mdl"
    path.write_text(EQUATIONS, encoding="utf-8")
    for written in there_and_back(path, tmp_path):
        assert views_of(written) == ()
