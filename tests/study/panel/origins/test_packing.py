"""Arrays as text in a kept file."""

import numpy as np

from rcsd.study.panel.origins.ahead import packed, unpacked


def test_packing_keeps_seven_digits():
    """Single precision, and NaN as NaN."""
    values = np.array([[1.23456789, np.nan], [9876.54321, 1e-3]])
    np.testing.assert_allclose(unpacked(packed(values), (2, 2)), values, rtol=1e-7)
