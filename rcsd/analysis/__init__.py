"""Takes a `Simulator` and asks a question of it: fit, posterior, backtest, sensitivity, scenarios."""
