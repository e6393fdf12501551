"""The formulas of functions, read by the process that reads models, and kept: whoever runs a model needs no PySD."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from rcsd.errors import RcsdError
from rcsd.files import sha256
from rcsd.simulation.functions import FUNCTIONS, Formula
from rcsd.simulation.ir.codec import decoded, encoded
from rcsd.simulation.ir.expression import Expression
from rcsd.simulation.reader.process.kept import found, put, software
from rcsd.simulation.reader.read import CHILD, time_limit
from rcsd.work.child import ChildFailed


def known_formulas(controls: Mapping[str, Expression]) -> Mapping[str, Expression]:
    """Read the formulas of all functions of models.

    Parameters
    ----------
    controls : mapping of str to Expression
        What some names stand for.

    Returns
    -------
    mapping of str to Expression
        By their texts; without those that cannot be read, and empty where the other process cannot be asked, or does
        not know the functions of this one.
    """
    if FUNCTIONS.has_grown:
        return {}
    return _known(json.dumps({name: encoded(each) for name, each in controls.items()}))


@cache
def _known(controls: str) -> Mapping[str, Expression]:
    texts = [function.how.text for function in FUNCTIONS if isinstance(function.how, Formula)]
    key = sha256(repr((controls, texts, *software())).encode())[:40]
    kept = found(key)
    if kept is None:
        try:
            asked = {"formulas": texts, "controls": json.loads(controls)}
            head, _ = CHILD.ask(asked, seconds=time_limit())
        except (ChildFailed, RcsdError):
            return {}
        kept = json.dumps(head["read"]).encode()
        put(key, kept)
    return {text: decoded(written) for text, written in json.loads(kept).items()}
