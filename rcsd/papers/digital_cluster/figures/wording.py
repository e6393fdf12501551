"""How the digital cluster is written and coloured."""

from rcsd.papers.digital_cluster import KINDS, QUANTITIES, STAGES, DigitalClusterParameters

STAGE_COLOURS = dict(zip(STAGES, ("#EFEBE2", "#DCE9F5", "#DDEFE3"), strict=True))
"""A pale band for each stage."""

STAGE_INKS = dict(zip(STAGES, ("#8C7B5A", "#0072B2", "#00724F"), strict=True))
"""A strong colour for each stage."""

KIND_COLOURS = dict(zip(KINDS, ("#D9D2C3", "#7FB4DB", "#4FA987", "#E69F00", "#CC79A7"), strict=True))
"""A colour for what a path can be."""


def settings(parameters: DigitalClusterParameters) -> str:
    """Write the parameters that differ from the defaults as a caption does.

    Examples
    --------
    >>> settings(DigitalClusterParameters(digital_ceiling=0.7))
    'Digital Ceiling = 0.7, all else as in the model'
    >>> settings(DigitalClusterParameters())
    'Parameters as in the model'
    """
    changed = [
        f"{quantity.name} = {value:g}"
        for quantity, value in zip(QUANTITIES, parameters.to_dict().values(), strict=True)
        if value != quantity.default
    ]
    return f"{', '.join(changed)}, all else as in the model" if changed else "Parameters as in the model"
