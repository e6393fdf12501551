"""Series of data variables, from tables with time down or across and from Vensim's text format."""

import warnings
from pathlib import Path

import numpy as np
import pytest

from rcsd.errors import FileError, ModelError, ParameterError, RcsdWarning
from rcsd.simulation.loading import LoadedModel, load

MODEL = """{UTF-8}
Site: Upper, Lower ~~|
Rain :INTERPOLATE: ~ mm ~|
Gate :HOLD BACKWARD: ~ Dmnl ~|
Inflow[Site] :INTERPOLATE: ~ ML ~|
Total = SUM(Inflow[Site!]) ~ ML ~|
Stored = INTEG(Rain * Gate, 0) ~ mm ~|
Area = 3 ~ ha ~|
INITIAL TIME = 0 ~~|
FINAL TIME = 4 ~~|
TIME STEP = 1 ~~|
SAVEPER = 1 ~~|
"""
DOWN = 'Time,Rain,Gate,"inflow[ Lower ]",Inflow[Upper],Other\n0,2,0,10,1,x\n2,,1,,3,x\n4,6,0,30,,x\n'
ACROSS = (
    "Variable\t0\t2\t4\nRain\t2\t\t6\nGate\t0\t1\t0\nInflow[Lower]\t10\t\t30\nInflow[Upper]\t1\t3\nOther\tx\tx\tx\n"
)
TEXT = 'Rain|0 2|4 6|Gate|0\t0|2\t1|4\t0|"Inflow[Lower]"|0 10|4 30|Inflow[Upper]|0 1|2 3|Other|0 x|'.replace("|", "\n")
TURNED = "Time,4,0,2|Rain,6,2,|Gate,0,0,1|Inflow[lower],30,10,|Inflow[Upper],,1,3|".replace("|", "\n")


@pytest.fixture
def model(tmp_path: Path) -> LoadedModel:
    """Rain falls on a reservoir when its gate is open."""
    path = tmp_path / "rain.mdl"
    path.write_text(MODEL)
    return load(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [("down.csv", DOWN), ("across.tab", ACROSS), ("semicolons.csv", DOWN.replace(",", ";")), ("vensim.dat", TEXT),
     ("cr.csv", DOWN.replace("\n", "\r")), ("turned.csv", TURNED)],
)  # fmt: skip
@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_a_file_fills_the_data_variables(
    model: LoadedModel, tmp_path: Path, name: str, content: str, codec: str
) -> None:
    """Between its points a series is a line, or holds its value, as the model says; ends are held."""
    path = tmp_path / name
    path.write_bytes(content.encode(codec))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        run = model.run(data=path, backend="interpreted")
    assert run.of("Rain")[0].tolist() == [2, 3, 4, 5, 6]
    assert run.of("Gate")[0].tolist() == [0, 0, 1, 1, 0]
    assert run.of("Inflow[Upper]")[0].tolist() == [1, 2, 3, 3, 3]
    assert run.of("Total")[0].tolist() == [11, 17, 23, 28, 33]
    assert run.of("Stored")[0].tolist() == [0, 0, 0, 4, 9]


def test_two_files_and_a_table_go_together(model: LoadedModel, tmp_path: Path) -> None:
    """A later file stands before an earlier one, and points from Python before both; kernels read the same."""
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(DOWN)
    second.write_text("Time,Rain\n0,100\n")
    tables = {"Gate": ([0, 4], [2, 2])}
    runs = [
        model.run(data=[first, second], tables=tables, outputs=["Rain", "Gate", "Total"], backend=backend)
        for backend in ("interpreted", "compiled")
    ]
    assert runs[0].of("Rain")[0].tolist() == [100] * 5
    assert runs[0].of("Gate")[0].tolist() == [2] * 5
    assert runs[1].values.tolist() == runs[0].values.tolist()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "Time,Rain\n0,2\n1,much\nx,3\n", r"a\.csv:3: 'Rain' at 1: 'much' is not a number\n.*a\.csv:4: time"),
        ("a.csv", "Time,Rain\n0,2\n0,3\n", "'Rain' has two values at 0"),
        ("a.csv", "Time,Rain,Rain\n0,2,3\n", "'Rain' stands twice"),
        ("a.csv", "Time,Rain\n0,2,3\n", "3 cells instead of the 2"),
        ("a.csv", "Time,Rain\n0,inf\n", "not a finite number"),
        ("a.csv", "Time,Rian\n0,1\n", "no series of a data variable of rain.mdl, which are Rain, Gate, Inflow"),
        ("a.csv", "", "is no table of series"),
        ("a.csv", "Time,Rain\n", "is no table of series"),
        ("a.dat", "0 1\nRain\n0 2\n", r"a\.dat:1: .*below no name"),
        ("a.dat", "Rain\n0 2\n1 x1\n", r"a\.dat:3: 'Rain': 'x1' is not a number"),
        ("a.vdf", "binary", "Vensim's binary format: export it"),
        ("a.xlsx", "binary", "a workbook: save its sheet as CSV"),
    ],
)
def test_a_fault_is_told_with_its_place(model: LoadedModel, tmp_path: Path, name: str, content: str, said: str) -> None:
    """File, line and variable."""
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(FileError, match=said):
        model.run(data=path, backend="interpreted")


@pytest.mark.parametrize("backend", ["auto", "interpreted"])
def test_a_data_variable_without_data_is_named(model: LoadedModel, tmp_path: Path, backend: str) -> None:
    """One that a stock needs ends the run; one that none needs is no number, and both times how to give it is said."""
    with pytest.raises(ModelError, match=r"rain\.mdl:3: variable 'Rain': .*--data FILE"):
        model.run(backend=backend)
    path = tmp_path / "a.csv"
    path.write_text("Time,Rain,Gate,Inflow[Upper]\n0,1,1,1\n")
    with pytest.warns(RcsdWarning) as warned:
        run = model.run(backend=backend, data=path)
    assert any(
        "which no stock needs: 'Inflow[Lower]'; give their series with --data FILE" in str(w.message) for w in warned
    )
    assert np.isnan(run.of("Inflow[Lower]")).all()
    assert np.isfinite(run.of("Stored")).all()


def test_a_model_without_data_variables_has_nothing_to_fill(tmp_path: Path) -> None:
    """Rather than leave a file aside."""
    path = tmp_path / "plain.mdl"
    path.write_text(MODEL[: MODEL.index("Rain")] + MODEL[MODEL.index("Area") :])
    with pytest.raises(ParameterError, match=r"plain\.mdl has no data variable"):
        load(path).run(data=tmp_path / "a.csv")
