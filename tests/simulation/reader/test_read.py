"""Model files read: what every layer above sees, and errors that can be acted on."""

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

import rcsd
from rcsd.errors import ModelError
from rcsd.simulation.reader import read
from tests.places import TEST_MODELS


def test_a_vensim_file_becomes_variables_with_their_kind_unit_and_line() -> None:
    """Compared with the file, line by line, by hand."""
    model = read(TEST_MODELS / "teacup.mdl")
    assert [(v.name, v.kind, v.unit, v.line, v.value) for v in model] == [
        ("Teacup Temperature", "stock", "degree", 2, None),
        ("Initial Temperature", "constant", "degree", 9, 180),
        ("Heat Loss to Room", "flow", "degree/minute", 13, None),
        ("Room Temperature", "constant", "degree", 19, 70),
        ("Characteristic Time", "constant", "minute", 23, 10),
    ]
    assert model["Heat Loss to Room"].equation == "(Teacup Temperature - Room Temperature) / Characteristic Time"
    assert "{braces} stay" in model["Heat Loss to Room"].documentation


def test_the_time_axis_may_be_arithmetic_and_refer_to_itself() -> None:
    """SAVEPER = TIME STEP and TIME STEP = 1/8 are common in Vensim files."""
    axis = read(TEST_MODELS / "teacup.mdl").time
    assert (axis.start, axis.stop, axis.step, axis.save_step, axis.unit) == (0, 30, 0.125, 0.125, "minute")
    assert read(TEST_MODELS / "teacup_rk4.mdl").time.method == "rk4"


def test_an_xmile_file_gives_the_same_kinds() -> None:
    """A graphical function without an equation is a lookup; a reciprocal dt is inverted."""
    model = read(TEST_MODELS / "teacup.xmile")
    assert {v.name: v.kind for v in model} == {
        "Teacup Temperature": "stock",
        "Heat Loss to Room": "flow",
        "Initial Temperature": "constant",
        "Room Temperature": "constant",
        "Characteristic Time": "lookup",
    }
    assert (model.time.step, model.time.save_step, model.time.method) == (0.125, 1, "rk4")


def test_subscripts_are_known() -> None:
    """Elements of each dimension, and which variables have it."""
    model = read(TEST_MODELS / "regions.mdl")
    assert dict(model.ranges.elements) == {"region": ("north", "south")}
    assert model["Stock"].subscripts == ("region",)
    assert model["Initial Stock"].value is None


def test_every_unreadable_equation_is_listed_with_line_and_variable() -> None:
    """One run of the program is enough to correct the whole file."""
    with pytest.raises(ModelError) as caught:
        read(TEST_MODELS / "malformed.mdl")
    text = str(caught.value)
    assert "malformed.mdl:5: variable 'Inflow': its definition cannot be read at '* ( Rate'" in text
    assert "malformed.mdl:11: variable 'Rate': its definition cannot be read at '$$ 4'" in text
    assert (caught.value.line, caught.value.variable) == (5, "Inflow")


def test_an_unreadable_xmile_equation_is_located() -> None:
    """The element's line, not the end of the file."""
    with pytest.raises(ModelError, match=r"malformed\.xmile:17: variable 'Heat Loss to Room'"):
        read(TEST_MODELS / "malformed.xmile")


def test_undefined_names_are_found_before_anything_runs() -> None:
    """A misspelt variable is answered with its neighbour, an unknown function with its name."""
    with pytest.raises(ModelError) as caught:
        read(TEST_MODELS / "undefined.mdl")
    text = str(caught.value)
    assert ":5: variable 'Inflow': refers to 'raet', which is not defined; did you mean 'Rate'?" in text
    assert ":11: variable 'Rate': calls the function 'nofunc', which is not defined" in text


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Delay= 5", "Rate= 5", "is defined in lines 11, 14; keep one"),
        ("TIME STEP= 1", "TIME STAP= 1", "variable 'TIME STEP': is missing"),
        ("TIME STEP= 1", "TIME STEP= Delay*Outflow", r":26: variable 'TIME STEP': must be a number"),
        ("FINAL TIME= 10", "FINAL TIME= -10", ":17: the model runs from 0.0 to -10.0"),
    ],
)
def test_a_model_without_sense_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    """Definitions given twice and time axes that are none."""
    sound = (TEST_MODELS / "malformed.mdl").read_text("utf-8").replace("( Rate", "Rate").replace("2 $$ 4", "2")
    path = tmp_path / "m.mdl"
    path.write_text(sound.replace(old, new), encoding="utf-8")
    with pytest.raises(ModelError, match=message):
        read(path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("m.txt", b"", "ends in .mdl"),
        ("m.mdl", b"", "defines no variable"),
        ("m.mdl", b"\x00\x01\x02", "no text in any encoding"),
        ("m.mdl", b"A = 1 ~ m ~|\x1f\xff", "no text in any encoding"),
    ],
)
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    """Wrong suffix, empty, no text at all."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ModelError, match=message):
        read(path)


def test_a_folder_is_no_model(tmp_path: Path) -> None:
    """The operating system's reason is passed on."""
    (tmp_path / "m.mdl").mkdir()
    with pytest.raises(ModelError, match="cannot be read"):
        read(tmp_path / "m.mdl")


@pytest.mark.parametrize("name", ["teacup.mdl", "teacup.xmile", "malformed.mdl"])
def test_nothing_is_written_beside_the_file(tmp_path: Path, name: str) -> None:
    """Neither generated code nor caches, whether reading works or fails."""
    path = shutil.copy(TEST_MODELS / name, tmp_path)
    try:
        read(path)
    except ModelError:
        assert name == "malformed.mdl"
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_files_that_a_model_reads_are_known(tmp_path: Path) -> None:
    """Constants, data, lookups and subscript ranges from other files, each named once, beside the model or not."""
    text = (TEST_MODELS / "data_driven.mdl").read_text(encoding="utf-8").replace("{UTF-8}\n", "")
    path = tmp_path / "external.mdl"
    path.write_text(
        "{UTF-8}\n"
        "region: GET DIRECT SUBSCRIPT('names.csv', ',', 'A2', 'A', '')\n\t~\t~|\n"
        "Rate= GET DIRECT CONSTANTS('data/rates.csv', ',', 'B2')\n\t~\t1/Year~|\n"
        "Snow:= GET DIRECT DATA('snow.xlsx', 'snow', 'A', 'B2')\n\t~\tmm~|\n"
        "Table= GET XLS LOOKUPS('data/rates.csv', ',', 'A', 'B2')\n\t~\tDmnl~|\n" + text,
        encoding="utf-8",
    )
    names = ("names.csv", "data/rates.csv", "snow.xlsx")
    assert read(path).external_files == tuple(tmp_path / name for name in names)
    assert read(TEST_MODELS / "data_driven.mdl").external_files == ()


def test_a_workbook_is_read_without_a_word_of_its_reader(tmp_path: Path) -> None:
    """A warning of a library that the user can do nothing about would fail here."""
    book = Workbook()
    book.active.title = "snow"
    for row in (("day", "fall"), (0, 1.5), (1, 2.5), (2, 4.0)):
        book.active.append(row)
    book.save(tmp_path / "snow.xlsx")
    path = tmp_path / "winter.mdl"
    path.write_text(
        "{UTF-8}\nSnow:= GET XLS DATA('snow.xlsx', 'snow', 'A', 'B2') ~ mm ~|\n"
        "Cover= INTEG(Snow, 0) ~ mm ~|\nINITIAL TIME= 0 ~ Day ~|\nFINAL TIME= 2 ~ Day ~|\n"
        "TIME STEP= 1 ~ Day ~|\nSAVEPER= 1 ~ Day ~|\n",
        encoding="utf-8",
    )
    assert rcsd.load(path).run(outputs=["Cover"]).values[0, :, 0].tolist() == [0.0, 1.5, 4.0]


def test_a_number_too_large_for_a_float_is_no_constant(tmp_path: Path) -> None:
    """10^400 overflows: it is read as an equation, and not with a traceback."""
    path = tmp_path / "large.mdl"
    path.write_text(
        (TEST_MODELS / "arithmetic.mdl").read_text(encoding="utf-8").replace("2^-1", "10^400"), encoding="utf-8"
    )
    assert read(path)["Reciprocal"].value is None


def test_the_negative_of_a_power_is_taken(tmp_path: Path) -> None:
    """A name as the base leaves no doubt: its power comes first."""
    path = tmp_path / "m.mdl"
    path.write_text((TEST_MODELS / "teacup.mdl").read_text("utf-8").replace("70", "-Characteristic Time^2", 1), "utf-8")
    assert read(path).untaken == ()


def test_a_file_is_parsed_again_only_when_it_has_changed(tmp_path: Path) -> None:
    """The second reading gives the model of the first; another number in the same file is read."""
    path = Path(shutil.copy(TEST_MODELS / "teacup.mdl", tmp_path))
    first = read(path)
    assert read(path) is first
    text = path.read_text("utf-8")
    assert "Initial Temperature= 180\n" in text
    path.write_text(text.replace("Initial Temperature= 180\n", "Initial Temperature= 190\n"), "utf-8")
    assert read(path)["Initial Temperature"].value == 190


def test_a_model_that_reads_from_another_file_is_parsed_each_time(tmp_path: Path) -> None:
    """What it takes from there may change while its own file does not."""
    text = (TEST_MODELS / "teacup.mdl").read_text("utf-8")
    assert "Initial Temperature= 180\n" in text
    path = tmp_path / "teacup.mdl"
    path.write_text(text.replace("= 180\n", "=\n\tGET DIRECT CONSTANTS('starts.csv', ',', 'B2')\n"), "utf-8")
    (tmp_path / "starts.csv").write_text("name,value\nstart,180\n", "utf-8")
    assert read(path) is not read(path)
