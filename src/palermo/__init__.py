"""Palermo: the working system of a national anti-trafficking coordination office."""
