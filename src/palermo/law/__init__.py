"""Dated law: what held on a day, where it stands, and how sure that is.

`load` gives the law of a country from its data files; `fines`, `limitation` and `liability` reckon with it.
"""
