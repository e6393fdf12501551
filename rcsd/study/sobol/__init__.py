"""The sensitivity analysis of a study: what varies, what is asked, what was found."""
