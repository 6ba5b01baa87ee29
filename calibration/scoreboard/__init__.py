"""The standing test: observations made after the fact, what the model and naive forecasts said of them, and scores."""
