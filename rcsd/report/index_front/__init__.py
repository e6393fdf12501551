"""The first screen of the page over several studies."""
