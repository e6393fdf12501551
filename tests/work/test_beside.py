"""Work in other processes: what it tells comes back, and what goes wrong is told."""

import os
import warnings
from concurrent.futures.process import BrokenProcessPool

import pytest

from rcsd.errors import RcsdWarning
from rcsd.work.beside import beside

pytestmark = pytest.mark.process


def counting(progress, n):
    """Tell of many pieces."""
    for k in range(n):
        progress("count", k + 1, n)
    return n


def warning(progress):
    """Warn, then go on telling."""
    warnings.warn("a doubt", RcsdWarning, stacklevel=1)
    return counting(progress, 2000)


def dying(_progress):
    """End the process in the middle."""
    os._exit(3)


def test_every_piece_is_told_in_order():
    """And whose it is."""
    told = []
    with beside(1, lambda whose: lambda *piece: told.append((whose, *piece))) as submit:
        assert submit("mine", counting, 3).result() == 3
    assert told == [("mine", "count", k, 3) for k in (1, 2, 3)]


def test_a_warning_that_counts_as_an_error_is_raised_after_the_work():
    """The notes that follow are read all the same: the worker does not wait for a full queue."""
    done = []
    with (
        warnings.catch_warnings(),
        pytest.raises(RcsdWarning, match="a doubt"),
        beside(1, lambda _: lambda *piece: None) as submit,
    ):
        warnings.simplefilter("error", RcsdWarning)
        done.append(submit("mine", warning).result())
    assert done == [2000]


def test_a_progress_that_raises_is_raised_after_the_work():
    """Whatever it raises is the caller's."""

    def noting(_whose):
        def note(*_piece):
            raise LookupError("no bar")

        return note

    with pytest.raises(LookupError, match="no bar"), beside(1, noting) as submit:
        assert submit("mine", counting, 5).result() == 5


def test_a_process_that_dies_is_told():
    """Not waited for."""
    with pytest.raises(BrokenProcessPool), beside(1, lambda _: lambda *piece: None) as submit:
        submit("mine", dying).result()
