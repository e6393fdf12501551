"""Pictures of whole pages, to be looked at: ``python -m tests.browser.pictures out pictures``.

Every ``index.html`` in a folder, at the widths of a screen, a tablet and a phone, in light and dark, as it opens and
unfolded; and as it is printed. A long page is cut into pieces, each as high as a person can read without scaling.
"""

import argparse
import math
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.opening import WIDTHS, Opened, launch, opened

HIGH = 1800
"""Pixels of a piece."""
BAR = 60
"""Pixels that the bar at the top may hide; pieces overlap by as many."""
SCHEMES = ("light", "dark")


def take(one: Opened, folder: Path, name: str, most: int) -> int:
    """Write the pieces of an open page from top to bottom, and return how many there are."""
    high = one.page.evaluate("document.documentElement.scrollHeight")
    count = min(most, max(1, math.ceil((high - BAR) / (HIGH - BAR))))
    for place in range(count):
        one.page.evaluate("(top) => window.scrollTo(0, top)", place * (HIGH - BAR))
        one.page.screenshot(path=folder / f"{name}-{place:02}.png")
    return count


def take_page(browser: Browser, page: Path, folder: Path, name: str, asked: argparse.Namespace) -> None:
    """Write all pictures of a page."""
    for width in asked.width:
        for scheme in asked.scheme:
            with opened(browser, page, width=width, height=HIGH, scheme=scheme) as one:
                one.settle()
                count = take(one, folder, f"{name}-{width}-{scheme}", asked.most)
                words = len(one.look("words").split())
                print(f"{name} {width} {scheme}: {count} pieces, {words} words; {one.look('overflowing')} {one.said}")
                if asked.open:
                    one.unfold()
                    count = take(one, folder, f"{name}-{width}-{scheme}-open", asked.most)
                    print(f"{name} {width} {scheme} open: {count} pieces; {one.look('overflowing')}")
    if asked.print:
        with opened(browser, page) as one:
            one.page.pdf(path=folder / f"{name}.pdf", format="A4", prefer_css_page_size=True)


def main() -> None:
    """Take the pictures that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", type=Path, help="a page, or a folder of pages, such as out")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--width", type=int, nargs="+", default=WIDTHS, help="of the window, in pixels")
    parser.add_argument("--scheme", nargs="+", choices=SCHEMES, default=SCHEMES)
    parser.add_argument("--most", type=int, default=100, help="most pieces of a page")
    parser.add_argument("--open", action="store_true", help="unfolded too")
    parser.add_argument("--print", action="store_true", help="as a PDF too")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    found = sorted(asked.pages.rglob("index.html")) if asked.pages.is_dir() else [asked.pages]
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for page in found:
            take_page(browser, page, asked.folder, page.resolve().parent.name, asked)
        browser.close()


if __name__ == "__main__":
    main()
