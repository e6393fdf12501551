"""The process in which PySD translates models and runs them: its generated Python lives and dies here."""

from __future__ import annotations

import json
import re
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import rcsd.simulation.reader.pysd_calls  # noqa: F401 - first: it imports PySD with its warnings held back
from rcsd.ensemble import RunStatus, verdicts
from rcsd.errors import RcsdWarning
from rcsd.simulation.ir.codec import decoded
from rcsd.simulation.pysd_backend.loaded import LoadedPysd
from rcsd.simulation.pysd_backend.translation import Points, Translation, translate
from rcsd.simulation.reader.parsing import parse
from rcsd.simulation.reader.pysd_calls import FILE_FAULTS, PYSD_FAULTS, refusal
from rcsd.work.serving import Head

_ARITHMETIC: dict[type[BaseException], str] = {
    OverflowError: "a number became too large",
    ZeroDivisionError: "a number was divided by zero",
}
_OF_PYSD = re.compile(r"\b_\w+?_(?=n\d{5,}\b)")
"""What PySD puts before the name of a variable for a delay in it."""
_MOST_LOADED = 16
_loaded: dict[str, LoadedPysd] = {}


def answer(head: Head, body: bytes) -> tuple[Head, bytes]:
    """Do one of three things.

    ``translate`` a model file to Python; ``load`` a translation under a key, which says what can be an output; ``run``
    what was loaded under a key, which says ``unknown`` when this process does not have it.
    """
    return {"translate": _translate, "load": _load, "run": _run}[head["do"]](head, body)


def _translate(head: Head, body: bytes) -> tuple[Head, bytes]:
    # the model was read before, by a process that was told whether its data may lie outside its folder
    parsed = parse(Path(head["path"]), body, allow_outside=True)
    axis = None if head["axis"] is None else decoded(head["axis"])
    return {}, json.dumps(translate(parsed, _points(head["points"]), axis).plain()).encode()


def _load(head: Head, body: bytes) -> tuple[Head, bytes]:
    given = json.loads(body)
    translation = Translation.of(given["translation"])
    path, tables = Path(given["path"]), _points(given["tables"])
    loaded = LoadedPysd(path, translation, given["constants"], tables, given["variables"])
    _loaded[head["key"]] = loaded
    for oldest in list(_loaded)[:-_MOST_LOADED]:
        del _loaded[oldest]
    return {"outputs": loaded.outputs}, b""


def _run(head: Head, body: bytes) -> tuple[Head, bytes]:
    loaded = _loaded.get(head["key"])
    if loaded is None:
        return {"unknown": True}, b""
    asked = json.loads(body)
    times = np.array(asked["times"], dtype=np.float64)
    with warnings.catch_warnings(record=True) as said:
        values, status, message = _one_run(loaded, asked["settings"], tuple(asked["outputs"]), times, asked["spare"])
    for each in said:
        words = loaded.in_words(_OF_PYSD.sub("", str(each.message)))
        warnings.warn(f"PySD says: {': '.join(words.split(chr(10)))}", RcsdWarning, stacklevel=1)
    return {"status": int(status), "message": message}, values.tobytes()


def _one_run(
    loaded: LoadedPysd,
    settings: dict[str, float],
    names: tuple[str, ...],
    times: NDArray[np.float64],
    spare: list[str],
) -> tuple[NDArray[np.float64], RunStatus, str]:
    nothing = np.full((times.size, len(names)), np.nan)
    try:
        values = loaded.simulate(settings, names, times)
    except ArithmeticError as error:
        what = _ARITHMETIC.get(type(error), str(error))
        return nothing, RunStatus.DIVERGED, f"the run diverged: {what}"
    except (*PYSD_FAULTS, *FILE_FAULTS) as error:
        if "complex" in str(error):
            why = "the run diverged: a negative number was raised to a fraction"
            return nothing, RunStatus.DIVERGED, why
        return nothing, RunStatus.FAILED, loaded.in_words(refusal(error))
    status, messages = verdicts(values[None], names, times, spare)
    return values, RunStatus(status[0]), messages[0]


def _points(plain: dict[str, Any]) -> dict[str, Points]:
    return {name: (np.array(x, dtype=np.float64), np.array(y, dtype=np.float64)) for name, (x, y) in plain.items()}
