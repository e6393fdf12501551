"""A Vensim .mdl file -> its definitions -> PySD's AbstractModel.

PySD's structures and its grammar of equations are kept; what its translator loses or misreads is mended at the seams:
the file is split here, tables and subscript ranges are read here, and some rules of the grammar are other ones.
"""
