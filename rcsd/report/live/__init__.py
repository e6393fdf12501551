"""The model live in a page: sliders, scenarios, and figures that follow."""
