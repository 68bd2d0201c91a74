"""The demonstration office: what it starts from and how it is filled."""
