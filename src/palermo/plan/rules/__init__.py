"""What the plan room knows without a database: how a plan is read, what is due, late, to be evaluated."""
