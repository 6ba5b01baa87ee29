"""Open data: a study as files that other programs read, with what every column, code and indicator means."""
