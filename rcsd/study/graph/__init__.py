"""A study as a graph of steps: what each needs, what is kept, and the order of running."""
