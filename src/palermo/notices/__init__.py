"""Neutral messages: they say that something waits and where, never what it is about."""
