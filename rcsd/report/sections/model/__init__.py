"""The model itself: its diagram by sector, and its equations with units."""
