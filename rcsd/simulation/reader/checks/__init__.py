"""What is wrong with a model that its grammar cannot see: macros, subscripts, signs of another keyboard."""
