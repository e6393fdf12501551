"""Whether straight pieces meet each other or a box, for many pairs at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def overlap_depth(a: Floats, b: Floats) -> Floats:
    """How far boxes reach into each other, the lesser of across and down; 0 where they do not.

    Boxes are left, top, right, bottom along the last axis; other axes broadcast.
    """
    across = np.minimum(a[..., 2], b[..., 2]) - np.maximum(a[..., 0], b[..., 0])
    down = np.minimum(a[..., 3], b[..., 3]) - np.maximum(a[..., 1], b[..., 1])
    return np.asarray(np.maximum(np.minimum(across, down), 0.0))


def crosses(p: Floats, q: Floats, r: Floats, s: Floats) -> Flags:
    """Whether the piece from p to q crosses that from r to s; points are x, y along the last axis."""
    px, py, qx, qy = p[..., 0], p[..., 1], q[..., 0], q[..., 1]
    rx, ry, sx, sy = r[..., 0], r[..., 1], s[..., 0], s[..., 1]
    a, b, c, d = qx - px, qy - py, sx - rx, sy - ry
    from_r, from_s = a * (ry - py) - b * (rx - px), a * (sy - py) - b * (sx - px)
    from_p, from_q = c * (py - ry) - d * (px - rx), c * (qy - ry) - d * (qx - rx)
    return np.asarray((from_r * from_s < 0) & (from_p * from_q < 0))


def enters(p: Floats, q: Floats, box: Floats) -> Flags:
    """Whether the piece from p to q has a point inside a box.

    Their shadows on both axes meet, and the four corners are not all to one side of the piece's line.
    """
    px, py, qx, qy = p[..., 0], p[..., 1], q[..., 0], q[..., 1]
    left, top, right, bottom = (box[..., side] for side in range(4))
    near = (np.minimum(px, qx) < right) & (np.maximum(px, qx) > left)
    near = near & (np.minimum(py, qy) < bottom) & (np.maximum(py, qy) > top)
    a, b = qx - px, qy - py
    middle = a * ((top + bottom) / 2 - py) - b * ((left + right) / 2 - px)
    reach = np.abs(a) * (bottom - top) / 2 + np.abs(b) * (right - left) / 2
    return np.asarray(near & (np.abs(middle) < reach))
