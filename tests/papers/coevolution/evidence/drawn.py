"""Small data of known origin."""

import numpy as np

from rcsd.papers.coevolution.evidence.errors import covariance
from rcsd.papers.coevolution.evidence.proxies import Proxy, Rule

RULE = Rule("share", "a share", "above", "below", 1)


YEARS = np.arange(2000.0, 2016)


def drawn(course, *, n_cities=12, rng, mean=(0.5, 0.03), own=(0.7, 0.05)):
    """Draw a proxy whose cities follow `course`, shape (n_cities, n_YEARS), with errors of both kinds."""
    shared = rng.multivariate_normal(np.zeros(YEARS.size), covariance(YEARS, YEARS, *mean, 0.0))
    single = rng.multivariate_normal(np.zeros(YEARS.size), covariance(YEARS, YEARS, *own, 0.0), size=n_cities)
    values = rng.normal(size=(n_cities, 1)) + course + shared + single
    return Proxy(RULE, tuple(f"city{k:02}" for k in range(n_cities)), YEARS, values)
