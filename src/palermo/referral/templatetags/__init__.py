"""Template filters of plans."""
