"""`rcsd diagram` on a model with two views."""

import json
import re

import pytest

from tests.sketches import SKETCH, XMILE


@pytest.fixture
def model(tmp_path):
    """Return a .mdl file with two views."""
    path = tmp_path / "model.mdl"
    path.write_text(SKETCH, "utf-8")
    return path


def test_all_views_come_on_one_sheet_and_each_on_its_own(rcsd, model, tmp_path):
    """The sheet has the titles of both views, the files of their own have their variables."""
    result = rcsd("diagram", model, "-o", tmp_path / "all.svg", "--each")
    assert result.exit_code == 0
    whole, first, second = (
        (tmp_path / name).read_text("utf-8") for name in ("all.svg", "all-first-view.svg", "all-second-view.svg")
    )
    assert ">First view<" in whole
    assert ">Second view<" in whole
    assert (first.count(">Stock<"), second.count(">Stock<")) == (1, 0)
    assert second.count(">Rate<") == 1


def test_one_view_by_name_or_number(rcsd, model, tmp_path):
    """Names are compared as those of variables are."""
    for name in ("second view", "2"):
        assert rcsd("diagram", model, "--view", name, "-o", tmp_path / "one.svg").exit_code == 0
        assert ">Stock<" not in (tmp_path / "one.svg").read_text("utf-8")
    result = rcsd("diagram", model, "--view", "Frist view", "-o", tmp_path / "none.svg")
    assert result.exit_code == 2
    assert "did you mean 'First view'?" in result.stderr
    assert not (tmp_path / "none.svg").exists()


def test_constants_are_left_out_with_their_arrows(rcsd, model, tmp_path):
    """The shadow of a constant goes as well."""
    assert rcsd("diagram", model, "--view", "1", "--no-constants", "-o", tmp_path / "few.svg").exit_code == 0
    text = (tmp_path / "few.svg").read_text("utf-8")
    assert ">Stock<" in text
    assert not re.search(">(Rate|Start|&lt;Life, mean&gt;)<", text)
    assert 'data-from="rate"' not in text


def test_a_variable_with_its_causes_and_uses(rcsd, model, tmp_path):
    """The stock's equation names two flows and its start; both flows use it."""
    assert rcsd("diagram", model, "--of", "stock", "-o", tmp_path / "of.svg").exit_code == 0
    text = (tmp_path / "of.svg").read_text("utf-8")
    arrows = set(re.findall('data-from="([^"]+)" data-to="([^"]+)"', text))
    assert arrows == {
        ("inflow", "stock"),
        ("outflow", "stock"),
        ("start", "stock"),
        ("stock", "inflow"),
        ("stock", "outflow"),
    }


def test_the_page_needs_no_other_file_and_escapes_what_the_model_says(rcsd, model, tmp_path):
    """Documentation that would end a script stays documentation."""
    text = SKETCH.replace(
        "Rate = 0.1 ~ 1/Year ~ |", 'Rate = 0.1 ~ 1/Year ~ </script><img src="x" onerror="alert(1)"> |'
    )
    model.write_text(text, "utf-8")
    assert rcsd("diagram", model, "-o", tmp_path / "page.html").exit_code == 0
    page = (tmp_path / "page.html").read_text("utf-8")
    assert page.count("</script>") == page.count("<script") == 2
    assert "<img" not in page
    assert not re.search(r'(?:src|href)="', page)
    told = json.loads(re.search(r'id="variables">(.*?)</script>', page, re.S)[1])
    assert told["rate"]["documentation"].startswith("</script>")
    assert told["inflow"]["unit"] == "m/Year"


def test_the_list_of_views_for_people_and_machines(rcsd, model):
    """How much is on each, and nothing that covers another."""
    document = json.loads(rcsd("diagram", model, "--json").stdout)
    assert [(view["name"], view["arrows"], view["flows"]) for view in document["views"]] == [
        ("First view", 4, 2),
        ("Second view", 0, 0),
    ]
    assert document["files"] == []
    result = rcsd("diagram", model)
    assert result.exit_code == 0
    assert "Second view" in result.stdout


def test_png_and_xmile(rcsd, tmp_path):
    """The other format of files, and of pictures."""
    path = tmp_path / "model.xmile"
    path.write_text(XMILE, "utf-8")
    assert rcsd("diagram", path, "-o", tmp_path / "x.png").exit_code == 0
    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")


def test_a_model_without_views_is_laid_out(rcsd, growth_model, tmp_path):
    """Each of its four variables is on the sheet once, and the stock has its flow."""
    assert rcsd("diagram", growth_model, "-o", tmp_path / "x.svg").exit_code == 0
    text = (tmp_path / "x.svg").read_text("utf-8")
    for name in ("stock", "growth", "growth rate", "initial stock"):
        assert f'data-v="{name}"' in text
    assert 'data-from="stock" data-to="growth"' in text


def test_another_suffix_is_refused(rcsd, model, tmp_path):
    """The message names those that can be written."""
    result = rcsd("diagram", model, "-o", tmp_path / "x.pdf")
    assert result.exit_code == 2
    assert ".svg, .png, .html" in result.stderr


def test_a_model_without_variables_has_no_diagram(rcsd, model, tmp_path):
    """Its file has only the four settings of time; no file is written."""
    clock = {"INITIAL TIME": 0, "FINAL TIME": 1, "TIME STEP": 1, "SAVEPER": 1}
    model.write_text("{UTF-8}\n" + "".join(f"{name} = {value} ~ ~ |\n" for name, value in clock.items()), "utf-8")
    for name in ("x.svg", "x.html"):
        result = rcsd("diagram", model, "-o", tmp_path / name)
        assert result.exit_code == 2
        assert "has no variable, and so nothing to draw" in result.stderr
        assert not (tmp_path / name).exists()


@pytest.mark.filterwarnings("always::rcsd.errors.RcsdWarning")
def test_a_model_without_equations_is_drawn_from_its_sketch(rcsd, model, tmp_path):
    """A causal loop diagram has none yet: Vensim writes A FUNCTION OF."""
    text = re.sub(r"^(Stock|Inflow|Outflow) = .*?~", r"\1 = A FUNCTION OF (Rate) ~", SKETCH, flags=re.M)
    model.write_text(text, "utf-8")
    result = rcsd("diagram", model, "-o", tmp_path / "x.svg")
    assert result.exit_code == 0
    assert "rcsd: warning: drawn from its views alone" in result.stderr
    assert ">Stock<" in (tmp_path / "x.svg").read_text("utf-8")
