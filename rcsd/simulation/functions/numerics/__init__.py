"""Algorithms of functions: NumPy and SciPy over all runs for the interpreter, plain Python for the kernels."""
