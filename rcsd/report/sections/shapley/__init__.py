"""What the data leave uncertain of the outputs, shared out among parameters that they know only together."""
