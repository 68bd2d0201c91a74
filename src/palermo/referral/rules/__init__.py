"""What may be done for a person on a day, what must be, and by when; values in, values out.

`case.read` takes a case, `trace.trace` tells how it stands on its day.
"""
