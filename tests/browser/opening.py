"""A page in a browser: which one, how it is opened, and what it said and asked for while it was open."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, Playwright

LOOKING = (Path(__file__).parent / "looking.js").read_text(encoding="utf-8")
WIDTHS = (1400, 1000, 390)
Scheme = Literal["light", "dark"]


def launch(playwright: Playwright) -> Browser:
    """Start the Chromium of the system, or else the one that `playwright install chromium` has fetched.

    CHROMIUM names another one.
    """
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    return playwright.chromium.launch(executable_path=found)


@dataclass(frozen=True, slots=True)
class Opened:
    """An open page.

    Attributes
    ----------
    page : Page
        Of Playwright.
    requests : list of str
        Every address that was asked for, in order.
    said : list of str
        Warnings and errors of the console, and errors that nothing caught.
    """

    page: Page
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def look(self, what: str, *given: object) -> Any:
        """Ask one of the functions of looking.js."""
        return self.page.evaluate("([what, given]) => window.looking[what](...given)", [what, list(given)])

    def unfold(self) -> None:
        """Open every fold, and wait until what is drawn then has been drawn."""
        self.look("openFolds")
        self.settle()

    def settle(self) -> None:
        """Scroll through the page, since what is far off may be drawn on arrival, and wait for two frames."""
        self.look("settle")


@contextmanager
def opened(
    browser: Browser,
    path: Path,
    *,
    width: int = 1400,
    height: int = 900,
    scheme: Scheme = "light",
    script: bool = True,
    fragment: str = "",
) -> Iterator[Opened]:
    """Open a page from its file, without a network.

    Parameters
    ----------
    browser : Browser
        Of `launch`.
    path : Path
        The page's file.
    width, height : int
        Of the window, in pixels.
    scheme : str
        What the reader prefers.
    script : bool
        Whether scripts run; without them `look` does not either.
    fragment : str
        What follows # in the address.
    """
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        java_script_enabled=script,
        reduced_motion="reduce",
        offline=True,
        accept_downloads=True,
    )
    page = context.new_page()
    one = Opened(page)
    page.on("request", lambda request: one.requests.append(request.url))
    page.on(
        "console",
        lambda said: one.said.append(f"{said.type}: {said.text}") if said.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: one.said.append(f"error: {error}"))
    page.on("crash", lambda _: one.said.append("error: the page crashed"))
    if script:
        page.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ {LOOKING} }});")
    try:
        page.goto(path.resolve().as_uri() + (f"#{fragment}" if fragment else ""))
        yield one
    finally:
        context.close()
