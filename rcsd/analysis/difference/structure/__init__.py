"""What two model files say differently: variables, equations, units, tables, words, views and the time axis."""
