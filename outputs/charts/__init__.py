"""One chart per file, each a ``CHART``; a new file here is a new chart."""
