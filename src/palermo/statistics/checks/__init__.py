"""Checks of figures that somebody published: what cannot be true in them, and what is probably wrong."""
