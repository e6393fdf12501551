"""What a finished study writes for other programs: JSON, CSV, netCDF."""
