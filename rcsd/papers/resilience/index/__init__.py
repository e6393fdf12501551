"""From indicators to the index: normalisation, weights, scores, robustness."""
