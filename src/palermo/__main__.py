"""`python -m palermo`: the command line."""

from palermo.cli import main

main()
