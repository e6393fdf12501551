"""What all tests share: property tests that draw the same examples every time."""

from hypothesis import settings

settings.register_profile("rcsd", derandomize=True, deadline=None)
settings.load_profile("rcsd")
