"""The package runs on Windows: what only POSIX systems have stands in one module, behind a question."""

import ast
from collections.abc import Iterator

import pytest

from tests.places import ROOT

PACKAGE = ROOT / "rcsd"

ALLOWED = {"rcsd/files/inputs.py", "rcsd/files/leftovers.py", "rcsd/work/posix.py"}
"""The modules that ask first whether the system has them, and the one that knows a shell's own streams by name."""

POSIX_MODULES = frozenset({"crypt", "curses", "fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty"})
"""Modules of the standard library that Windows lacks, by the library's reference."""

POSIX_NAMES = {
    "os": frozenset(
        {"chown", "fchmod", "fork", "forkpty", "getegid", "geteuid", "getgid", "getpgid", "getpgrp", "getuid", "killpg",
         "mkfifo", "nice", "setpgid", "setsid", "setuid", "sched_getaffinity", "uname", "wait", "wait3", "wait4"}
    ),
    "pathlib": frozenset({"PosixPath"}),
    "signal": frozenset(
        {"ITIMER_REAL", "SIGALRM", "SIGCHLD", "SIGCONT", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGSTOP",
         "SIGTSTP", "SIGUSR1", "SIGUSR2", "SIG_BLOCK", "SIG_SETMASK", "SIG_UNBLOCK", "alarm", "pause", "pthread_kill",
         "pthread_sigmask", "setitimer", "sigpending", "sigwait"}
    ),
    "time": frozenset({"tzset"}),
}  # fmt: skip
"""Names of modules that Windows has, and that it lacks: "Availability: Unix" in the library's reference."""


def posix_only(source: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a source at which something stands that Windows lacks, and what it is."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, each.name) for each in names if each.name.split(".")[0] in POSIX_MODULES)
            case ast.ImportFrom(module=str(module), names=names):
                if module.split(".")[0] in POSIX_MODULES:
                    yield node.lineno, module
                wrong = POSIX_NAMES.get(module, frozenset())
                yield from ((node.lineno, f"{module}.{each.name}") for each in names if each.name in wrong)
            case ast.Attribute(value=ast.Name(id=module), attr=name) if name in POSIX_NAMES.get(module, ()):
                yield node.lineno, f"{module}.{name}"
            case ast.Attribute(value=ast.Name(id="os"), attr="kill"):
                # on Windows it ends a process whatever the signal, 0 included
                yield node.lineno, "os.kill"
            case ast.Constant(value=str(text)) if text.startswith(("/tmp", "/dev/", "/proc/", "/etc/")):
                yield node.lineno, text


def test_one_module_uses_what_windows_lacks() -> None:
    """Every source of the package is read; the allowed module is no more than it needs to be."""
    found = {
        path.relative_to(ROOT).as_posix(): lines
        for path in sorted(PACKAGE.rglob("*.py"))
        if (lines := list(posix_only(path.read_text("utf-8"))))
    }
    assert set(found) == ALLOWED, found


@pytest.mark.parametrize(
    "source",
    ["import fcntl", "import os\nos.setsid()", "from signal import SIGKILL", "x = '/tmp/out'",
     "import os\nos.kill(1, 0)", "from pathlib import PosixPath", "import resource as r"],
)  # fmt: skip
def test_the_reader_sees_what_windows_lacks(source: str) -> None:
    """Each kind of name, however it comes in."""
    assert list(posix_only(source))


@pytest.mark.parametrize("source", ["import os\nos._exit(1)", "import signal\nsignal.SIGTERM", "x = 'a/tmp'"])
def test_the_reader_passes_what_windows_has(source: str) -> None:
    """SIGTERM and os._exit are there too."""
    assert not list(posix_only(source))
