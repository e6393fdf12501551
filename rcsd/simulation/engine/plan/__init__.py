"""What a kernel computes, in which order, and where each value stands."""
