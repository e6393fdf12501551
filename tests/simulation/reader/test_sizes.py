"""What a line of a file asks for is known before it is built, and has a limit that the message names."""

from pathlib import Path

import pytest

from rcsd.errors import ModelError
from rcsd.simulation.passes import elements, flatten
from rcsd.simulation.reader import read

TAIL = "INITIAL TIME = 0~~|\nFINAL TIME = 3~~|\nTIME STEP = 1~~|\nSAVEPER = {save}~~|\n"
RANGES = "big: (b1-b2000)~~|\nwide: (w1-w2000)~~|\n"


@pytest.mark.parametrize(
    ("equations", "save", "message"),
    [
        (RANGES + "x[big, wide] = Time~~|", "1", r":4: variable 'x': has 4,000,000 elements.* 1,000,000 are the most"),
        (RANGES + "y[big] = 1~~|\nx = SUM(y[big!] * y[wide!])~~|", "1", r":5: variable 'x': adds up 4,000,000 terms"),
        ("".join(f":MACRO: F{k}(a)\nF{k} = F{k + 1}(a) + F{k + 1}(a)~~|\n:END OF MACRO:\n" for k in range(20))
         + ":MACRO: F20(a)\nF20 = a~~|\n:END OF MACRO:\nx = F0(Time)~~|", "1", r"macros.* are more than 10,000"),
        ("x = 1~~|", "1e-9", r"a save step of 1e-09 saves more than 10,000,000 times"),
        ("big: (b1-b100000000)~~|\nx[big] = 1~~|", "1", r":2: .*100,000 at most"),
    ],
    ids=["elements", "terms", "macros", "saved times", "range"],
)  # fmt: skip
def test_what_is_too_large_is_refused_at_once(tmp_path: Path, equations: str, save: str, message: str) -> None:
    """With the limit, and line and variable where it has them."""
    path = tmp_path / "m.mdl"
    path.write_text("{UTF-8}\n" + equations + "\n" + TAIL.format(save=save), encoding="utf-8")
    with pytest.raises(ModelError, match=message):
        read(path)


def test_what_is_large_is_read(tmp_path: Path) -> None:
    """Forty thousand elements, and sums over two thousand."""
    path = tmp_path / "m.mdl"
    equations = "big: (b1-b2000)~~|\nfew: (f1-f20)~~|\nx[big, few] = Time~~|\ny[few] = SUM(x[big!, few])~~|\n"
    path.write_text("{UTF-8}\n" + equations + TAIL.format(save=1), encoding="utf-8")
    assert len(read(path).definitions) == 2


@pytest.mark.parametrize("equation", ["VECTOR SORT ORDER(x[big], 1)", "SUM(x[big!]) + SUM(x[big!] * big)"])
def test_what_functions_of_arrays_are_written_out_with_has_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, equation: str
) -> None:
    """Each of a hundred elements works over all hundred: 10,000 terms at least."""
    path = tmp_path / "m.mdl"
    equations = f"big: (b1-b100)~~|\nx[big] = big~~|\ny[big] = {equation}~~|\n"
    path.write_text("{UTF-8}\n" + equations + TAIL.format(save=1), encoding="utf-8")
    model = read(path)
    assert flatten(model).outputs[-1] == "y[b100]"
    monkeypatch.setattr(elements, "_MOST_TERMS", 9_999)
    with pytest.raises(ModelError, match=r"m\.mdl:4: variable 'y': .* more than 9,999 terms"):
        flatten(model)
