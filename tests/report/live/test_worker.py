"""The worker of a live page, with a clock and a post that the test turns."""

from __future__ import annotations

import pytest
from py_mini_racer import MiniRacer

from tests.report.live.v8 import script, told

STAGE = """
var now = 0, posted = [], waiting = [], made = [];
const performance = { now: () => now };
globalThis.setTimeout = (act) => waiting.push(act);
const postMessage = (message) => posted.push(message);
const rcsdRuntime = { model: () => null }, liveModel = null;
// a run takes 20 ms of this clock and gives what it was asked for
const rcsdRuns = () => ({
  n: 5,
  drawn: (draw, moved) => { now += 20; made.push(draw); return [moved.a ?? 0, draw]; },
  summary: (runs, others) => ({ a: runs[0][0] - (others ? others[0][0] : 0), n: runs.length }),
});
var onmessage;
const turn = () => { while (waiting.length) waiting.shift()(); };
"""


@pytest.fixture
def worker() -> MiniRacer:
    """Start a worker that has its model."""
    engine = MiniRacer()
    engine.eval(STAGE + script("worker.js").replace("let runs", "var runs"))
    engine.eval("onmessage({ data: { live: {} } })")
    return engine


def test_the_status_quo_comes_first_and_once(worker: MiniRacer) -> None:
    """Then what is asked for, beside it."""
    worker.eval("onmessage({ data: { id: 1, moved: { a: 3 }, most: 200 } }); turn();")
    assert told(worker, "posted") == [
        {"base": {"a": 0, "n": 5}, "n": 5},
        {"id": 1, "n": 5, "mine": {"a": 3, "n": 5}, "difference": {"a": 3, "n": 5}},
    ]
    worker.eval("onmessage({ data: { id: 2, moved: { a: 4 }, most: 200 } }); turn();")
    assert [each.get("id") for each in told(worker, "posted")] == [None, 1, 2]
    assert told(worker, "made.length") == 15


def test_a_newer_wish_takes_the_place_of_an_older(worker: MiniRacer) -> None:
    """Of one that has begun, and of those that wait; each run that is begun for nothing ends soon."""
    worker.eval("onmessage({ data: { id: 1, moved: {}, most: 200 } }); turn();")
    worker.eval("onmessage({ data: { id: 2, moved: { a: 1 }, most: 200 } });")
    begun = told(worker, "made.length")
    worker.eval("onmessage({ data: { id: 3, moved: { a: 2 }, most: 200 } });")
    worker.eval("onmessage({ data: { id: 4, moved: { a: 3 }, most: 200 } }); turn();")
    assert [each.get("id") for each in told(worker, "posted")] == [None, 1, 4]
    assert told(worker, "posted")[-1]["mine"]["a"] == 3
    assert told(worker, "made.length") == begun + 5


def test_a_slow_model_has_fewer_draws(worker: MiniRacer) -> None:
    """As many as the page has time for, and it is told how many."""
    worker.eval("onmessage({ data: { id: 1, moved: { a: 1 }, most: 2 } }); turn();")
    assert [each["n"] for each in told(worker, "posted")] == [2, 2]
