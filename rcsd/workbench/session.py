"""Where steps are kept for as long as Python runs, when a study names no folder."""

from __future__ import annotations

import atexit
import json
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from rcsd.files import scratch_folder, sha256
from rcsd.study.file.study import Study


@cache
def _folder() -> Path:
    """Return a temporary folder that goes when this process ends."""
    kept = ExitStack()
    atexit.register(kept.close)
    return kept.enter_context(scratch_folder())


def session_folder(study: Study) -> Path:
    """Return the folder of a study's results in this session: studies that differ do not share one."""
    content = json.dumps([study.file.model_dump(mode="json", by_alias=True), sorted(study.sha256.values())])
    return _folder() / sha256(content.encode())[:16]
