"""Capital: venture funds and banks' technology lending."""
