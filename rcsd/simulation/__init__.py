"""From a model file to very many runs: reader, intermediate representation, engines, archive."""
