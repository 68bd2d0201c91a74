"""Estimates of how many people no list has seen, from lists that overlap."""
