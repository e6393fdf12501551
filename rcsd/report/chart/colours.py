"""What the colours of charts are on dark paper."""

from __future__ import annotations

from typing import Final

from rcsd.report.drawing.style import (
    ALERT,
    FIT_WINDOW,
    FORECAST,
    HOLDOUT_WINDOW,
    MUTED,
    OBSERVED,
    PRIOR,
    PRIOR_LINE,
    SIMULATED,
)

REST = "#BDBDBD"
"""What has no colour of its own."""

STRIP = "#CFCFCF"
"""A strip from bound to bound, and what joins points."""

DARK: Final[dict[str, str]] = {
    SIMULATED: "#5FB0E8",
    OBSERVED: "#E9ECEF",
    FORECAST: "#FF8A4C",
    FIT_WINDOW: "#1E2A35",
    HOLDOUT_WINDOW: "#33291A",
    MUTED: "#9AA3AB",
    ALERT: "#F0776A",
    PRIOR: "#2F5B48",
    PRIOR_LINE: "#3FBF95",
    REST: "#6A7178",
    STRIP: "#4A5158",
    "#009E73": "#2CC79B",
    "#CC79A7": "#E39CC4",
    "#E69F00": "#F2B733",
    "#56B4E9": "#8ACDF3",
    "#A8A000": "#CFC63A",
    "#6B4226": "#B98A66",
}
"""Light and dark: the same hue, bright enough to be seen."""
