"""All contact with observed data: tables, the base year drawn from them, the outside world, members of ensembles."""
