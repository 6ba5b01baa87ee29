"""What moves the results: screening by Morris, shares of the variance by Sobol, and lever-by-lever grids."""
