"""What all tests share: the same examples every time, and a cache of kernels apart from the user's."""

import os

import pytest
from hypothesis import settings

settings.register_profile("rcsd", derandomize=True, deadline=None)
settings.load_profile("rcsd")


def pytest_configure(config: pytest.Config) -> None:
    """Keep compiled kernels beside pytest's own cache, for the next run and for the workers of this one."""
    os.environ.setdefault("RCSD_CACHE_DIR", str(config.rootpath / ".pytest_cache" / "kernels"))
