"""How the economy works: the world, the quarter, the books. It knows no file, no chart and no scenario file."""
