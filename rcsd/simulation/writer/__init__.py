"""Writes models: an equation as text, a whole model as a file of Vensim or XMILE."""
