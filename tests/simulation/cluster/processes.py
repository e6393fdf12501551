"""A scheduler and its workers, each a process of its own, as on machines of their own."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.places import ROOT

PATIENCE = 60.0


class Cluster:
    """Processes of one cluster; none is left after `close`."""

    def __init__(
        self,
        folder: Path,
        *,
        workers: int,
        threads: int = 1,
        settings: dict[str, str] | None = None,
        protocol: str = "tcp",
    ) -> None:
        self._folder = folder
        self._settings = settings or {}
        self._processes: list[subprocess.Popen[bytes]] = []
        try:
            self.scheduler = self._start("dask_scheduler", "--port", "0", "--host", "127.0.0.1", "--protocol", protocol)
            self.address = self._wait_for_address()
            self.workers = [self.start_worker(threads) for _ in range(workers)]
        except BaseException:
            self.close()
            raise

    def start_worker(self, threads: int = 1) -> subprocess.Popen[bytes]:
        """Start one without the nanny that would start it again."""
        return self._start("dask_worker", self.address, "--no-nanny", "--nthreads", str(threads))

    def close(self) -> None:
        """End every process."""
        for process in self._processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        for process in self._processes:
            process.wait(PATIENCE)

    def _start(self, program: str, *words: str) -> subprocess.Popen[bytes]:
        log = self._folder / f"{len(self._processes)}-{program}.log"
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{program}", *words, "--no-dashboard"],
                stdout=stream,
                stderr=stream,
                cwd=self._folder,
                env=os.environ | {"PYTHONPATH": str(ROOT)} | self._settings,
                start_new_session=True,
            )
        self._processes.append(process)
        return process

    def _wait_for_address(self) -> str:
        log = self._folder / "0-dask_scheduler.log"
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for line in log.read_text().splitlines():
                if "Scheduler at:" in line:
                    return line.split()[-1]
            time.sleep(0.05)
        raise AssertionError(log.read_text())
