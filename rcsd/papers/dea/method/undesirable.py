"""Undesirable outputs in a radial model: turned round into outputs of which more is better.

Seiford and Zhu (2002, European Journal of Operational Research 142, 16-20) replace an undesirable output b by w - b
with a w that makes every entry positive, in a model with variable returns to scale. There the input-oriented score does
not depend on w, since outputs can be moved by a constant (Ali and Seiford 1990, Operations Research Letters 9,
403-405), nor does who is efficient; the output-oriented score of an inefficient unit does. Taken here is w = max b +
min b, the reflection that keeps the column's range, so that the unit of measurement does not matter. The slacks-based
measure takes undesirable outputs as they are: `rcsd.papers.dea.method.slacks_based`.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rcsd.papers.dea.method.data import DeaData


def reflected(data: DeaData) -> DeaData:
    """Return the data with every undesirable output b as the output max b + min b - b; the same where there is none."""
    bad = data.undesirable
    if not bad.shape[1]:
        return data
    return replace(
        data.without_undesirable(),
        outputs=np.hstack([data.outputs, bad.max(axis=0) + bad.min(axis=0) - bad]),
        output_names=(*data.output_names, *data.undesirable_names),
    )
