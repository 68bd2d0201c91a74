"""Protection of tables of counts, the attack that proves it, and the certificate that anybody can check."""
