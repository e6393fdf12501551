"""A sketch, line by line: what each says by Vensim's own description of the format."""

import warnings

import pytest

from rcsd import load
from rcsd.errors import RcsdWarning
from rcsd.simulation.views import Box, Point, read_views
from tests.sketches import SKETCH


@pytest.fixture
def sketch(tmp_path):
    """Return a function that writes a sketch, with some of its text changed, and returns the file."""

    def write(*changes: tuple[str, str], newline: str = "\n"):
        text = SKETCH
        for old, new in changes:
            assert text.count(old) == 1
            text = text.replace(old, new)
        path = tmp_path / "model.mdl"
        path.write_text(text, "utf-8", newline=newline)
        return path

    return write


@pytest.fixture
def view(sketch):
    """Return the first of its two views."""
    return read_views(sketch())[0]


def test_views_are_told_apart_and_nothing_below_the_sketch_is_read(sketch):
    """The settings below the sketch hold no object, whatever they look like."""
    first, second = read_views(sketch())
    assert (first.name, second.name) == ("First view", "Second view")
    assert [element.name for element in second.elements] == ["Rate"]


def test_a_box_is_twice_the_half_width_and_half_height(view):
    """``275,69,40,20`` is a box 80 wide and 40 high around (275, 69)."""
    assert view.element(1).box == Box(260, 80, 340, 120)
    assert view.element(1).centre == Point(300, 100)


def test_each_object_is_of_its_kind(view):
    """10 with the bit 32 names a flow, without the bit for arrows in it is a shadow; 48 is a cloud."""
    kinds = {element.id: element.kind for element in view.elements}
    assert kinds == {
        1: "stock",
        2: "cloud",
        5: "valve",
        6: "flow",
        7: "cloud",
        10: "valve",
        11: "flow",
        12: "auxiliary",
        14: "shadow",
        16: "auxiliary",
        18: "comment",
        19: "comment",
    }
    assert (view.element(6).valve, view.element(11).valve) == (5, 10)
    assert (view.element(5).name, view.element(10).name) == ("Inflow", "Outflow")
    assert view.element(14).name == "Life, mean"
    assert view.element(19).shape == "counterclockwise"


def test_a_box_is_a_stock_only_if_the_model_says_so(sketch):
    """Modellers put boxes around other variables too."""
    path = sketch()
    assert read_views(path, stocks=[])[0].element(1).kind == "auxiliary"
    assert load(path).views()[0].element(1).kind == "stock"


def test_comments_keep_their_lines_and_their_own_style(view):
    """Bits 2, 8, 16 and 32 of the style: own colour, size, attributes and face; 10 points are 13.3 pixels."""
    remark = view.element(18)
    assert remark.text == "A remark, with a comma\nand a break"
    assert (remark.style.colour, remark.style.bold, remark.style.font) == ("#008000", True, "Arial")
    assert remark.style.size == pytest.approx(10 * 96 / 72)
    assert view.style.size == 16


def test_pipes_run_from_source_to_target(view):
    """The half without a head comes from the source: the inflow from a cloud, the outflow from the stock."""
    inflow, outflow = view.pipes
    assert (inflow.source, inflow.valve, inflow.target) == (2, 5, 1)
    assert (outflow.source, outflow.valve, outflow.target) == (1, 10, 7)
    assert [point.y for point in inflow.points] == [100] * len(inflow.points)
    assert [point.x for point in outflow.points] == [300] * len(outflow.points)
    assert not inflow.both_ways
    assert [point.x for point in inflow.points] == sorted(point.x for point in inflow.points)


def test_a_pipe_with_two_heads_runs_both_ways(sketch):
    """Vensim leaves out the bit 32 at an end with a head; 64 marks the end that was drawn first."""
    path = sketch(("1,4,5,2,100,0,0,22", "1,4,5,2,68,0,0,22"))
    pipe = read_views(path)[0].pipes[0]
    assert (pipe.source, pipe.target, pipe.both_ways) == (2, 1, True)


def test_arrows_are_as_saved(view):
    """Shape 1 is an arc, 0 is straight whatever its point; 43 and 45 are the ASCII codes of the signs."""
    rate, life, start, hidden = view.links
    assert (rate.source, rate.target, rate.points, rate.curved) == (12, 6, (Point(180, 180),), True)
    assert (rate.polarity, life.polarity, start.polarity) == ("+", "-", "")
    assert life.points == ()
    assert (life.delayed, rate.delayed) == (True, False)
    assert (start.initial, rate.initial) == (True, False)
    assert (hidden.hidden, rate.hidden) == (2, 0)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_faulty_line_is_told_once_and_costs_itself_alone(sketch, newline):
    """The model loads without a word; its views say what is left out, with the line."""
    path = sketch(
        ("10,16,Start,420,40", "10,16,Start,far,40"),
        ("1,13,12,6,1,0,43", "1,13,77,6,1,0,43"),
        newline=newline,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = load(path)
        assert model.run().of("Stock").shape[-1] == 11
    lines = path.read_text("utf-8").splitlines()
    first = next(number for number, line in enumerate(lines, 1) if line.startswith("1,13,77"))
    with pytest.warns(RcsdWarning, match="and is left out") as caught:
        view = model.views()[0]
    assert len(caught) == 1
    assert f"model.mdl:{first}: " in str(caught[0].message)
    assert "and 2 more" in str(caught[0].message)  # the variable, and the arrow from it
    assert len(view.elements) == 11
    assert len(view.links) == 2


def test_a_sketch_of_another_version_is_told(sketch):
    """A sketch of Vensim 1.6 has other lines: none of it is guessed."""
    path = sketch()
    path.write_text(path.read_text("utf-8").replace("V300", "V160"), "utf-8")
    with pytest.warns(RcsdWarning, match=r"version V160; save the model with Vensim 3 or newer, and 1 more"):
        assert read_views(path) == ()


def test_a_file_without_a_sketch_has_no_views(growth_model):
    """And no warning either."""
    assert read_views(growth_model) == ()
