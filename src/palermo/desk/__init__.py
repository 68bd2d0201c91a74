"""Today: what waits for me, in order of date, each with the one button that does it."""
