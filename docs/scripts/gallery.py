"""Makes the pictures of docs/gallery/ from a finished run of the four cities.

``python docs/scripts/gallery.py out`` after ``make study``. Sections of the report are photographed by a Chromium that
is installed (`--browser` names another program that knows its options); figures are taken as they are. Look at every
picture before you commit it.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

GALLERY = Path(__file__).parents[1] / "gallery"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
WIDTH, TALL, COLOURS = 1400, 4000, 96


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the gallery.

    Attributes
    ----------
    name : str
        Of the file.
    source : str
        Page or figure, in the folder of the run.
    section : str
        Of the page; empty for a figure.
    height : int
        Pixels to keep from the top.
    """

    name: str
    source: str
    section: str = ""
    height: int = 2000


PICTURES = (
    Picture("cities", "index.html", "verdict", 970),
    Picture("summary", "jixi/index.html", "verdict", 870),
    Picture("series", "jixi/figures/fit-real_gdp.png"),
    Picture("holdout", "jixi/index.html", "holdout", 640),
    Picture("rolling", "jixi/figures/rolling.png"),
    Picture("profiles", "jixi/figures/profiles.png"),
    Picture("bands", "jixi/figures/bands.png"),
    Picture("forecast", "jixi/figures/forecast-real_gdp.png"),
    Picture("scenarios", "jixi/figures/scenarios.png"),
    Picture("sobol", "jixi/figures/sobol-calibrated-total-by-year.png"),
    Picture("life-cycles", "figures/life-cycles.png"),
)


def photograph(page: Path, section: str, browser: str, target: Path) -> None:
    """Take a picture of one section of a page, alone on it, by a browser."""
    html = page.read_text("utf-8")
    base = f'<base href="{page.parent.as_uri()}/">'  # the still figures lie beside the page
    head = html[: html.index("<body")].replace("<head>", f"<head>{base}", 1)
    found = re.search(rf'<section[^>]*id="{section}".*?</section>', html, re.DOTALL)
    if found is None:
        raise SystemExit(
            f"{page} has no section {section!r}; it has {re.findall(r'<section[^>]*id=.([^ >]*?).[ >]', html)}"
        )
    with tempfile.TemporaryDirectory() as folder:
        alone = Path(folder) / "section.html"
        alone.write_text(f"{head}<body><main>{found[0]}</main></body></html>", encoding="utf-8")
        words = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={WIDTH},{TALL}")
        subprocess.run([browser, *words, f"--screenshot={target}", alone.as_uri()], check=True, capture_output=True)


def trimmed(image: Image.Image, height: int) -> Image.Image:
    """Cut off white edges and what is beyond the height; few colours, so that the file is small."""
    image = image.convert("RGB")
    if image.width > WIDTH:
        image = image.resize((WIDTH, image.height * WIDTH // image.width), Image.Resampling.LANCZOS)
    box = ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox() or (0, 0, *image.size)
    top = max(0, box[1] - 16)
    right, bottom = min(image.width, box[2] + 16), min(image.height, box[3] + 16, top + height)
    return image.crop((0, top, right, bottom)).quantize(COLOURS, dither=Image.Dither.NONE)


def main() -> None:
    """Make every picture, and say how large it is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path, help="folder of a finished run, such as out")
    parser.add_argument("--browser", default=next(filter(shutil.which, BROWSERS), ""), help="a Chromium")
    given = parser.parse_args()
    if not given.browser:
        raise SystemExit(f"no browser found ({', '.join(BROWSERS)}): name one with --browser")
    GALLERY.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for picture in PICTURES:
            source = given.out.resolve() / picture.source
            if picture.section:
                shot = Path(folder) / f"{picture.name}.png"
                photograph(source, picture.section, given.browser, shot)
                source = shot
            target = GALLERY / f"{picture.name}.png"
            with Image.open(source) as image:
                trimmed(image, picture.height).save(target, optimize=True)
            print(f"{target.name:20} {target.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
