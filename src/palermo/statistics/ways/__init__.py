"""Other ways of telling one table: rounded, perturbed, with a dimension less; each under the same attack."""
