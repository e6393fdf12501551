"""Vensim's sketch: the part of a .mdl file below the equations, version 300.

The format is Ventana Systems', *Vensim Reference Manual*, "Sketch Information" and "Objects". What it leaves out (the
bits of a pipe's shape) is told from files that Vensim has written.
"""
