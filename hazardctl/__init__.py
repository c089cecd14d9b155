"""hazardctl: a hazard ledger over plain files."""

__version__ = "0.1.0"
