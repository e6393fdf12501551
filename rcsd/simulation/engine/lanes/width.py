"""How many runs a block holds."""

from __future__ import annotations

# A multiple of every vector width there is, so that loops have no remainder; eight 512-bit vectors are
# enough to hide latency, and a row of 512 bytes lets a few hundred variables stay in the second-level cache.
LANES = 64
