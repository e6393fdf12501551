"""Names of units: which mean one unit, which are alike, how a file spells them."""
