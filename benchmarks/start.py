"""How long the program takes to say what it can do.

``python benchmarks/start.py`` prints the quickest and the median of some starts of ``rcsd --help``; the aim is half a
second. That nothing heavy is imported for it is a test.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

STARTS = 11
HELP = [sys.executable, "-c", "from rcsd.cli import main; main()", "--help"]


def seconds() -> float:
    """Start the program once."""
    began = time.perf_counter()
    subprocess.run(HELP, capture_output=True, check=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    taken = [seconds() for _ in range(STARTS)]
    print(f"rcsd --help: quickest {min(taken):.2f} s, median of {STARTS} {statistics.median(taken):.2f} s")
