"""What the figures of a panel share: colours of classes, bands of errors, and where the provinces stand."""

from rcsd.study.panel.cities import CLASSES, UNCLASSIFIED

CLASS_COLOURS = dict(
    zip((*CLASSES, UNCLASSIFIED), ("#009E73", "#0072B2", "#D55E00", "#CC79A7", "#6B6B6B"), strict=True)
)
"""Colour of each class."""

OTHER_COLOUR = "#6B6B6B"
"""Of a class that is not on the State Council's list."""

ERROR_BANDS = ((3.0, "#2166AC"), (5.0, "#92C5DE"), (10.0, "#FDDBC7"), (20.0, "#EF8A62"), (float("inf"), "#B2182B"))
"""Upper ends of bands of errors in per cent, and their colours."""

TILES = {
    "Xinjiang": (0, 1),
    "Gansu": (1, 1),
    "Ningxia": (2, 1),
    "Inner Mongolia": (3, 0),
    "Heilongjiang": (6, 0),
    "Qinghai": (1, 2),
    "Shaanxi": (2, 2),
    "Shanxi": (3, 1),
    "Hebei": (4, 1),
    "Beijing": (4, 0),
    "Tianjin": (5, 0),
    "Jilin": (6, 1),
    "Liaoning": (5, 1),
    "Tibet": (0, 3),
    "Sichuan": (1, 3),
    "Chongqing": (2, 3),
    "Henan": (3, 2),
    "Shandong": (4, 2),
    "Jiangsu": (5, 2),
    "Hubei": (3, 3),
    "Anhui": (4, 3),
    "Zhejiang": (5, 3),
    "Shanghai": (6, 2),
    "Yunnan": (1, 4),
    "Guizhou": (2, 4),
    "Hunan": (3, 4),
    "Jiangxi": (4, 4),
    "Fujian": (5, 4),
    "Guangxi": (2, 5),
    "Guangdong": (3, 5),
    "Hainan": (2, 6),
}
"""Column and row of each province in a grid that keeps neighbours near one another; no coordinates."""


def error_colour(percent: float) -> str:
    """Colour of an error.

    Examples
    --------
    >>> error_colour(2.9) == ERROR_BANDS[0][1], error_colour(50.0) == ERROR_BANDS[-1][1]
    (True, True)
    """
    return next(colour for end, colour in ERROR_BANDS if percent < end)


def class_colour(kind: str) -> str:
    """Colour of a class."""
    return CLASS_COLOURS.get(kind, OTHER_COLOUR)
