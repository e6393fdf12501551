"""A live model -> the part of a page that runs it."""

from __future__ import annotations

from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from rcsd.report.live.document import Document
from rcsd.simulation.engine.javascript import runtime_script
from rcsd.simulation.engine.javascript.numbers import text


def live_markup(script: str, document: Document) -> Markup:
    """Return the part of a page, once a page: needs the style of the report, and no other file.

    Parameters
    ----------
    script
        What `rcsd.simulation.engine.javascript.model_script` has written: nothing in it can end a script.
    document
        What is moved and shown. Its text is that of strangers: it is written so that nothing in it ends a script, and
        becomes text of the page only as text.
    """
    return Markup(
        _environment().get_template("live.html.j2").render(data=text(document), runtime=runtime_script(), model=script)
    )


@cache
def _environment() -> Environment:
    # Scripts are no HTML: what is put between them has been made safe for that place by `text` and `model_script`.
    return Environment(
        loader=ChoiceLoader(
            [PackageLoader("rcsd.report.live", "templates"), PackageLoader("rcsd.report", "templates")]
        ),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
