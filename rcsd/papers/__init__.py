"""The dynamics of the papers as code, each in a package of its own."""
