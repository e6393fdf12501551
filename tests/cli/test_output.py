"""What goes to machines is JSON, what goes to people stays off their pipes."""

import io
import json
import sys

from rcsd.cli.output import print_json, print_table
from rcsd.cli.progress import progress_bars


def test_numbers_that_are_none_become_null(capsys):
    """JSON has no NaN and no infinity: both are null, at any depth, and other values stay."""
    print_json({"mape": float("nan"), "best": [1.5, float("inf")], "name": "双鸭山"})
    text = capsys.readouterr().out
    assert json.loads(text) == {"mape": None, "best": [1.5, None], "name": "双鸭山"}


def test_progress_is_silent_where_nobody_watches(monkeypatch):
    """With stderr in a file the bars write nothing."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with progress_bars() as noting:
        note = noting("jixi")
        for done in range(1, 4):
            note("calibrate", done, 3)
    assert stream.getvalue() == ""


def test_names_with_brackets_are_shown_as_they_are(capsys):
    """An element such as Price[coal] is not taken for markup."""
    print_table("Prices of [all] goods", ("Name", "Value"), [("Price[coal]", "1.2")])
    text = capsys.readouterr().out
    assert "Prices of [all] goods" in text
    assert "Price[coal]" in text
