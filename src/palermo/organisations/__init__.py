"""Bodies and services of a country as dated data: who they are, what they belong to, how they are called."""
