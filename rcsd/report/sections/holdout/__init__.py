"""The held-out years beside benchmark forecasts."""
