"""Try changed inputs by the thousand: ``python -m tests.fuzz --cases 20000 --seed 7 [--target vensim]``."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.targets import TARGETS
from tests.fuzz.trying import Finding, Trying, smallest


def main() -> int:
    """Print each new kind of fault with its smallest case; return how many there are, at most 100."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--target", choices=sorted(TARGETS), action="append")
    asked.add_argument("--keep", type=Path, help="Folder for the smallest cases.")
    given = asked.parse_args()
    os.environ.setdefault("RCSD_READ_SECONDS", "60")
    os.environ.setdefault("RCSD_PYSD_SECONDS", "60")
    names = given.target or list(TARGETS)
    total = sum(TARGETS[name].weight for name in names)
    known: dict[tuple[str, str], Finding] = {}
    began, done = time.monotonic(), 0
    with tempfile.TemporaryDirectory(prefix="rcsd-fuzz-") as folder:
        os.environ["RCSD_CACHE_DIR"] = str(Path(folder) / "cache")
        for name in names:
            trying = Trying(name, Path(folder) / name)
            count = max(1, given.cases * TARGETS[name].weight // total)
            for finding in trying.valid():
                if finding is not None:
                    print(f"{name}: the valid input {finding.name} is refused: {finding.what}\n{finding.details}")
            for finding in trying.cases(given.seed, count):
                done += 1
                if finding is None or (name, finding.what) in known:
                    continue
                path = next(each for each in trying.paths if each.name == finding.name)
                least = smallest(trying, finding, path)
                known[name, finding.what] = least
                print(f"--- {name}: {finding.what}\n{least.content[:1500]!r}\n{least.details[-1500:]}", flush=True)
                if given.keep:
                    given.keep.mkdir(parents=True, exist_ok=True)
                    (given.keep / f"{name}-{len(known)}-{finding.name}").write_bytes(least.content)
            print(f"{name}: {count} cases, {done / (time.monotonic() - began):.0f} a second", flush=True)
    print(f"{done} cases, {len(known)} kinds of fault")
    return min(len(known), 100)


if __name__ == "__main__":
    sys.exit(main())
