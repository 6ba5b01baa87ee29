"""What is asked of the model: levers, scenarios, targets and their definitions."""
