"""Tables of what is known about units: numbers in words, names that mean one unit, factors."""
