"""One correction of an ensemble by data: the stochastic ensemble Kalman filter.

Evensen, Ocean Dynamics 53, 2003, with perturbed observations (Burgers, van Leeuwen & Evensen, Mon. Weather Rev. 126,
1998). With thousands of members, which kernels run at once, the noise of the perturbations is small; in return the
members stay a random sample where the model is not linear, which square-root filters (Whitaker & Hamill, Mon. Weather
Rev. 130, 2002) do not promise; and a correction is a regression on the innovations of the members, by which what they
were at any earlier time is corrected as well: the ensemble smoother (Evensen & van Leeuwen, Mon. Weather Rev. 128,
2000).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Correction:
    """What the data of one time say to the members.

    Attributes
    ----------
    innovation
        Observations less the mean of what the members predict, shape (cell,).
    covariance
        Of the innovation: that of the predictions and that of the observations, shape (cell, cell).
    anomalies
        Predictions less their mean, shape (member, cell).
    weights
        Innovations of the members, each with a perturbation of its own, times the inverse of `covariance`, shape
        (member, cell).
    """

    innovation: Matrix
    covariance: Matrix
    anomalies: Matrix
    weights: Matrix

    @property
    def log_likelihood(self) -> float:
        """Logarithm of the normal density of the innovation."""
        _, log_determinant = np.linalg.slogdet(2 * np.pi * self.covariance)
        return float(-0.5 * (log_determinant + self.squared))

    @property
    def squared(self) -> float:
        """Normalised innovation squared: chi-squared with a degree of freedom per cell if all assumptions hold."""
        return float(self.innovation @ np.linalg.solve(self.covariance, self.innovation))

    def increments(self, columns: Matrix) -> Matrix:
        """Return what to add to columns of the members at this time or any earlier one, shape (member, column)."""
        n = len(columns)
        cross = self.anomalies.T @ (columns - columns.mean(axis=0)) / (n - 1)
        return np.asarray(self.weights @ cross)


def correct(predicted: Matrix, observed: Matrix, variances: Matrix, *, rng: np.random.Generator) -> Correction:
    """Weigh predictions against observations.

    Parameters
    ----------
    predicted
        On the scale of the observations, finite, shape (member, cell); at least two members.
    observed, variances
        Values and error variances, shape (cell,); errors are independent.
    rng
        Draws the perturbations, which have no mean.
    """
    n = len(predicted)
    mean = predicted.mean(axis=0)
    anomalies = predicted - mean
    covariance = anomalies.T @ anomalies / (n - 1) + np.diag(variances)
    noise = rng.standard_normal(predicted.shape) * np.sqrt(variances)
    noise -= noise.mean(axis=0)
    weights = np.linalg.solve(covariance, (observed + noise - predicted).T).T
    return Correction(observed - mean, covariance, anomalies, np.asarray(weights))
