"""A study made in memory: from the values of Python to the content of its two files, and to a folder of them."""
