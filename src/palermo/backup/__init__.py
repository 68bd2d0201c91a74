"""Backups: all that an installation knows in one encrypted file, and the way back from it.

`sealed`: the file, in and out. `records`: the rows of every table. `keeping`: what goes in and comes back.
"""
