"""How the cells of a series scatter around what a model gives: one class a family, behind one protocol."""
