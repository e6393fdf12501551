"""The papers' static methods: how a city stands in its statistics, without simulating it."""
