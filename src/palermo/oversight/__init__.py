"""What the body that oversees the office sees: who did what and when, and that the trail holds."""
