"""A study as an Excel workbook: its tables as native tables, native charts, dictionary and manifest."""
