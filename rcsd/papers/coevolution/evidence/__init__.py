"""What public statistics say about the pair (x, alpha): estimates, comparisons with simpler courses, forecasts."""
