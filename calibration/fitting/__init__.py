"""Fitting: what the evidence up to 2021 says of base, parameters and outside world, and what it leaves open."""
