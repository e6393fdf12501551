"""What a network does: rest points, cycles, invasion, the long run."""
