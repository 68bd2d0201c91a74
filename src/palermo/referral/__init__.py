"""The protection procedure of a presumed victim: which document, which clock, which move, by which law."""
