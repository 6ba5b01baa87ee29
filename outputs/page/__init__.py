"""The lever page: a local web page where levers are moved, answered by the emulator and confirmed by true runs."""
