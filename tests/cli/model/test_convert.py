"""`rcsd convert` writes the other format, or nothing."""

from __future__ import annotations

import json


def test_the_command_writes_a_file_that_runs_alike(rcsd, growth_model, tmp_path):
    """100 x 1.1^n in both; the document says how many trajectories were compared, and that none differs."""
    target = tmp_path / "growth.xmile"
    result = rcsd("convert", growth_model, target, "--json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert document["largest_difference"] == 0
    assert (document["variables"], document["times"]) == (4, 14)
    runs = [json.loads(rcsd("run", path, "--json").stdout) for path in (growth_model, target)]
    assert runs[0]["variables"] == runs[1]["variables"]


def test_people_are_told_what_was_compared(rcsd, growth_model, tmp_path):
    """A line names the file and the number of trajectories."""
    target = tmp_path / "growth.xmile"
    result = rcsd("convert", growth_model, target)
    assert f"{target}: 4 trajectories at 14 times are the same" in result.stdout


def test_what_cannot_be_written_is_bad_input(rcsd, growth_model, tmp_path):
    """Code 2, a message with the remedy, and no file."""
    target = tmp_path / "growth.txt"
    result = rcsd("convert", growth_model, target)
    assert result.exit_code == 2
    assert ".stmx" in result.stderr
    assert not target.exists()
    assert rcsd("convert", growth_model, growth_model).exit_code == 2
