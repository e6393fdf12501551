"""What the pair does: rest points, cycles, bifurcations."""
