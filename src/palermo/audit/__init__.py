"""The trail: who changed or opened what, on which day, in a chain that shows every break.

`from palermo.audit.action import action, seen` is all that other rooms need of it.
"""
