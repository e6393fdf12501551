"""How far work has come, on stderr: a bar per step for people, a line per step where nobody watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from rcsd.cli.lines import lines_of_command

if TYPE_CHECKING:
    from rcsd.work.progress import Progress


@contextmanager
def progress_bars() -> Iterator[Callable[[str], Progress]]:
    """Show a bar per step while the body runs, and where stderr is not a terminal a line per step at its end.

    Yields
    ------
    callable
        Given the name of a study, returns what its work is to call after each finished piece.
    """
    lines = lines_of_command()
    if lines is not None:
        yield lines.noting
        return
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=console, disable=not console.is_terminal, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def noting(study: str) -> Progress:
            def note(step: str, done: int, total: int) -> None:
                label = f"{study}: {step}"
                if label not in tasks:
                    tasks[label] = bars.add_task(label, total=total)
                bars.update(tasks[label], completed=done, total=total)

            return note

        yield noting


@contextmanager
def one_by_one(note: Progress) -> Iterator[Callable[[str], None]]:
    """Tell of steps that say only when they begin: each ends where the next one begins, the last with the body."""
    open_step: list[str] = []

    def begun(step: str) -> None:
        while open_step:
            note(open_step.pop(), 1, 1)
        open_step.append(step)
        note(step, 0, 1)

    yield begun
    while open_step:
        note(open_step.pop(), 1, 1)
