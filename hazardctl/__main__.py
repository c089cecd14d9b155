"""`python -m hazardctl` is the program."""

from hazardctl.cli.app import run

run()
