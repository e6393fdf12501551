"""A progress bar on stderr, for people only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

if TYPE_CHECKING:
    from rcsd.work.progress import Progress


@contextmanager
def progress_bars() -> Iterator[Callable[[str], Progress]]:
    """Show a bar per step while the body runs, and nothing where stderr is not a terminal.

    Yields
    ------
    callable
        Given the name of a study, returns what its work is to call after each finished piece.
    """
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
